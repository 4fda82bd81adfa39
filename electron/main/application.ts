import { app, dialog, ipcMain, Menu, protocol, session } from 'electron'
import type { SpawnChild } from '../../host/load/child-port'
import { DocumentTokens } from '../../host/load/document-tokens'
import type { SettingsFile } from '../../host/settings/settings-file'
import type { DemoInfo } from '../../shared/host'
import { reportGoneChildren } from './crashes'
import type { DesktopState } from './desktop-state'
import { handleRequests } from './ipc'
import type { Launch } from './launch'
import { Loads } from './loads'
import { menuTemplate } from './menu'
import { serveApp } from './protocol'
import { createRequestHandlers } from './requests'
import { hardenEveryContents, hardenSession } from './security'
import { notify, Windows } from './windows'

interface ApplicationSetup {
  readonly version: string
  readonly preload: string
  readonly rendererFolder: string
  readonly demos: readonly DemoInfo[]
  readonly settings: SettingsFile
  readonly state: DesktopState
  readonly spawnLoader: SpawnChild
}

/** What the entry module may ask of the running program. */
export interface Application {
  /** Opens what a start, or a second start, asks for. */
  openLaunch(launch: Launch): void
}

/** The desktop's own list of recent documents; Electron 45 has it on these two only (electron.d.ts). */
const hasSystemRecents = process.platform === 'darwin' || process.platform === 'win32'

/** Puts the program together; Electron is ready. Opens no window yet. */
export function createApplication(setup: ApplicationSetup): Application {
  const { settings, state, version } = setup
  const tokens = new DocumentTokens()
  const windows = new Windows({
    preload: setup.preload,
    version,
    place: () => state.windowPlace,
    savePlace: (place) => state.saveWindowPlace(place),
  })

  function openPath(path: string): void {
    windows.openDocument(tokens.grantInput(path))
  }

  function showMenu(): void {
    const template = menuTemplate({
      isMac: process.platform === 'darwin',
      demos: setup.demos,
      recentFiles: state.recentFiles,
      runCommand: (commandId) => {
        const window = windows.front()
        if (window === undefined) windows.open()
        else notify(window.webContents, 'command', commandId)
      },
      openRecent: openPath,
      clearRecent: () => {
        state.clearRecentFiles()
        if (hasSystemRecents) app.clearRecentDocuments()
        showMenu()
      },
      showAbout: () => {
        void dialog.showMessageBox({ message: `Folioscope ${version}`, type: 'info' })
      },
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  function noteLoaded(token: string): void {
    const document = tokens.find(token)
    if (document?.kind !== 'path') return
    state.addRecentFile(document.path)
    if (hasSystemRecents) app.addRecentDocument(document.path)
    showMenu()
  }

  hardenSession(session.defaultSession)
  hardenEveryContents(app)
  reportGoneChildren(app)
  serveApp(protocol, setup.rendererFolder)
  handleRequests(
    ipcMain,
    createRequestHandlers({
      tokens,
      loads: new Loads(tokens, setup.spawnLoader),
      windows,
      settings,
      demos: setup.demos,
      onLoaded: noteLoaded,
    }),
  )
  showMenu()
  app.on('activate', () => {
    if (windows.front() === undefined) windows.open()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  finishBeforeQuit(state)

  return {
    openLaunch: ({ inputs }) => {
      const [first, ...others] = inputs
      const front = windows.front()
      if (first !== undefined) openPath(first)
      else if (front === undefined) windows.open()
      else windows.focus(front)
      for (const input of others) windows.open(tokens.grantInput(input))
    },
  }
}

/** Windows save their place as they close, which is when the program already wants to end. */
function finishBeforeQuit(state: DesktopState): void {
  let isSaved = false
  app.on('will-quit', (event) => {
    if (isSaved) return
    event.preventDefault()
    void state.flush().then(() => {
      isSaved = true
      app.quit()
    })
  })
}
