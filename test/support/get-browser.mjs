import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './find-browser.mjs'

const playwright = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js')

/**
 * @param {string} program
 * @param {readonly string[]} programArguments
 */
function run(program, programArguments) {
  console.log(`> ${program} ${programArguments.join(' ')}`)
  // Playwright's three download servers, each tried a few times, need some minutes to give up.
  const options = { stdio: /** @type {const} */ ('inherit'), timeout: 10 * 60_000 }
  return spawnSync(program, programArguments, options).status === 0
}

/** A downloaded browser may lack libraries of the system; then it is as good as none. */
function findWorkingBrowser() {
  const path = findBrowser()
  if (path === undefined) return undefined
  if (process.platform === 'win32') return path
  return spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0 ? path : undefined
}

function isRootOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  // Ubuntu's package `chromium` is only a pointer to a snap.
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function installFromDebian() {
  return (
    run('apt-get', ['update', '--quiet']) &&
    run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium'])
  )
}

function installFromPlaywright() {
  const withDependencies = process.platform === 'linux' && process.getuid?.() === 0
  return run(process.execPath, [
    playwright,
    'install',
    ...(withDependencies ? ['--with-deps'] : []),
    'chromium',
  ])
}

/**
 * Path of a browser that starts, installing one where there is none: Debian's package when root on
 * Debian, else Playwright's. Undefined when that is impossible.
 * @returns {string | undefined}
 */
export function getBrowser() {
  const found = findWorkingBrowser()
  if (found !== undefined) return found
  console.log('No Chromium-like browser was found. Getting one for the tests in the browser.')
  const ways = isRootOnDebian()
    ? [installFromDebian, installFromPlaywright]
    : [installFromPlaywright]
  for (const install of ways) {
    const path = install() ? findWorkingBrowser() : undefined
    if (path !== undefined) return path
  }
  return undefined
}
