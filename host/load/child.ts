import { parentPort } from 'node:worker_threads'
import type { ChildMessage } from './child-port'
import { toHostError } from './host-error'
import { loadRequest } from './load-request'
import type { LoadRequest } from './request'
import { throttleProgress } from './throttle'

/** The part of Electron's MessagePort that a utilityProcess finds as `process.parentPort` (Electron 45, "parentPort"). */
interface UtilityParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: LoadRequest }) => void): void
}

async function load(request: LoadRequest, post: (message: ChildMessage) => void): Promise<void> {
  const report = throttleProgress((progress) => post({ kind: 'progress', progress }))
  try {
    const topology = await loadRequest(request, { report })
    post({ kind: 'loaded', topologyJson: JSON.stringify(topology) })
  } catch (error) {
    post({ kind: 'failed', error: toHostError(error) })
  }
}

const utility = Reflect.get(process, 'parentPort') as UtilityParentPort | undefined
if (utility !== undefined) {
  utility.on('message', ({ data }) => void load(data, (message) => utility.postMessage(message)))
} else {
  parentPort?.once('message', (request: LoadRequest) => {
    void load(request, (message) => parentPort?.postMessage(message))
  })
}
