import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { runnerImport } from 'vite'
import { projectFolder } from '../../build/run-steps.mjs'

export const title = 'longest time for which the event loop stands still while an input is loaded'

const inputs = ['kernel/twosocket-k61.folioscope', 'hwloc/256ppc-8n8s4t.tar.bz2']

/**
 * @template T
 * @param {string} path
 * @returns {Promise<T>}
 */
async function importSource(path) {
  const { module } = await runnerImport(join(projectFolder, path), { configFile: false })
  return /** @type {T} */ (module)
}

/**
 * Longest delay of a timer in milliseconds while `work` runs.
 * @param {() => Promise<unknown>} work
 */
async function longestDelay(work) {
  const monitor = monitorEventLoopDelay({ resolution: 1 })
  monitor.enable()
  const start = performance.now()
  await work()
  // One more turn, so that a standstill right at the end is seen too.
  await new Promise((resolve) => setTimeout(resolve, 5))
  monitor.disable()
  return { delay: monitor.max / 1e6, total: performance.now() - start }
}

/** @param {{ dataFolder: string | undefined }} context */
export async function run({ dataFolder }) {
  const { loadInChild } = /** @type {typeof import('../../host/load/load-in-child')} */ (
    await importSource('host/load/load-in-child.ts')
  )
  const { workerSpawner } = /** @type {typeof import('../../host/load/worker-spawn')} */ (
    await importSource('host/load/worker-spawn.ts')
  )
  const { loadRequest } = /** @type {typeof import('../../host/load/load-request')} */ (
    await importSource('host/load/load-request.ts')
  )
  const spawn = workerSpawner(join(projectFolder, 'out/main/load-child.js'))
  const files = dataFolder === undefined ? [] : inputs.map((input) => join(dataFolder, input))
  const found = files.filter((file) => existsSync(file))
  if (found.length === 0) console.log('  skipped: there is no test data (FOLIOSCOPE_TEST_DATA)')

  for (const path of found) {
    const request = /** @type {const} */ ({ kind: 'path', path })
    const options = { report: () => undefined, signal: new AbortController().signal }
    const ways = {
      'in the child': () => loadInChild(spawn, request, options),
      'in this thread': () => loadRequest(request, options),
    }
    console.log(`  ${path}`)
    for (const [name, work] of Object.entries(ways)) {
      await work()
      const { delay, total } = await longestDelay(work)
      console.log(
        `    ${name.padEnd(14)}  ${delay.toFixed(1).padStart(8)} ms of ${total.toFixed(0)} ms`,
      )
    }
  }
}
