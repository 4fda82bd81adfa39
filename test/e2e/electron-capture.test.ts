import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { FakeElectron } from '../fakes/electron/driver'
import { describeWithBrowser, launchBrowser } from '../support/browser'
import { describeWithData, testDataPath } from '../support/test-data'

const PROJECT = join(import.meta.dirname, '../..')
const run = promisify(execFile)

describeWithBrowser('the desktop program with a real capture', () => {
  describeWithData('twosocket-k61', () => {
    it('shows it and saves the very file that the command line writes', async () => {
      const capture = testDataPath('kernel/twosocket-k61.folioscope')
      const folder = await mkdtemp(join(tmpdir(), 'folioscope-saved-'))
      const browser = await launchBrowser()
      const electron = await FakeElectron.launch(browser)
      try {
        const page = await electron.page()
        electron.answerDialog = ({ kind }) =>
          kind === 'open'
            ? { canceled: false, filePaths: [capture] }
            : { canceled: false, filePath: join(folder, 'window.svg') }
        await page.getByTestId('open').click()
        await page.getByTestId('tree').getByText('namespace0.3').click()
        expect(await page.getByTestId('inspector').textContent()).toContain('1024 vmemmap pages')

        await electron.program.runMenu('document.exportSvg')
        await page.getByText('Saved twosocket-k61.svg').first().waitFor()
        expect(electron.dialogs.at(-1)).toMatchObject({
          kind: 'save',
          options: { defaultPath: join(electron.userData, 'documents', 'twosocket-k61.svg') },
        })
        const cli = join(PROJECT, 'out/main/cli.js')
        const written = join(folder, 'command-line.svg')
        await run(process.execPath, [cli, 'export', capture, '-o', written, '--theme', 'light'])
        const saved = await readFile(join(folder, 'window.svg'))
        expect(saved.equals(await readFile(written))).toBe(true)
        expect(electron.pageErrors).toEqual([])
        expect(electron.foreignRequests).toEqual([])
      } finally {
        await electron.close()
        await browser.close()
        await rm(folder, { recursive: true })
      }
    })
  })
})
