/**
 * The part of Electron that a sandboxed preload script sees, as the source of a script for the page. The page has
 * one world here, not two, so the bridge copies what crosses it as Electron's does: functions become proxies,
 * errors keep only their message, prototypes are lost.
 */
function installElectron(
  preload: (
    require: (name: string) => unknown,
    module: { exports: object },
    exports: object,
    process: object,
  ) => void,
  argv: readonly string[],
): void {
  if (window.top !== window) return

  type Values = readonly unknown[]
  type Listener = (event: object, ...values: Values) => void
  interface Hidden {
    fakeElectronInvoke(channel: string, values: Values): Promise<unknown>
    fakeElectronDeliver?: (channel: string, values: Values) => void
    fakeElectronPath?: (file: File, path: string) => void
  }
  const hidden = window as unknown as Hidden
  const listeners = new Map<string, Set<Listener>>()
  const paths = new WeakMap<File, string>()

  hidden.fakeElectronDeliver = (channel, values) => {
    for (const listener of listeners.get(channel) ?? [])
      listener({ sender: ipcRenderer }, ...values)
  }
  hidden.fakeElectronPath = (file, path) => {
    paths.set(file, path)
  }

  const ipcRenderer = {
    invoke: async (channel: string, ...values: Values) => {
      try {
        // Throws for what cannot be cloned, as Electron does.
        return await hidden.fakeElectronInvoke(channel, structuredClone(values))
      } catch (error) {
        const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
        throw new Error(`Error invoking remote method '${channel}': ${reason}`, { cause: error })
      }
    },
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
    removeListener: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }

  function cross(value: unknown): unknown {
    if (typeof value === 'function') {
      return (...values: unknown[]) => {
        try {
          return cross(value(...values.map(cross)))
        } catch (error) {
          throw cross(error)
        }
      }
    }
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.')
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Promise) {
      return value.then(cross, (error: unknown) => Promise.reject(cross(error)))
    }
    if (value instanceof Error) return new Error(value.message)
    if (value instanceof Blob) return value
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Date) {
      return structuredClone(value)
    }
    if (Array.isArray(value)) return value.map(cross)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cross(part)]))
  }

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => {
        if (key in window) {
          throw new Error('Cannot bind an API on top of an existing property on the window object')
        }
        Object.defineProperty(window, key, { value: Object.freeze(cross(api)), writable: false })
      },
    },
    webUtils: { getPathForFile: (file: File) => paths.get(file) ?? '' },
  }

  const module = { exports: {} }
  preload(
    (name) => {
      if (name === 'electron') return electron
      throw new Error(`module not found: ${name}`)
    },
    module,
    module.exports,
    { argv, platform: 'linux', contextIsolated: true, sandboxed: true, type: 'renderer' },
  )
}

/** The script to run before any of a page's own: the shim with a built preload bundle inside. */
export function pageScript(preloadSource: string, argv: readonly string[]): string {
  const preload = `function (require, module, exports, process) {\n${preloadSource}\n}`
  return `(${installElectron.toString()})(${preload}, ${JSON.stringify(argv)})`
}
