import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'vitest'
import { captureScript } from '../../../shared/capture/script'
import { skipAloud } from '../../../test/support/skip'

/** Path of a program of this machine; undefined when there is none. */
export function findProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(':')
    .concat('/usr/sbin', '/sbin')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/** An `it` for tests that need programs; without them it counts as skipped and says so. */
export function itWith(programs: readonly string[], name: string, body: () => Promise<void>): void {
  const missing = programs.filter((program) => findProgram(program) === undefined)
  if (missing.length > 0) skipAloud('tools', `${name}: there is no ${missing.join(', ')}`)
  it.skipIf(missing.length > 0)(name, body, 60_000)
}

/** A folder with busybox under the names of all its programs, sh, tar and gzip among them, and nothing else. */
export function installBusybox(folder: string): string {
  const programs = join(folder, 'busybox')
  mkdirSync(programs)
  execFileSync(findProgram('busybox') ?? 'busybox', ['--install', '-s', programs])
  return programs
}

export interface ShellRun {
  readonly status: number | null
  readonly output: Buffer
  readonly errors: string
}

/** Starts a shell that reads the capture script, or another text, on its standard input. */
export function startScript(
  shell: readonly string[],
  options: SpawnOptions & { readonly scriptArgs?: readonly string[]; readonly script?: string },
): ChildProcess {
  const { scriptArgs = [], script = captureScript('1.2.3'), ...spawnOptions } = options
  const [program = 'sh', ...args] = shell
  const child = spawn(program, [...args, '-s', '--', ...scriptArgs], {
    ...spawnOptions,
    stdio: 'pipe',
  })
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(script)
  return child
}

/** Runs it to its end. */
export function runScript(...start: Parameters<typeof startScript>): Promise<ShellRun> {
  const child = startScript(...start)
  const output: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout?.on('data', (piece: Buffer) => void output.push(piece))
  child.stderr?.on('data', (piece: Buffer) => void errors.push(piece))
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (status) => {
      done({ status, output: Buffer.concat(output), errors: Buffer.concat(errors).toString() })
    })
  })
}
