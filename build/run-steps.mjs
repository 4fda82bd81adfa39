import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const projectFolder = join(import.meta.dirname, '..')

/** The scripts of the tools: started with Node itself, so that no shell is needed, on Windows neither. */
const tools = {
  'electron-builder': 'electron-builder/cli.js',
  'electron-vite': 'electron-vite/bin/electron-vite.js',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
  'vue-tsc': 'vue-tsc/bin/vue-tsc.js',
}

/**
 * A tool's name and its arguments.
 * @typedef {readonly [keyof typeof tools | 'node', ...string[]]} Command
 */

/**
 * The arguments for Node that run a command.
 * @param {Command} command
 */
export function nodeArguments([tool, ...rest]) {
  return tool === 'node' ? rest : [join(projectFolder, 'node_modules', tools[tool]), ...rest]
}

/**
 * One command of a check.
 * @typedef {object} Step
 * @property {string} name
 * @property {Command} command
 * @property {string} [after] name of a step that must have passed before
 */

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {'passed' | 'failed' | 'not run'} outcome
 */

/**
 * Runs one command in the project folder and keeps what it prints.
 * @param {Command} command
 * @returns {Promise<{ isOk: boolean, output: string }>}
 */
export function runCommand(command) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, nodeArguments(command), {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    /** @type {Buffer[]} */
    const pieces = []
    child.stdout.on('data', (piece) => pieces.push(piece))
    child.stderr.on('data', (piece) => pieces.push(piece))
    child.on('error', (error) => pieces.push(Buffer.from(`${error.message}\n`)))
    child.on('close', (code) => {
      resolve({ isOk: code === 0, output: Buffer.concat(pieces).toString() })
    })
  })
}

/**
 * Runs steps two at a time in the order given, prints a line for each, and what a failing one printed.
 * @param {readonly Step[]} steps
 * @param {{ print?: (text: string) => void, run?: typeof runCommand }} [options]
 * @returns {Promise<readonly StepResult[]>}
 */
export async function runSteps(steps, options = {}) {
  const { print = (text) => process.stdout.write(text), run = runCommand } = options
  const widest = Math.max(...steps.map((step) => step.name.length))
  /** @type {Map<string, Promise<StepResult>>} */
  const results = new Map()
  const waiting = [...steps]

  /**
   * @param {Step} step
   * @returns {Promise<StepResult>}
   */
  const runStep = async (step) => {
    const before = step.after === undefined ? undefined : await results.get(step.after)
    if (before !== undefined && before.outcome !== 'passed') {
      print(`${step.name.padEnd(widest)}  not run, because ${before.name} did not pass\n`)
      return { name: step.name, outcome: 'not run' }
    }
    const start = performance.now()
    const { isOk, output } = await run(step.command)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    print(`${step.name.padEnd(widest)}  ${isOk ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s\n`)
    if (!isOk) print(`${output.trimEnd()}\n`)
    return { name: step.name, outcome: isOk ? 'passed' : 'failed' }
  }

  const runLane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const running = runStep(step)
      results.set(step.name, running)
      await running
    }
  }
  await Promise.all([runLane(), runLane()])
  return Promise.all(results.values())
}
