import { Worker } from 'node:worker_threads'
import type { ChildMessage, ChildPort, SpawnChild } from './child-port'
import type { LoadRequest } from './request'

/** Makes worker threads out of a built script; `script` is the path of `load-child.js` beside the running bundle. */
export function workerSpawner(script: string): SpawnChild {
  return () => new WorkerChild(script)
}

class WorkerChild implements ChildPort {
  private readonly worker: Worker
  private crash: string | undefined

  constructor(script: string) {
    // A loader needs nothing of the command line, and its tools' output must not mix with ours.
    this.worker = new Worker(script, { argv: [], stdin: false })
    // Uncaught faults and exhausted memory come as an error first; without a listener they would end this process.
    this.worker.on('error', (error) => {
      this.crash = error instanceof Error ? error.message : String(error)
    })
  }

  postMessage(request: LoadRequest): void {
    this.worker.postMessage(request)
  }

  onMessage(listener: (message: ChildMessage) => void): void {
    this.worker.on('message', listener)
  }

  onExit(listener: (reason: string) => void): void {
    this.worker.on('exit', (code) => listener(this.crash ?? `exit code ${code}`))
  }

  kill(): void {
    void this.worker.terminate()
  }
}
