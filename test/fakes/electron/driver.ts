import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Frame, Page, Route } from 'playwright-core'
import type { DialogRequest, DriverOffers, PageSetup, ProgramOffers } from './contract'
import { pageScript } from './page-shim'
import { connect, type Remote } from './peer'

const PROJECT = resolve(import.meta.dirname, '../../..')
const MAIN = join(PROJECT, 'out/main/index.js')
const HOOKS = pathToFileURL(join(import.meta.dirname, 'hooks.mjs')).href

/** A plain browser knows no schemes of ours: app://HOST/ is shown as https://HOST + this suffix, a secure origin too. */
const SUFFIX = '.app-scheme.test'

function toShown(url: string): string {
  return url.replace(/^app:\/\/([^/]+)/, `https://$1${SUFFIX}`)
}

function toReal(url: string): string {
  const { protocol, hostname, pathname, search } = new URL(url)
  return protocol === 'https:' && hostname.endsWith(SUFFIX)
    ? `app://${hostname.slice(0, -SUFFIX.length)}${pathname}${search}`
    : url
}

function originOf(realUrl: string): string {
  const ours = /^app:\/\/[^/]+/.exec(realUrl)
  return ours?.[0] ?? (URL.canParse(realUrl) ? new URL(realUrl).origin : 'null')
}

export interface FakeElectronOptions {
  /** What stands on the command line behind the program. */
  readonly args?: readonly string[]
  readonly cwd?: string
  /** Start beside another instance by giving its folder; else a new one. */
  readonly userData?: string
}

interface OpenPage {
  readonly page: Page
  /** The next main-frame request is the program's own loadURL, which raises no will-navigate. */
  isLoading: boolean
}

/**
 * Runs the built main bundle, unchanged, in a Node process of its own where `electron` is the fake; the pages
 * of its windows are pages of a browser of this test.
 */
export class FakeElectron {
  readonly program: Remote<ProgramOffers>
  readonly userData: string
  /** Exit code of the program, once it has ended. */
  readonly exited: Promise<number>
  /** Every dialog that was shown, and what the test answers to the next ones; undefined is "cancel". */
  readonly dialogs: DialogRequest[] = []
  answerDialog: (request: DialogRequest) => Record<string, unknown> | undefined = () => undefined
  /** Requests that would have left the machine; a test expects none. */
  readonly foreignRequests: string[] = []
  /** Errors and console errors of the pages, which include violations of the content security policy. */
  readonly pageErrors: string[] = []
  /** Where a page wanted to go, or what it wanted to open, and was refused. */
  readonly refusals: string[] = []
  readonly stderr: string[] = []

  readonly #child: ChildProcess
  readonly #context: BrowserContext
  readonly #pages = new Map<number, OpenPage>()
  readonly #pageWaiters: (() => void)[] = []

