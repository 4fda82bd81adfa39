/**
 * Stands for the `electron` module in the main process. It has what this program uses, with Electron's rules
 * for when a call is lawful; pages live in the test's browser. Shapes are checked against electron.d.ts.
 */
export { app } from './app'
export { FakeBrowserWindow as BrowserWindow } from './browser-window'
export { dialog } from './dialog'
export { ipcMain } from './ipc-main'
export { Menu } from './menu'
export { protocol } from './protocol'
export { nativeTheme, screen } from './screen'
export { session } from './session'
export { utilityProcess } from './utility-process'
