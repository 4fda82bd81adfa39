import { dirname, join } from 'node:path'
import { app, BrowserWindow, dialog, type OpenDialogOptions, type WebContents } from 'electron'
import { writeAtomic } from '../../host/files/write-atomic'
import type { DocumentTokens } from '../../host/load/document-tokens'
import type { SettingsFile } from '../../host/settings/settings-file'
import type { DemoInfo } from '../../shared/host'
import { OPEN_FILTERS, plainFileName, saveFilters } from './dialogs'
import type { RequestHandlers } from './ipc'
import type { Loads } from './loads'
import { notify, type Windows } from './windows'

interface Program {
  readonly tokens: DocumentTokens
  readonly loads: Loads
  readonly windows: Windows
  readonly settings: SettingsFile
  readonly demos: readonly DemoInfo[]
  /** Called with what a window has loaded. */
  readonly onLoaded: (token: string) => void
}

/** What the main process does for its windows. */
export function createRequestHandlers(program: Program): RequestHandlers {
  const { tokens, loads, windows, settings } = program
  let saveFolder: string | undefined

  async function choose(
    sender: WebContents,
    options: OpenDialogOptions,
  ): Promise<string | undefined> {
    const window = BrowserWindow.fromWebContents(sender)
    if (window === null) return undefined
    const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
    const path = filePaths[0]
    return canceled || path === undefined ? undefined : tokens.grantInput(path)
  }

  function tokenOf(
    sender: WebContents,
    target: Parameters<RequestHandlers['load']>[2],
  ): string | undefined {
    switch (target.kind) {
      case 'initial':
        return windows.takeInitial(sender)
      case 'demo':
        return tokens.grantInput(`demo:${target.name}`)
      case 'token':
        return target.token
    }
  }

  return {
    load: async (sender, loadId, target) => {
      const token = tokenOf(sender, target)
      if (token === undefined) return undefined
      const loaded = await loads.start(sender, loadId, {
        token,
        report: (progress) => notify(sender, 'progress', loadId, progress),
      })
      windows.setShown(sender, token)
      program.onLoaded(token)
      return loaded
    },
    cancelLoad: (sender, loadId) => {
      loads.cancel(sender, loadId)
      return undefined
    },
    grantPath: (_sender, path) => tokens.grantInput(path),
    grantBytes: (_sender, name, bytes) => tokens.grantBytes(name, bytes),
    demos: () => program.demos,
    chooseFile: (sender) => choose(sender, { properties: ['openFile'], filters: OPEN_FILTERS }),
    chooseDirectory: (sender) => choose(sender, { properties: ['openDirectory'] }),
    save: async (sender, suggestedName, bytes) => {
      const window = BrowserWindow.fromWebContents(sender)
      if (window === null) return false
      const fileName = plainFileName(suggestedName)
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(saveFolder ?? app.getPath('documents'), fileName),
        filters: saveFilters(fileName),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || filePath === '') return false
      await writeAtomic(filePath, bytes)
      saveFolder = dirname(filePath)
      return true
    },
    readSettings: () => settings.read(),
    writeSettings: async (_sender, next) => {
      await settings.write(next)
      return undefined
    },
  }
}
