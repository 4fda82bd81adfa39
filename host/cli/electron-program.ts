import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

// Electron's archive has some 120 MB; a line slower than this is better spent on the browser.
const INSTALL_TIMEOUT_MS = 180_000

/** The folder of the `electron` package as seen from an installation; undefined when it is not installed. */
export function electronFolder(root: string): string | undefined {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

/**
 * Electron's program below its package, found as the package itself does (index.js of 45.4), but without the download
 * that `require('electron')` would start. Undefined when it is not there.
 */
export function electronProgram(folder: string, environment: Environment): string | undefined {
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const dist = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const program = join(dist, name)
  return existsSync(program) ? program : undefined
}

/** Lets the package fetch its program, once and not for ever; resolves in any case. */
export function installElectron(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: INSTALL_TIMEOUT_MS,
    })
    child.on('error', () => resolve())
    child.on('close', () => resolve())
  })
}
