import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultsFolder, runCheck, vitestCommand } from '../build/check.mjs'
import { nodeArguments, projectFolder } from '../build/run-steps.mjs'
import { addCounts, countResults } from './count-results.mjs'
import { countByFormat, formatTable } from './format-table.mjs'
import { whyNoWindow } from '../build/find-electron.mjs'
import { getBrowser } from './support/get-browser.mjs'

const forbidden = (process.env['FOLIOSCOPE_FORBID_SKIP'] ?? '').split(',')

/** @param {string} text */
function banner(text) {
  const line = '='.repeat(Math.max(...text.split('\n').map((part) => part.length)))
  console.log(`\n${line}\n${text}\n${line}\n`)
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} environment
 */
function runShown(name, environment) {
  const { status } = spawnSync(process.execPath, nodeArguments(vitestCommand(name, [name])), {
    cwd: projectFolder,
    env: environment,
    stdio: 'inherit',
  })
  return { name, isOk: status === 0 }
}

function runInBrowser() {
  const browser = getBrowser()
  if (browser === undefined) {
    banner(
      'NO BROWSER: the tests in the browser are skipped.\nSet FOLIOSCOPE_BROWSER to a Chromium, Chrome or Edge to run them.',
    )
    return runShown('e2e', process.env)
  }
  console.log(`\nBrowser for the tests: ${browser}`)
  return runShown('e2e', { ...process.env, FOLIOSCOPE_BROWSER: browser })
}

function runInWindow() {
  const reason = whyNoWindow()
  const isForbidden = forbidden.includes('electron')
  if (reason !== undefined && !isForbidden) {
    // The same main, preload and renderer were just run with the fake of test/fakes, so this is no skip.
    console.log(`\nThe real window is not tested: ${reason}.`)
    return []
  }
  return [runShown('smoke', process.env)]
}

/** @param {{ name: string, isOk: boolean }} result */
function countsOf({ name, isOk }) {
  const report = join(resultsFolder, `${name}.json`)
  const counts = existsSync(report)
    ? countResults(readFileSync(report, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 }
  // A step without tests, or one that failed around its tests, counts as one failure.
  return isOk || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

const checks = await runCheck()
const results = [
  ...checks.map(({ name, outcome }) => ({ name, isOk: outcome === 'passed' })),
  runInBrowser(),
  ...runInWindow(),
]
const { passed, failed, skipped } = addCounts(results.map(countsOf))
const reports = ['unit', 'contract']
  .map((name) => join(resultsFolder, `${name}.json`))
  .filter((report) => existsSync(report))
  .map((report) => readFileSync(report, 'utf8'))
console.log(`\nCases by format\n${formatTable(countByFormat(reports))}`)
const hasForbiddenSkip = skipped > 0 && forbidden.includes('1')
const failedNames = results.filter((result) => !result.isOk).map((result) => result.name)
if (failedNames.length > 0) console.log(`\nFailed: ${failedNames.join(', ')}`)
if (hasForbiddenSkip) console.log('\nTests were skipped, which FOLIOSCOPE_FORBID_SKIP=1 forbids.')
process.exitCode = failedNames.length > 0 || hasForbiddenSkip ? 1 : 0
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
