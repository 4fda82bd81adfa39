import { describe } from 'vitest'
import { findElectron, whyNoWindow } from '../../build/find-electron.mjs'
import { skipAloud } from './skip'

export { findElectron }

/**
 * A `describe` for tests with the real Electron. Where it cannot open a window the tests count as
 * skipped and a line on stderr says why; where that is forbidden it throws instead.
 */
export function describeWithElectron(name: string, body: () => void): void {
  const reason = whyNoWindow()
  if (reason !== undefined) {
    skipAloud('electron', `${name}: ${reason}`)
    describe.skip(name, body)
    return
  }
  describe(name, body)
}
