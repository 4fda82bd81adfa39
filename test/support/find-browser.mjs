import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { homedir, platform } from 'node:os'
import { delimiter, join } from 'node:path'

const commandNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {NodeJS.ProcessEnv} environment */
function inSearchPath(environment) {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return commandNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** @param {NodeJS.ProcessEnv} environment */
function standardPlaces(environment) {
  if (platform() === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
    ])
  }
  if (platform() === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => environment[name])
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ])
  }
  return []
}

/** @param {NodeJS.ProcessEnv} environment */
function playwrightCache(environment) {
  const chosen = environment['PLAYWRIGHT_BROWSERS_PATH']
  if (chosen !== undefined && chosen !== '' && chosen !== '0') return chosen
  if (platform() === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright')
  if (platform() === 'win32') {
    return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'ms-playwright')
  }
  return join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ms-playwright')
}

const executablesOfPlaywright = [
  'chrome-linux64/chrome',
  'chrome-linux-arm64/chrome',
  'chrome-linux/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
]

/** @param {NodeJS.ProcessEnv} environment */
function inPlaywrightCache(environment) {
  const cache = playwrightCache(environment)
  if (!existsSync(cache)) return []
  const revision = (/** @type {string} */ name) => Number(name.slice('chromium-'.length))
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((name) => executablesOfPlaywright.map((path) => join(cache, name, path)))
}

/**
 * Path of a Chromium-like browser: FOLIOSCOPE_BROWSER, else the first of the search path, the usual
 * places of the system, and Playwright's cache. Undefined when there is none.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function findBrowser(environment = process.env) {
  const chosen = environment['FOLIOSCOPE_BROWSER']
  if (chosen !== undefined && chosen !== '') {
    if (!isExecutable(chosen)) throw new Error(`FOLIOSCOPE_BROWSER: ${chosen} cannot be run`)
    return chosen
  }
  const places = [
    ...inSearchPath(environment),
    ...standardPlaces(environment),
    ...inPlaywrightCache(environment),
  ]
  return places.find(isExecutable)
}
