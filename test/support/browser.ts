import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { describe } from 'vitest'
import { browserFlags } from './browser-flags.mjs'
import { findBrowser } from './find-browser.mjs'
import { skipAloud } from './skip'

export { browserFlags, findBrowser }

/** Starts the browser that was found, headless; the caller closes it. */
export function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === undefined)
    throw new Error('there is no Chromium-like browser; set FOLIOSCOPE_BROWSER')
  return chromium.launch({
    ...options,
    executablePath,
    args: [...browserFlags(), ...(options.args ?? [])],
  })
}

/**
 * A `describe` for tests in a browser. Without one its tests count as skipped and a line on stderr says
 * so; with FOLIOSCOPE_FORBID_SKIP=1 it throws instead.
 */
export function describeWithBrowser(name: string, body: () => void): void {
  if (findBrowser() === undefined) {
    skipAloud('browser', `${name}: there is no Chromium-like browser (FOLIOSCOPE_BROWSER)`)
    describe.skip(name, body)
    return
  }
  describe(name, body)
}
