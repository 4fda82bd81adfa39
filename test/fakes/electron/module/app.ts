import type { App } from 'electron'
import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockInstance } from './instance-lock'
import { lifecycle, mustNotBeReady, offer, preventable } from './state'

const SWITCH = '--user-data-dir='

type FakedApp = Pick<
  App,
  | 'isPackaged'
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'focus'
  | 'getPath'
  | 'setPath'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'enableSandbox'
  | 'addRecentDocument'
  | 'clearRecentDocuments'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'showAboutPanel'
>

class FakeApp extends EventEmitter implements FakedApp {
  readonly isPackaged = false
  readonly #paths = new Map<string, string>()
  #isSandboxEnabled = false
  isQuitting = false
  #name = 'Electron'
  /** Filled in by browser-window.ts, which this file must not import. */
  closeWindows: () => void = () => {}

  constructor() {
    super()
    const given = process.argv.find((value) => value.startsWith(SWITCH))?.slice(SWITCH.length)
    this.#paths.set('userData', given ?? join(tmpdir(), `fake-electron-${process.pid}`))
    offer({
      isSandboxEnabled: () => this.#isSandboxEnabled,
      openFile: (path) => {
        this.emit('open-file', { preventDefault: () => {} }, path)
      },
    })
    // Electron becomes ready once the main module's own synchronous part has run.
    setTimeout(() => {
      lifecycle.isReady = true
      this.emit('ready', {}, {})
    }, 20)
  }

  whenReady(): Promise<void> {
    return this.isReady()
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.once('ready', () => resolve())
        })
  }

  isReady(): boolean {
    return lifecycle.isReady
  }

  quit(): void {
    this.isQuitting = true
    setImmediate(() => {
      this.emit('before-quit', preventable())
      this.closeWindows()
      const event = preventable()
      this.emit('will-quit', event)
      if (!event.defaultPrevented) this.exit(0)
    })
  }

  exit(exitCode = 0): void {
    this.emit('quit', {}, exitCode)
    process.exit(exitCode)
  }

  focus(): void {}

  getPath(name: Parameters<App['getPath']>[0]): string {
    const path = this.#paths.get(name) ?? join(this.#paths.get('userData') ?? tmpdir(), name)
    mkdirSync(path, { recursive: true })
    return path
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  getName(): string {
    return this.#name
  }

  setName(name: string): void {
    this.#name = name
  }

  getVersion(): string {
    return '0.0.0-fake'
  }

  enableSandbox(): void {
    mustNotBeReady('app.enableSandbox')
    this.#isSandboxEnabled = true
  }

  addRecentDocument(): void {}

  clearRecentDocuments(): void {}

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    return lockInstance(this.getPath('userData'), additionalData, (theirData) => {
      // As Electron warns, Chromium re-orders the arguments and adds its own.
      const argv = ['electron', '--allow-file-access-from-files', '--original-process-start-time=0']
      const deliver = () => this.emit('second-instance', {}, argv, '/', theirData)
      void this.whenReady().then(deliver)
    })
  }

  setAboutPanelOptions(): void {}

  showAboutPanel(): void {}
}

// Started as `electron <main file>`, as from a checkout.
Object.defineProperty(process, 'defaultApp', { value: true })
export const app = new FakeApp()
