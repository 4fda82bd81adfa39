import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { requestForInput } from '../load/request'
import { electronFolder, electronProgram, installElectron } from './electron-program'
import { requirePage, type Installation } from './installation'
import { hasDisplay } from './launch-browser'
import { checkInput, serve } from './serve'
import type { Terminal } from './terminal'

/** A window that ends this soon, and not well, has never been there: a missing library, no sandbox, no X server. */
const START_MS = 5_000

/** `open [INPUT…]`: the desktop window; where there can be none, one line says why and `serve --open` takes over. */
export async function open(
  inputs: readonly string[],
  installation: Installation,
  terminal: Terminal,
): Promise<void> {
  requirePage(installation)
  for (const input of inputs) checkInput(input)
  const problem = await openWindow(inputs, installation, terminal)
  if (problem === undefined) return
  terminal.note(`folioscope: no window: ${problem}; serving the same app for the browser`)
  if (inputs.length > 1) {
    terminal.note(`folioscope: the browser shows ${String(inputs[0])}; open the others one by one`)
  }
  const options = { port: '0', host: '127.0.0.1', open: true } as const
  await serve(inputs[0], options, installation, terminal)
}

/** Shows the window until it is closed. Resolves to the reason when there can be none. */
async function openWindow(
  inputs: readonly string[],
  installation: Installation,
  terminal: Terminal,
): Promise<string | undefined> {
  const obstacle = windowObstacle(inputs, {
    platform: process.platform,
    environment: process.env,
    userId: process.getuid?.(),
  })
  if (obstacle !== undefined) return obstacle
  const folder = electronFolder(installation.root)
  if (folder === undefined) return 'Electron is not installed'
  const program = await findOrInstall(folder, terminal)
  if (program === undefined) return "Electron's program could not be fetched"
  return runWindow(program, [installation.root, ...inputs.map(absoluteInput)])
}

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly userId: number | undefined
}

/** Why there can be no window whether or not Electron is here, as the end of a sentence; undefined when nothing is in the way. */
export function windowObstacle(
  inputs: readonly string[],
  { platform, environment, userId }: Surroundings,
): string | undefined {
  if (inputs.includes('-')) return 'it cannot read standard input'
  if (!hasDisplay(platform, environment)) return 'there is no display'
  // Chromium's sandbox refuses root, and without its sandbox it must not read strangers' files.
  if (platform === 'linux' && userId === 0) return 'Electron does not run as root'
  return undefined
}

async function findOrInstall(folder: string, terminal: Terminal): Promise<string | undefined> {
  const program = electronProgram(folder, process.env)
  if (program !== undefined) return program
  terminal.note("folioscope: fetching Electron's program, once (some 120 MB) …")
  await installElectron(folder)
  return electronProgram(folder, process.env)
}

/** The window has a working directory of its own as soon as a second one joins the first. */
function absoluteInput(input: string): string {
  const request = requestForInput(input)
  return request.kind === 'path' ? resolve(request.path) : input
}

function runWindow(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done, fail) => {
    const startedAt = performance.now()
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined },
    })
    const forward = (signal: NodeJS.Signals) => void child.kill(signal)
    const stopListening = () => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
    }
    process.on('SIGINT', forward)
    process.on('SIGTERM', forward)
    child.on('error', (error) => {
      stopListening()
      done(error.message)
    })
    child.on('close', (code) => {
      stopListening()
      if (code === 0 || code === null) done(undefined)
      else if (performance.now() - startedAt < START_MS)
        done(`Electron ended with exit code ${code}`)
      else fail(new Error(`the window ended with exit code ${code}`))
    })
  })
}
