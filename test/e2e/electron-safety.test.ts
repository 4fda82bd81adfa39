import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FakeElectron } from '../fakes/electron/driver'
import { describeWithBrowser, launchBrowser } from '../support/browser'

const PRELOAD = join(import.meta.dirname, '../../out/preload/index.cjs')

let browser: Browser
let electron: FakeElectron
let page: Page

describeWithBrowser('the desktop program keeps strangers out', () => {
  beforeAll(async () => {
    browser = await launchBrowser()
    electron = await FakeElectron.launch(browser)
    page = await electron.page()
    await page.getByTestId('empty').waitFor()
  })
  afterAll(async () => {
    await electron.close()
    await browser.close()
  })

  it('makes sandboxed windows only', async () => {
    expect(await electron.program.isSandboxEnabled()).toBe(true)
    const [window] = await electron.program.windows()
    expect(window?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      preload: PRELOAD,
    })
  })

  it('has a preload script that requires Electron and nothing else', () => {
    const required = readFileSync(PRELOAD, 'utf8').matchAll(/\b(?:require|import)\s*\(([^)]*)\)/g)
    expect([...required].map(([, name]) => name)).toEqual(['"electron"'])
  })

  it('gives the page a few named functions, frozen', async () => {
    const api = await page.evaluate(() => {
      const { folioscope } = window as unknown as { folioscope: Record<string, unknown> }
      return {
        types: Object.fromEntries(
          Object.entries(folioscope).map(([name, value]) => [name, typeof value]),
        ),
        isFrozen: Object.isFrozen(folioscope),
        leaks: ['require', 'process', 'module', 'electron'].filter((name) => name in window),
      }
    })
    expect(api).toEqual({
      types: {
        version: 'string',
        load: 'function',
        cancelLoad: 'function',
        grantFile: 'function',
        grantBytes: 'function',
        demos: 'function',
        chooseFile: 'function',
        chooseDirectory: 'function',
        save: 'function',
        readSettings: 'function',
        writeSettings: 'function',
        onProgress: 'function',
        onOpenRequest: 'function',
        onCommand: 'function',
      },
      isFrozen: true,
      leaks: [],
    })
  })

  it('refuses arguments that its own pages would not send', async () => {
    const refusal = await page.evaluate(async () => {
      const { folioscope } = window as unknown as {
        folioscope: { load: (id: string, target: object) => Promise<unknown> }
      }
      const target = { kind: 'token', token: '/etc/passwd' }
      return folioscope.load(crypto.randomUUID(), target).catch((error: Error) => error.message)
    })
    expect(refusal).toContain('refused: arguments')
  })

  it('runs no inline script and loads nothing from elsewhere', async () => {
    const before = electron.pageErrors.length
    const result = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.wasRun = true'
      document.head.append(script)
      const fetched = await fetch('https://example.com/').then(
        () => 'fetched',
        () => 'refused',
      )
      return { wasRun: 'wasRun' in window, fetched }
    })
    expect(result).toEqual({ wasRun: false, fetched: 'refused' })
    expect(electron.pageErrors.slice(before).join('\n')).toContain('Content Security Policy')
    expect(electron.foreignRequests).toEqual([])
  })

  it('stays on its page and opens no other', async () => {
    const url = page.url()
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    await expect.poll(() => electron.refusals).toEqual(['https://example.com/'])
    await page.evaluate(() => {
      window.open('https://example.com/')
    })
    await expect.poll(() => electron.refusals).toContain('popup')
    expect(page.context().pages()).toEqual([page])
    expect(page.url()).toBe(url)
    await page.getByTestId('empty').waitFor()
    expect(electron.foreignRequests).toEqual([])
  })

  it.each([
    ['clipboard-sanitized-write', true],
    ['fullscreen', true],
    ['clipboard-read', false],
    ['media', false],
    ['notifications', false],
    ['openExternal', false],
  ])('permission %s: %s', async (permission, isGranted) => {
    expect(await electron.program.permission(1, permission)).toEqual({
      asked: isGranted,
      checked: isGranted,
    })
  })
})
