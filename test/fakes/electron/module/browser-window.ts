import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  HandlerDetails,
  Rectangle,
  WebContents,
} from 'electron'
import { EventEmitter } from 'node:events'
import type { FrameDescription } from '../contract'
import { app } from './app'
import { driver, mustBeReady, offer, preventable } from './state'

type FakedContents = Pick<
  WebContents,
  'id' | 'send' | 'reload' | 'isDestroyed' | 'setWindowOpenHandler' | 'getURL'
>

class FakeWebContents extends EventEmitter implements FakedContents {
  #openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined
  #isDestroyed = false
  #url = ''
  readonly #options: BrowserWindowConstructorOptions
  readonly id: number

  constructor(id: number, options: BrowserWindowConstructorOptions) {
    super()
    this.id = id
    this.#options = options
  }

  async load(url: string): Promise<void> {
    this.#url = url
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false })
    await driver.openPage({ windowId: this.id, url, options: structuredClone(this.#options) })
    this.emit('did-finish-load')
  }

  getURL(): string {
    return this.#url
  }

  send(channel: string, ...values: unknown[]): void {
    if (this.#isDestroyed) throw new Error('Object has been destroyed')
    void driver.deliver(this.id, channel, structuredClone(values))
  }

  reload(): void {
    void this.load(this.#url)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }

  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler
  }

  askOpenWindow(url: string): 'allow' | 'deny' {
    const details: HandlerDetails = {
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { policy: 'no-referrer', url: '' },
    }
    // Without a handler Electron opens the window.
    return this.#openHandler?.(details).action ?? 'allow'
  }

  askNavigate(url: string, isMainFrame: boolean): boolean {
    const event = preventable({ url, isMainFrame, isSameDocument: false })
    this.emit('will-frame-navigate', event)
    if (isMainFrame) this.emit('will-navigate', event)
    return !event.defaultPrevented
  }
}

type FakedWindow = Pick<
  BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'isDestroyed'
  | 'isFocused'
  | 'close'
  | 'destroy'
  | 'getNormalBounds'
  | 'setTitle'
>

const windows = new Map<number, FakeBrowserWindow>()
let lastId = 0
let focusedId: number | undefined

export class FakeBrowserWindow extends EventEmitter implements FakedWindow {
  readonly id: number
  readonly webContents: FakeWebContents
  readonly options: BrowserWindowConstructorOptions
  #isVisible: boolean
  #isMaximized = false
  #isDestroyed = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    mustBeReady('BrowserWindow')
    lastId += 1
    this.id = lastId
    this.options = options
    this.#isVisible = options.show ?? true
    this.webContents = new FakeWebContents(this.id, options)
    windows.set(this.id, this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }

  static getAllWindows(): FakeBrowserWindow[] {
    return [...windows.values()]
  }

  static getFocusedWindow(): FakeBrowserWindow | null {
    return windows.get(focusedId ?? 0) ?? null
  }

  static fromWebContents(contents: FakeWebContents): FakeBrowserWindow | null {
    return windows.get(contents.id) ?? null
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url)
  }

  show(): void {
    this.#isVisible = true
    this.focus()
  }

  focus(): void {
    focusedId = this.id
    this.emit('focus')
  }

  restore(): void {}

  maximize(): void {
    this.#isMaximized = true
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  isMinimized(): boolean {
    return false
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  isFocused(): boolean {
    return focusedId === this.id
  }

  setTitle(): void {}

  getNormalBounds(): Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options
    return { x, y, width, height }
  }

  close(): void {
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    windows.delete(this.id)
    this.webContents.destroy()
    this.emit('closed')
    const isLast = windows.size === 0
    void driver.closePage(this.id).finally(() => {
      if (!isLast || app.isQuitting) return
      // Without a listener Electron quits.
      if (!app.emit('window-all-closed')) app.quit()
    })
  }
}

app.closeWindows = () => {
  for (const window of windows.values()) window.close()
}

export function windowOf(windowId: number): FakeBrowserWindow {
  const found = windows.get(windowId)
  if (found === undefined) throw new Error(`there is no window ${windowId}`)
  return found
}

/** A frame as `event.senderFrame` gives it. */
export function senderFrame(frame: FrameDescription) {
  return { url: frame.url, origin: frame.origin, parent: frame.isTop ? null : {} }
}

offer({
  navigate: (windowId, url, isTop) => windowOf(windowId).webContents.askNavigate(url, isTop),
  openWindow: (windowId, url) => windowOf(windowId).webContents.askOpenWindow(url),
  loaded: (windowId) => {
    windowOf(windowId).emit('ready-to-show')
  },
  close: (windowId) => {
    windowOf(windowId).close()
  },
  crashPage: (windowId) => {
    const { webContents } = windowOf(windowId)
    const details = { reason: 'crashed', exitCode: 139 }
    webContents.emit('render-process-gone', {}, details)
    app.emit('render-process-gone', {}, webContents, details)
  },
  windows: () =>
    [...windows.values()].map((window) => ({
      id: window.id,
      options: structuredClone(window.options),
      isVisible: window.isVisible(),
    })),
})
