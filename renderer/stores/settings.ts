import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Host, Settings } from '../../shared/host'

/** What the user chose, kept by the host between runs. */
export const useSettingsStore = defineStore('settings', () => {
  const theme = ref<Settings['theme']>('system')
  /** Follows the system's preference; see use-system-preferences. */
  const isSystemDark = ref(false)
  const prefersReducedMotion = ref(false)

  const shownTheme = computed<'light' | 'dark'>(() => {
    if (theme.value !== 'system') return theme.value
    return isSystemDark.value ? 'dark' : 'light'
  })

  async function restore(host: Host): Promise<void> {
    theme.value = (await host.readSettings()).theme
  }

  async function setTheme(host: Host, next: Settings['theme']): Promise<void> {
    theme.value = next
    await host.writeSettings({ theme: next })
  }

  return { theme, isSystemDark, prefersReducedMotion, shownTheme, restore, setTheme }
})
