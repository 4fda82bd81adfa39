import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findBrowser } from './find-browser.mjs'

const folder = mkdtempSync(join(tmpdir(), 'folioscope-browser-'))

function placeProgram(path: string): string {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, '')
  chmodSync(full, 0o755)
  return full
}

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(process.platform !== 'linux')('findBrowser', () => {
  const environment = { PATH: join(folder, 'bin'), PLAYWRIGHT_BROWSERS_PATH: join(folder, 'cache') }

  it('finds nothing on a bare machine', () => {
    expect(findBrowser(environment)).toBeUndefined()
  })

  it('takes the newest of the cache, and the search path before the cache', () => {
    placeProgram('cache/chromium-999/chrome-linux/chrome')
    const newest = placeProgram('cache/chromium-1200/chrome-linux64/chrome')
    placeProgram('cache/chromium_headless_shell-1300/chrome-linux/headless_shell')
    expect(findBrowser(environment)).toBe(newest)
    const chromium = placeProgram('bin/chromium')
    expect(findBrowser(environment)).toBe(chromium)
  })

  it('takes the chosen one, and refuses a chosen one that cannot be run', () => {
    const chosen = placeProgram('mine')
    placeProgram('bin/chromium')
    expect(findBrowser({ ...environment, FOLIOSCOPE_BROWSER: chosen })).toBe(chosen)
    expect(() => findBrowser({ FOLIOSCOPE_BROWSER: join(folder, 'absent') })).toThrow(
      /cannot be run/,
    )
  })
})
