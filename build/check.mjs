import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectFolder, runSteps } from './run-steps.mjs'

/** Where each run of vitest leaves its counts for test/run.mjs. */
export const resultsFolder = join(projectFolder, 'test-results/counts')

/**
 * @param {string} name
 * @param {readonly string[]} projects
 * @returns {import('./run-steps.mjs').Command}
 */
export function vitestCommand(name, projects) {
  return [
    'vitest',
    'run',
    // A golden that is missing is a failure, here as in continuous integration.
    '--update=none',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/counts/${name}.json`,
  ]
}

/**
 * Long steps first, so that both lanes end at about the same time.
 * @type {readonly import('./run-steps.mjs').Step[]}
 */
const steps = [
  { name: 'build', command: ['electron-vite', 'build', '--logLevel', 'warn'] },
  { name: 'unit', command: vitestCommand('unit', ['unit', 'renderer']) },
  { name: 'contract', command: vitestCommand('contract', ['contract']), after: 'build' },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'types of tests', command: ['vue-tsc', '-p', 'test'] },
  { name: 'types of renderer', command: ['vue-tsc', '-p', 'renderer'] },
  { name: 'types of electron', command: ['tsc', '-p', 'electron'] },
  { name: 'types of host', command: ['tsc', '-p', 'host'] },
  { name: 'types of shared', command: ['tsc', '-p', 'shared'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'imports', command: ['node', 'build/check-imports.mjs'] },
]

/** Runs everything that needs no browser. */
export function runCheck() {
  rmSync(resultsFolder, { recursive: true, force: true })
  mkdirSync(resultsFolder, { recursive: true })
  return runSteps(steps)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const start = performance.now()
  const results = await runCheck()
  const bad = results.filter((result) => result.outcome !== 'passed')
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  console.log(
    bad.length === 0
      ? `check passed in ${seconds} s`
      : `check failed in ${seconds} s: ${bad.map((result) => result.name).join(', ')}`,
  )
  process.exitCode = bad.length === 0 ? 0 : 1
}
