import { fork, type ChildProcess } from 'node:child_process'
import type { FromChild } from './child'
import type { CaseId } from './cases'
import type { CaseResult } from './run-case'

/** After this the process that runs a case is killed: it hangs, or the machine is very busy. */
const WATCHDOG_MILLISECONDS = 15_000
const HEAP_MEGABYTES = 1024

/** A process that runs one case after the other, and is replaced when it dies or hangs. */
export class FuzzWorker {
  private child: Promise<ChildProcess> | undefined

  /** `script` is the built child.ts, `corpusFile` what it reads. */
  constructor(
    private readonly script: string,
    private readonly corpusFile: string,
  ) {}

  /** Runs a case. Never rejects: a dead or hanging process is a finding. */
  async run(id: CaseId): Promise<CaseResult> {
    this.child ??= this.start()
    const child = await this.child
    return new Promise((resolve) => {
      let stderr = ''
      const listen = (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-20_000))
      const finish = (result: CaseResult) => {
        clearTimeout(watchdog)
        child.off('message', onMessage).off('exit', onExit)
        child.stderr?.off('data', listen)
        resolve(result)
      }
      const die = (what: string) => {
        this.child = undefined
        finish({
          outcome: { kind: 'finding', what, stack: stderr },
          label: '?',
          milliseconds: WATCHDOG_MILLISECONDS,
        })
      }
      const onMessage = (message: FromChild) => {
        if (message.kind === 'result') finish(message.result)
      }
      const onExit = (code: number | null, signal: string | null) =>
        die(`the process died (${signal ?? code})`)
      const watchdog = setTimeout(() => {
        child.off('exit', onExit)
        child.kill('SIGKILL')
        die('hang')
      }, WATCHDOG_MILLISECONDS)
      child.on('message', onMessage).on('exit', onExit)
      child.stderr?.on('data', listen)
      child.send(id)
    })
  }

  /** Ends the process, so that the next case begins with a fresh one. */
  async restart(): Promise<void> {
    const child = await this.child
    this.child = undefined
    child?.kill()
  }

  private start(): Promise<ChildProcess> {
    const child = fork(this.script, [this.corpusFile], {
      execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, '--enable-source-maps'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      serialization: 'json',
    })
    return new Promise((resolve, reject) => {
      let stderr = ''
      child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk).slice(-20_000)))
      child.once('message', () => {
        child.removeAllListeners('exit')
        resolve(child)
      })
      child.once('exit', () => reject(new Error(`the fuzz process does not start: ${stderr}`)))
    })
  }
}
