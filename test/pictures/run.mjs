import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildIfStale } from '../../build/build-if-stale.mjs'
import { projectFolder } from '../../build/run-steps.mjs'
import { browserFlags } from '../support/browser-flags.mjs'
import { getBrowser } from '../support/get-browser.mjs'
import { startServe } from '../support/serve-process.mjs'

/** The pictures of the README and the documentation: the exported drawing, and the window. */
const subjects = [
  { drawing: 'optane-two-socket', window: 'window', input: 'demo:optane-two-socket' },
  {
    drawing: 'twosocket',
    window: 'twosocket-window',
    input: join(projectFolder, 'test/fixtures/kernel/twosocket-k61.folioscope'),
  },
]
const themes = /** @type {const} */ (['light', 'dark'])
const picturesFolder = join(projectFolder, 'docs/pictures')
const windowSize = { width: 1440, height: 900 }

/** @param {typeof subjects[number]} subject */
function exportDrawings({ drawing, input }) {
  for (const theme of themes) {
    const file = join(
      picturesFolder,
      theme === 'light' ? `${drawing}.svg` : `${drawing}-${theme}.svg`,
    )
    const { status } = spawnSync(
      process.execPath,
      [join(projectFolder, 'host/folioscope.mjs'), 'export', input, '-o', file, '--theme', theme],
      { stdio: 'inherit' },
    )
    if (status !== 0) throw new Error(`${input} was not exported`)
    console.log(file)
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {typeof subjects[number]} subject
 */
async function photographWindow(browser, { window, input }) {
  const server = await startServe([input])
  try {
    for (const colorScheme of themes) {
      const context = await browser.newContext({
        colorScheme,
        reducedMotion: 'reduce',
        viewport: windowSize,
      })
      const page = await context.newPage()
      await page.goto(server.url)
      await page.getByTestId('tree').getByRole('treeitem').first().waitFor()
      await page.evaluate('document.fonts.ready')
      await page.waitForLoadState('networkidle')
      const file = join(picturesFolder, `${window}-${colorScheme}.png`)
      await page.screenshot({ path: file })
      console.log(file)
      await context.close()
    }
  } finally {
    await server.stop()
  }
}

await buildIfStale()
const executablePath = getBrowser()
if (executablePath === undefined) {
  console.error('There is no Chromium-like browser; set FOLIOSCOPE_BROWSER.')
  process.exit(2)
}
mkdirSync(picturesFolder, { recursive: true })
const browser = await chromium.launch({ executablePath, args: browserFlags() })
try {
  for (const subject of subjects) {
    exportDrawings(subject)
    await photographWindow(browser, subject)
  }
} finally {
  await browser.close()
}
