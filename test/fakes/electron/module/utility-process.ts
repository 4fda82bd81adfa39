import type { ForkOptions, UtilityProcess } from 'electron'
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { app } from './app'
import { mustBeReady, offer } from './state'

const CHILD_SETUP = new URL('../utility-child.mjs', import.meta.url).href

const alive = new Set<FakeUtilityProcess>()
let isHeld = false

class FakeUtilityProcess
  extends EventEmitter
  implements Pick<UtilityProcess, 'pid' | 'kill' | 'postMessage' | 'stdout' | 'stderr'>
{
  readonly #child: ChildProcess
  readonly #held: unknown[] = []
  #isKilled = false

  constructor(modulePath: string, values: readonly string[], options: ForkOptions) {
    super()
    this.#child = fork(modulePath, values, {
      serialization: 'advanced',
      execArgv: ['--import', CHILD_SETUP, ...(options.execArgv ?? [])],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    alive.add(this)
    this.#child.on('spawn', () => this.emit('spawn'))
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code, signal) => {
      alive.delete(this)
      const exitCode = code ?? (signal === null ? 0 : 1)
      if (exitCode !== 0 && !this.#isKilled) {
        const reason = signal === null ? 'abnormal-exit' : 'crashed'
        const name = options.serviceName ?? 'Node Utility Process'
        app.emit('child-process-gone', {}, { type: 'Utility', reason, exitCode, name })
      }
      this.emit('exit', exitCode)
    })
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null ? this.#child.pid : undefined
  }

  readonly stdout = null
  readonly stderr = null

  kill(): boolean {
    this.#isKilled = true
    return this.#child.kill()
  }

  postMessage(message: unknown): void {
    if (isHeld) this.#held.push(structuredClone(message))
    // As in Electron, a message to a process that has ended is lost silently.
    else if (this.#child.connected) this.#child.send(message as object)
  }

  release(): void {
    for (const message of this.#held.splice(0)) this.postMessage(message)
  }
}

export const utilityProcess = {
  fork(
    modulePath: string | URL,
    values: readonly string[] = [],
    options: ForkOptions = {},
  ): FakeUtilityProcess {
    mustBeReady('utilityProcess.fork')
    const path = modulePath instanceof URL ? fileURLToPath(modulePath) : modulePath
    return new FakeUtilityProcess(path, values, options)
  },
}

offer({
  holdUtilityProcesses: (hold) => {
    isHeld = hold
    if (!hold) for (const child of alive) child.release()
  },
  utilityProcesses: () => [...alive].flatMap((child) => child.pid ?? []),
})
