import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { projectFolder } from '../../build/run-steps.mjs'
import { describeWithBrowser, launchBrowser } from '../support/browser'
import { startServe } from '../support/serve-process.mjs'

// Evaluated, as the page's policy lets no other script in.
const axe = readFileSync(join(projectFolder, 'node_modules/axe-core/axe.min.js'), 'utf8')
const CAPTURE = join(projectFolder, 'test/fixtures/kernel/twosocket-k61.folioscope')

describeWithBrowser('a real capture in the browser', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startServe>>
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await startServe([CAPTURE])
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })
  afterEach(async () => {
    await page.context().close()
    expect(problems).toEqual([])
  })

  /** Opens the served window; whatever the page complains about, or asks of another server, is a problem. */
  async function open(colorScheme: 'light' | 'dark'): Promise<void> {
    problems = []
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
    })
    page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      const isOwn = origin === new URL(server.url).origin
      if (!isOwn && protocol !== 'blob:' && protocol !== 'data:') problems.push(request.url())
    })
    await page.goto(server.url)
    await page.getByTestId('tree').getByRole('treeitem').first().waitFor()
  }

  it('shows namespace0.3 with its 1024 resident vmemmap pages in tree, inspector and drawing', async () => {
    await open('light')
    expect(await page.getByTestId('title').textContent()).toContain('twosocket-k61')
    await page.getByTestId('tree').getByText('namespace0.3', { exact: true }).click()
    const inspector = page.getByTestId('inspector')
    await inspector.getByText('1024 vmemmap pages').waitFor()
    const facts = await inspector.textContent()
    expect(facts).toContain('devdax')
    expect(facts).toContain('namespace0.3/size')

    const drawing = page.getByTestId('scene').locator('[data-draw-calls]')
    await expect.poll(() => drawing.getAttribute('data-draw-calls').then(Number)).toBeGreaterThan(0)
    expect(Number(await drawing.getAttribute('data-draw-calls'))).toBeLessThanOrEqual(12)
  })

  it('draws no frame while nothing changes', async () => {
    await open('dark')
    const drawing = page.getByTestId('scene').locator('[data-frames]')
    const frames = () => drawing.getAttribute('data-frames').then(Number)
    await expect.poll(frames).toBeGreaterThan(0)
    // Two looks at the counter with a hundred chances to draw between them.
    const settled = await page.evaluate(async () => {
      const element = document.querySelector<HTMLElement>('[data-frames]')
      const wait = async (count: number) => {
        for (let i = 0; i < count; i++) await new Promise((done) => setTimeout(done, 10))
      }
      await wait(50)
      const before = element?.dataset['frames']
      await wait(100)
      return [before, element?.dataset['frames']]
    })
    expect(settled[1]).toBe(settled[0])
  })

  it('turns, zooms and frames by keyboard, and comes back', async () => {
    await open('light')
    const scene = page.getByTestId('scene').locator('[data-view]')
    const view = () => scene.getAttribute('data-view')
    await expect.poll(view).not.toBeNull()
    const home = await view()
    await page.getByRole('application').focus()
    for (const key of ['e', '+', 't', 'ArrowLeft']) {
      const before = await view()
      await page.keyboard.press(key)
      await expect.poll(view).not.toBe(before)
    }
    await page.keyboard.press('x')
    await page.keyboard.press('Home')
    await expect.poll(view).toBe(home)
  })

  it('plans namespace1.0 with 2 MiB pages: from 6 to 3072 vmemmap pages, and back', async () => {
    await open('light')
    await page.keyboard.press('3')
    await page.keyboard.press('4')
    await page.getByTestId('tree').getByText('namespace1.0', { exact: true }).click()
    const row = page.getByTestId('ledger').locator('tr', { hasText: 'namespace1.0' }).first()
    const cells = () => row.locator('td').allInnerTexts()
    expect(await cells()).toContain('6')
    await page.getByTestId('edit-namespace-align').selectOption('2 MiB')
    await page.getByTestId('apply-namespace').click()
    await expect.poll(cells).toContain('3\u00a0072')
    expect(await page.getByTestId('title').textContent()).toContain('planned')
    await page.getByTestId('show-baseline').focus()
    await page.keyboard.press('Control+Z')
    await expect.poll(cells).toContain('6')
  })

  it.each(['light', 'dark'] as const)(
    'has a ledger and plans that axe finds nothing against, in %s',
    async (colorScheme) => {
      await open(colorScheme)
      const mistakes = async () => {
        await page.evaluate(axe)
        return page.evaluate(async () => {
          const { violations } = await (
            window as unknown as { axe: typeof import('axe-core') }
          ).axe.run({
            // It joins the columns of a line of the tree without the spaces between them.
            rules: { 'label-content-name-mismatch': { enabled: false } },
          })
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
        })
      }
      await page.keyboard.press('3')
      await page.keyboard.press('4')
      await page.getByTestId('tree').getByText('namespace0.3', { exact: true }).click()
      await page.getByTestId('edit-namespace-map').selectOption('dev')
      await page.getByTestId('apply-namespace').click()
      await page.getByTestId('what-if').getByText('namespace0.3 becomes').waitFor()
      // 1 GiB in full on the device where a quarter of it was resident in RAM.
      await page.getByTestId('ledger').getByText('+12 MiB').first().waitFor()
      expect(await mistakes()).toEqual([])

      await page.getByTestId('show-baseline').focus()
      await page.keyboard.press('Control+Z')
      await expect.poll(() => page.getByTestId('ledger').getByText('+12 MiB').count()).toBe(0)
      await page.keyboard.press('p')
      await page.getByTestId('planner').waitFor()
      expect(await mistakes()).toEqual([])
    },
  )
})
