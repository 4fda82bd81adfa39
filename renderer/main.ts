import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { chooseHost } from './hosts/choose-host'
import { HOST } from './hosts/host-key'
import './theme/fonts'
import './theme/tokens.css'

createApp(App).use(createPinia()).provide(HOST, chooseHost()).mount('#app')
