import type { Host } from '../../shared/host'
import { createBrowserHost } from './browser-host'
import { createElectronHost } from './electron-host'

/** The host of this window: Electron's, where its preload script has left a bridge; else the server that sent the page. */
export function chooseHost(): Host {
  return window.folioscope === undefined
    ? createBrowserHost()
    : createElectronHost(window.folioscope)
}