  static async launch(browser: Browser, options: FakeElectronOptions = {}): Promise<FakeElectron> {
    const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'folioscope-electron-')))
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } })
    // Popups, which Electron would refuse before they could ask for anything; windows have routes of their own.
    await context.route('**/*', (route) => route.abort())
    return new FakeElectron(context, userData, options)
  }

  private constructor(context: BrowserContext, userData: string, options: FakeElectronOptions) {
    this.#context = context
    this.userData = userData
    this.#child = fork(MAIN, [`--user-data-dir=${userData}`, ...(options.args ?? [])], {
      cwd: options.cwd ?? userData,
      serialization: 'advanced',
      execArgv: ['--import', HOOKS],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      env: { ...process.env, NODE_OPTIONS: '', XDG_CONFIG_HOME: join(userData, 'config') },
    })
    this.#child.stderr?.on('data', (chunk: Buffer) => this.stderr.push(chunk.toString()))
    this.exited = new Promise((done) => {
      this.#child.on('exit', (code) => done(code ?? -1))
    })
    const offers: DriverOffers = {
      openPage: (setup) => this.#openPage(setup),
      closePage: async (windowId) => {
        const open = this.#pages.get(windowId)
        this.#pages.delete(windowId)
        await open?.page.close()
      },
      deliver: (windowId, channel, values) => this.#deliver(windowId, channel, values),
      showDialog: async (request) => {
        this.dialogs.push(request)
        return this.answerDialog(request) ?? {}
      },
    }
    this.program = connect<ProgramOffers>(
      {
        send: (message) => {
          if (this.#child.connected) this.#child.send(message as object)
        },
        onMessage: (listener) => void this.#child.on('message', listener),
      },
      offers,
    )
  }

  /** The page of a window, once it is loaded; the windows are counted from 1. */
  async page(windowId = 1): Promise<Page> {
    for (;;) {
      const open = this.#pages.get(windowId)
      if (open !== undefined && !open.isLoading) return open.page
      await new Promise<void>((done) => this.#pageWaiters.push(done))
    }
  }

  /** Kills the process of a window's page; the window lives on. */
  async crash(windowId = 1): Promise<void> {
    const { page } = this.#pages.get(windowId) ?? {}
    this.#pages.delete(windowId)
    // Resolves never: the page is gone before it could answer.
    void page?.goto('chrome://crash').catch(() => undefined)
    await page?.waitForEvent('crash')
  }

  windowCount(): number {
    return this.#pages.size
  }

  /** Drops a file onto a page as the user would. Without a path it is a file that a script made. */
  async drop(page: Page, file: { path: string; hasPath?: boolean }): Promise<void> {
    const base64 = (await readFile(file.path)).toString('base64')
    await page.evaluate(
      ({ name, data, path }) => {
        const dropped = new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name)
        if (path !== undefined) {
          const hidden = window as unknown as {
            fakeElectronPath: (file: File, path: string) => void
          }
          hidden.fakeElectronPath(dropped, path)
        }
        // A DataTransfer made by a script hands out copies of its files, which would have no path.
        const transfer = { files: [dropped], types: ['Files'], items: [{ kind: 'file' }] }
        for (const type of ['dragenter', 'dragover', 'drop']) {
          const event = new Event(type, { bubbles: true, cancelable: true })
          Object.defineProperty(event, 'dataTransfer', { value: transfer })
          document.body.dispatchEvent(event)
        }
      },
      {
        name: basename(file.path),
        data: base64,
        path: file.hasPath === false ? undefined : file.path,
      },
    )
  }

  /** Ends the program if it still runs, and removes its folder. */
  async close(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.disconnect()
    await this.exited
    await this.#context.close()
    await rm(this.userData, { recursive: true, force: true })
  }

  async #openPage({ windowId, url, options }: PageSetup): Promise<void> {
    // Also after a crash: a page that is gone cannot be loaded again, a window can.
    await this.#pages.get(windowId)?.page.close()
    const page = await this.#context.newPage()
    const open: OpenPage = { page, isLoading: true }
    this.#pages.set(windowId, open)
    page.on('pageerror', (error) => this.pageErrors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.pageErrors.push(message.text())
    })
    page.on('popup', (popup) => void this.#judgePopup(windowId, popup))
    page.on('crash', () => void this.program.crashPage(windowId))
    await page.route('**/*', (route) => this.#route(windowId, route))
    await page.exposeBinding(
      'fakeElectronInvoke',
      ({ frame }, channel: string, values: unknown[]) =>
        this.program.invoke(windowId, describeFrame(frame), channel, values),
    )
    const { preload, additionalArguments = [] } = options.webPreferences ?? {}
    if (preload !== undefined) {
      const source = await readFile(preload, 'utf8')
      await page.addInitScript(pageScript(source, ['electron', ...additionalArguments]))
    }
    await page.goto(toShown(url))
    open.isLoading = false
    await this.program.loaded(windowId)
    for (const done of this.#pageWaiters.splice(0)) done()
  }

  async #deliver(windowId: number, channel: string, values: unknown[]): Promise<void> {
    const open = this.#pages.get(windowId)
    await open?.page.evaluate(
      ([name, parts]) => {
        const hidden = window as unknown as {
          fakeElectronDeliver?: (channel: string, values: unknown[]) => void
        }
        hidden.fakeElectronDeliver?.(name, parts)
      },
      [channel, values] as const,
    )
  }

  async #route(windowId: number, route: Route): Promise<void> {
    const request = route.request()
    const url = toReal(request.url())
    const isTop = request.isNavigationRequest() && request.frame().parentFrame() === null
    if (request.isNavigationRequest() && !(isTop && this.#pages.get(windowId)?.isLoading)) {
      // 204 leaves the page as it is, as a prevented navigation does.
      if (!(await this.program.navigate(windowId, url, isTop))) {
        await route.fulfill({ status: 204 })
        this.refusals.push(url)
        return
      }
    }
    if (!url.startsWith('app:')) {
      this.foreignRequests.push(url)
      await route.abort()
      return
    }
    const { status, headers, body } = await this.program.request(url, request.method())
    await route.fulfill({ status, headers, body: Buffer.from(body) })
  }

  async #judgePopup(windowId: number, popup: Page): Promise<void> {
    if ((await this.program.openWindow(windowId, popup.url())) === 'allow') return
    await popup.close()
    this.refusals.push('popup')
  }
}

function describeFrame(frame: Frame) {
  const url = toReal(frame.url())
  return { url, origin: originOf(url), isTop: frame.parentFrame() === null }
}
