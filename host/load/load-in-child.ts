import { HostFailure, type CancelSignal } from '../../shared/host'
import type { ReportProgress } from '../../shared/readers/source-tree'
import type { ChildMessage, SpawnChild } from './child-port'
import type { LoadRequest } from './request'

export interface LoadInChildOptions {
  readonly report: ReportProgress
  readonly signal: CancelSignal
}

/** What a child made of an input: the Topology as JSON text. */
export interface LoadedText {
  readonly topologyJson: string
}

/**
 * Loads in a child of its own, so that no parser runs here, and a crash or a cancel costs this load and nothing else.
 * Rejects with HostFailure: `input` for a bad input, `cancelled`, or `fault` also when the child dies.
 */
export function loadInChild(
  spawn: SpawnChild,
  request: LoadRequest,
  { report, signal }: LoadInChildOptions,
): Promise<LoadedText> {
  return new Promise((resolve, reject) => {
    const cancelled = new HostFailure({ kind: 'cancelled', message: 'cancelled' })
    if (signal.aborted) {
      reject(cancelled)
      return
    }
    const child = spawn()
    let isSettled = false
    const settle = (finish: () => void) => {
      if (isSettled) return
      isSettled = true
      signal.removeEventListener('abort', onAbort)
      child.kill()
      finish()
    }
    const onAbort = () => settle(() => reject(cancelled))
    const onMessage = (message: ChildMessage) => {
      if (isSettled) return
      switch (message.kind) {
        case 'progress':
          report(message.progress)
          return
        case 'loaded':
          settle(() => resolve({ topologyJson: message.topologyJson }))
          return
        case 'failed':
          settle(() => reject(new HostFailure(message.error)))
          return
      }
    }
    signal.addEventListener('abort', onAbort, { once: true })
    child.onMessage(onMessage)
    child.onExit((reason) =>
      settle(() =>
        reject(new HostFailure({ kind: 'fault', message: `the loader stopped (${reason})` })),
      ),
    )
    child.postMessage(request)
  })
}
