import { utilityProcess, type UtilityProcess } from 'electron'
import type { ChildMessage, ChildPort, SpawnChild } from '../../host/load/child-port'
import type { LoadRequest } from '../../host/load/request'

/** Makes utility processes out of the built loader script; each loads one input and is then ended. */
export function utilitySpawner(script: string): SpawnChild {
  return () =>
    new UtilityChild(utilityProcess.fork(script, [], { serviceName: 'Folioscope loader' }))
}

class UtilityChild implements ChildPort {
  readonly #child: UtilityProcess

  constructor(child: UtilityProcess) {
    this.#child = child
  }

  postMessage(request: LoadRequest): void {
    this.#child.postMessage(request)
  }

  onMessage(listener: (message: ChildMessage) => void): void {
    this.#child.on('message', listener)
  }

  onExit(listener: (reason: string) => void): void {
    this.#child.on('exit', (code) => listener(`exit code ${code}`))
  }

  kill(): void {
    this.#child.kill()
  }
}
