import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeWithElectron, findElectron } from '../support/electron'

const PROJECT = join(import.meta.dirname, '../..')

let folder = ''
let application: ElectronApplication

function command(input: string) {
  const executablePath = findElectron()
  if (executablePath === undefined) throw new Error("Electron's program is not here")
  // Switches behind the program: Playwright cuts off what stands before it. CI has no setuid sandbox helper.
  const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : []
  return {
    executablePath,
    args: [PROJECT, `--user-data-dir=${folder}`, ...sandbox, input],
    env: { ...(process.env as Record<string, string>), XDG_CONFIG_HOME: folder },
  }
}

describeWithElectron('the real Electron', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'folioscope-smoke-'))
  })
  afterEach(async () => {
    await application.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('opens a demo, opens the file of a second start, and saves a drawing', async () => {
    application = await _electron.launch(command('demo:optane-two-socket'))
    const page = await application.firstWindow()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.getByTestId('tree').getByRole('treeitem').first().waitFor()
    expect(page.url()).toBe('app://folioscope/index.html')
    expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false)

    const title = page.getByTestId('title')
    const before = await title.textContent()
    const { executablePath, args, env } = command('demo:laptop')
    await promisify(execFile)(executablePath, args, { env })
    await expect.poll(() => title.textContent(), { timeout: 30_000 }).not.toBe(before)

    const path = join(folder, 'saved.svg')
    await application.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    await application.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('document.exportSvg')?.click()
    })
    await page
      .getByText(/^Saved /)
      .first()
      .waitFor()
    expect(errors).toEqual([])
  })
})
