import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { senderFrame, windowOf } from './browser-window'
import { offer } from './state'

type Listener = Parameters<IpcMain['handle']>[1]

const listeners = new Map<string, Listener>()

export const ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'> = {
  handle(channel, listener) {
    if (listeners.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    listeners.set(channel, listener)
  },
  removeHandler(channel) {
    listeners.delete(channel)
  },
}

offer({
  invoke: async (windowId, frame, channel, values) => {
    const listener = listeners.get(channel)
    if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
    const event = {
      type: 'frame',
      sender: windowOf(windowId).webContents,
      senderFrame: senderFrame(frame),
    } as unknown as IpcMainInvokeEvent
    const result: unknown = await listener(event, ...values)
    return structuredClone(result)
  },
})
