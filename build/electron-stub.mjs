import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fuseSentinel } from './verify-package.mjs'

const fuseWireVersion = 1
/** Electron's own defaults, in the order of its fuse wire. */
const defaultFuses = '10110001'

/**
 * Makes a folder that electron-builder takes for an unpacked Electron for Linux: it has the files that
 * it renames and the fuses that it sets, and cannot be run.
 * @param {string} folder
 */
export function writeElectronStub(folder) {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const program = Buffer.concat([
    Buffer.from('Not Electron: a stand-in that shows what a package would contain.\n'),
    Buffer.from(fuseSentinel),
    Buffer.from([fuseWireVersion, defaultFuses.length]),
    Buffer.from(defaultFuses),
  ])
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome_crashpad_handler']) {
    writeFileSync(join(folder, name), '')
  }
}
