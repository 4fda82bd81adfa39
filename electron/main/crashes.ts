import { dialog, type App, type BrowserWindow } from 'electron'
import type { Windows } from './windows'

/** Says which process ended and why; a loader that crashed is told to its window as well. */
export function reportGoneChildren(app: Pick<App, 'on'>): void {
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason === 'clean-exit') return
    process.stderr.write(`folioscope: ${name ?? type} process ended: ${reason} (${exitCode})\n`)
  })
}

/** Offers a way on when a page has crashed or hangs. What it showed is not opened again unasked. */
export function watchPage(window: BrowserWindow, windows: Windows): void {
  const { webContents } = window
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, windows, reason)
  })
  let recovered = new AbortController()
  window.on('unresponsive', () => {
    recovered = new AbortController()
    void offerWait(window, recovered.signal)
  })
  window.on('responsive', () => {
    recovered.abort()
  })
}

async function offerReload(window: BrowserWindow, windows: Windows, reason: string): Promise<void> {
  const { webContents } = window
  const hasDocument = windows.shown(webContents) !== undefined
  const buttons = ['Start empty', ...(hasDocument ? ['Open the file again'] : []), 'Close']
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window has crashed',
    detail: `Its process ended: ${reason}. The files on disk are not touched.`,
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
  })
  if (window.isDestroyed()) return
  const choice = buttons[response]
  if (choice === 'Close') {
    window.destroy()
    return
  }
  if (choice === 'Start empty') windows.setShown(webContents, undefined)
  webContents.reload()
}

async function offerWait(window: BrowserWindow, signal: AbortSignal): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer',
    buttons: ['Wait', 'Close'],
    defaultId: 0,
    cancelId: 0,
    signal,
  })
  if (response === 1 && !window.isDestroyed()) window.destroy()
}
