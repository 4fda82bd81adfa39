import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const packageFolder = join(import.meta.dirname, '../node_modules/electron')

/**
 * Path of Electron's program, or undefined when it was not downloaded: unlike `require('electron')`,
 * which then starts a download.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function findElectron(environment = process.env) {
  const pathFile = join(packageFolder, 'path.txt')
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const folder = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist')
  const path = join(folder, program)
  return existsSync(path) ? path : undefined
}

/**
 * Why no window can be opened here, as the end of a sentence; undefined when one can.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function whyNoWindow(environment = process.env) {
  if (findElectron(environment) === undefined)
    return "Electron's program is not here (npx install-electron)"
  const hasDisplay =
    environment['DISPLAY'] !== undefined || environment['WAYLAND_DISPLAY'] !== undefined
  if (process.platform === 'linux' && !hasDisplay) return 'there is no display'
  return undefined
}
