import type {
  Dialog,
  MessageBoxReturnValue,
  OpenDialogReturnValue,
  SaveDialogReturnValue,
} from 'electron'
import type { DialogKind } from '../contract'
import { FakeBrowserWindow } from './browser-window'
import { driver } from './state'

/** Asks the test what the user answers. The window that the dialog belongs to is optional, as in Electron. */
function ask(kind: DialogKind, values: readonly unknown[]): Promise<Record<string, unknown>> {
  const given = values[0] instanceof FakeBrowserWindow ? values[1] : values[0]
  const { signal, ...options } = (given ?? {}) as Record<string, unknown>
  const answer = driver.showDialog({ kind, options: structuredClone(options) })
  if (!(signal instanceof AbortSignal)) return answer
  const aborted = new Promise<Record<string, unknown>>((resolve) => {
    signal.addEventListener('abort', () => resolve({ response: options['cancelId'] ?? 0 }))
  })
  return Promise.race([answer, aborted])
}

export const dialog: Pick<
  Dialog,
  'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'
> = {
  async showOpenDialog(...values: unknown[]): Promise<OpenDialogReturnValue> {
    return { canceled: true, filePaths: [], ...(await ask('open', values)) }
  },
  async showSaveDialog(...values: unknown[]): Promise<SaveDialogReturnValue> {
    return { canceled: true, filePath: '', ...(await ask('save', values)) }
  },
  async showMessageBox(...values: unknown[]): Promise<MessageBoxReturnValue> {
    return { response: 0, checkboxChecked: false, ...(await ask('message', values)) }
  },
  showErrorBox(title, content) {
    process.stderr.write(`${title}: ${content}\n`)
  },
}
