import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { channelOf, type NoticeName, type Notices } from '../channels'
import { watchPage } from './crashes'
import { APP_URL } from './protocol'
import { placeOnDisplay, windowOptions, type WindowPlace } from './window'

interface WindowsSetup {
  readonly preload: string
  readonly version: string
  readonly place: () => WindowPlace | undefined
  readonly savePlace: (place: WindowPlace) => void
}

interface WindowState {
  /** What the page loads when it starts, or starts again; undefined for an empty window. */
  token: string | undefined
  /** False until the page has asked for its first document: before that, nobody listens. */
  hasStarted: boolean
}

/** Tells a page something, unless it is gone. */
export function notify<Name extends NoticeName>(
  contents: WebContents,
  name: Name,
  ...values: Notices[Name]
): void {
  if (!contents.isDestroyed()) contents.send(channelOf(name), ...values)
}

/** The windows of the program, and which document each of them has. */
export class Windows {
  readonly #setup: WindowsSetup
  readonly #states = new Map<number, WindowState>()

  constructor(setup: WindowsSetup) {
    this.#setup = setup
  }

  /** The window in front, else any. */
  front(): BrowserWindow | undefined {
    return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows().at(-1)
  }

  open(token?: string): void {
    const place = this.#setup.place()
    const window = new BrowserWindow(
      windowOptions({
        bounds: placeOnDisplay(
          place?.bounds,
          [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea),
        ),
        preload: this.#setup.preload,
        version: this.#setup.version,
        backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#ffffff',
      }),
    )
    const { webContents } = window
    const state: WindowState = { token, hasStarted: false }
    this.#states.set(webContents.id, state)
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) state.hasStarted = false
    })
    webContents.on('destroyed', () => {
      this.#states.delete(webContents.id)
    })
    window.once('ready-to-show', () => {
      if (place?.isMaximized === true) window.maximize()
      window.show()
    })
    // A page that cannot be loaded is never ready, and a window that nobody sees cannot be closed.
    webContents.once('did-fail-load', () => {
      window.show()
    })
    window.on('close', () => {
      this.#setup.savePlace({
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
      })
    })
    watchPage(window, this)
    void window.loadURL(APP_URL)
  }

  /** Opens a document in the window in front, which keeps its own until the new one is loaded. */
  openDocument(token: string): void {
    const window = this.front()
    if (window === undefined) {
      this.open(token)
      return
    }
    const state = this.#states.get(window.webContents.id)
    if (state !== undefined && !state.hasStarted) state.token = token
    else notify(window.webContents, 'openRequest', token)
    this.focus(window)
  }

  focus(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore()
    window.focus()
  }

  /** What a page that has just started shows. */
  takeInitial(contents: WebContents): string | undefined {
    const state = this.#states.get(contents.id)
    if (state === undefined) return undefined
    state.hasStarted = true
    return state.token
  }

  /** Notes what a page shows, so that it shows it again after a reload. */
  setShown(contents: WebContents, token: string | undefined): void {
    const state = this.#states.get(contents.id)
    if (state !== undefined) state.token = token
  }

  shown(contents: WebContents): string | undefined {
    return this.#states.get(contents.id)?.token
  }
}
