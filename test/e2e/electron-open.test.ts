import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { FakeElectron, type FakeElectronOptions } from '../fakes/electron/driver'
import { describeWithBrowser, launchBrowser } from '../support/browser'

const DEMO = 'demo:optane-two-socket'
const SPEC = join(import.meta.dirname, '../../host/demos/laptop.yaml')

let browser: Browser
const started: FakeElectron[] = []

async function launch(options: FakeElectronOptions = {}) {
  const electron = await FakeElectron.launch(browser, options)
  started.push(electron)
  return { electron, page: await electron.page() }
}

const title = (page: Page) => page.getByTestId('title')
const treeItems = (page: Page) => page.getByTestId('tree').getByRole('treeitem')

/** Waits until a document is shown, and returns its title. */
async function shownTitle(page: Page): Promise<string | null> {
  await treeItems(page).first().waitFor()
  return title(page).textContent()
}

/** Waits until the title is no longer what it was. */
async function nextTitle(page: Page, before: string | null): Promise<string | null> {
  await page.waitForFunction(
    (old) => document.querySelector('[data-testid=title]')?.textContent !== old,
    before,
  )
  return shownTitle(page)
}

describeWithBrowser('the desktop program opens', () => {
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const ended = started.splice(0)
    await Promise.all(ended.map((electron) => electron.close()))
    for (const electron of ended) {
      expect(electron.pageErrors).toEqual([])
      expect(electron.foreignRequests).toEqual([])
    }
  })
  afterAll(() => browser.close())

  it('what it was started with, then a file from the dialog, which it remembers', async () => {
    const { electron, page } = await launch({ args: [DEMO] })
    const before = await shownTitle(page)
    expect(await treeItems(page).filter({ hasText: 'region0' }).count()).toBeGreaterThan(0)
    expect(await electron.program.windows()).toMatchObject([{ isVisible: true }])
    // A loader lives as long as its load.
    expect(await electron.program.utilityProcesses()).toEqual([])

    await electron.program.runMenu('document.open')
    await expect.poll(() => electron.dialogs).toMatchObject([{ kind: 'open' }])
    expect(await shownTitle(page)).toBe(before)

    electron.answerDialog = () => ({ canceled: false, filePaths: [SPEC] })
    await page.getByTestId('open').click()
    await nextTitle(page, before)
    expect(await electron.program.menuIds()).toContain(SPEC)
    const recent = await readFile(join(electron.userData, 'desktop.json'), 'utf8')
    expect(JSON.parse(recent)).toMatchObject({ recentFiles: [SPEC] })
  })

  it.each([
    ['that is on disk', true],
    ['that a script made', false],
  ])('a dropped file %s, and again', async (_name, hasPath) => {
    const { electron, page } = await launch()
    await page.getByTestId('empty').waitFor()
    await electron.drop(page, { path: SPEC, hasPath })
    await shownTitle(page)
    expect((await electron.program.menuIds()).includes(SPEC)).toBe(hasPath)

    await electron.program.holdUtilityProcesses(true)
    await electron.program.runMenu('document.reload')
    await expect.poll(() => electron.program.utilityProcesses()).toHaveLength(1)
    await electron.program.holdUtilityProcesses(false)
    await expect.poll(() => electron.program.utilityProcesses()).toEqual([])
    await shownTitle(page)
    expect(await page.getByTestId('error').count()).toBe(0)
  })

  it('the file of a second start in the window that is there, and remembers its place', async () => {
    const { electron, page } = await launch({ args: [DEMO] })
    const before = await shownTitle(page)
    const second = await FakeElectron.launch(browser, {
      args: ['laptop.yaml'],
      cwd: dirname(SPEC),
      userData: electron.userData,
    })
    expect(await second.exited).toBe(0)
    expect(second.windowCount()).toBe(0)
    await nextTitle(page, before)
    expect(electron.windowCount()).toBe(1)

    await electron.program.close(1)
    expect(await electron.exited).toBe(0)
    const state = await readFile(join(electron.userData, 'desktop.json'), 'utf8')
    expect(JSON.parse(state)).toMatchObject({
      window: { bounds: { x: 120, y: 70, width: 1360, height: 860 }, isMaximized: false },
    })
  })

  it('no bad file, and keeps what was open', async () => {
    const { electron, page } = await launch({ args: [DEMO] })
    const before = await shownTitle(page)
    const path = join(electron.userData, 'paper.pdf')
    await writeFile(path, '%PDF-1.7\n')
    electron.answerDialog = () => ({ canceled: false, filePaths: [path] })
    await page.getByTestId('open').click()
    const error = page.getByTestId('error')
    expect(await error.textContent()).toContain('paper.pdf')
    expect(await error.textContent()).not.toContain(electron.userData)
    await page.getByTestId('dismiss').click()
    expect(await shownTitle(page)).toBe(before)
    expect(await electron.program.menuIds()).not.toContain(path)
  })

  it('another file when a load is cancelled', async () => {
    const { electron, page } = await launch()
    await page.getByTestId('empty').waitFor()
    await electron.program.holdUtilityProcesses(true)
    await electron.program.runMenu('document.openDemo.laptop')
    await page.getByTestId('cancel').click()
    await expect.poll(() => electron.program.utilityProcesses()).toEqual([])
    await electron.program.holdUtilityProcesses(false)
    await electron.program.runMenu('document.openDemo.laptop')
    await shownTitle(page)
  })

  it('another file when a loader crashes', async () => {
    const { electron, page } = await launch({ args: [DEMO] })
    const before = await shownTitle(page)
    await electron.program.holdUtilityProcesses(true)
    await electron.program.runMenu('document.openDemo.laptop')
    await expect.poll(() => electron.program.utilityProcesses()).toHaveLength(1)
    const [pid] = await electron.program.utilityProcesses()
    process.kill(pid ?? 0, 'SIGKILL')
    expect(await page.getByTestId('error').textContent()).toContain('the loader stopped')
    expect(electron.stderr.join('')).toContain('Folioscope loader process ended: crashed')
    await page.getByTestId('dismiss').click()
    expect(await shownTitle(page)).toBe(before)
    await electron.program.holdUtilityProcesses(false)
    await electron.program.runMenu('document.openDemo.laptop')
    await nextTitle(page, before)
  })

  it('nothing unasked after its page has crashed', async () => {
    const { electron, page } = await launch({ args: [DEMO] })
    await shownTitle(page)
    electron.answerDialog = ({ options }) => ({
      response: (options['buttons'] as string[]).indexOf('Start empty'),
    })
    await electron.crash()
    const again = await electron.page()
    await again.getByTestId('empty').waitFor()
    expect(electron.dialogs).toMatchObject([{ options: { message: 'The window has crashed' } }])
  })
})
