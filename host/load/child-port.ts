import type { HostError } from '../../shared/host'
import type { LoadProgress } from '../../shared/readers/source-tree'
import type { LoadRequest } from './request'

/** What the child says: progress, and at the end one of the other two. */
export type ChildMessage =
  | { readonly kind: 'progress'; readonly progress: LoadProgress }
  /** As JSON text: it crosses borders faster than objects, and those in between never look into it. */
  | { readonly kind: 'loaded'; readonly topologyJson: string }
  | { readonly kind: 'failed'; readonly error: HostError }

/** A child that loads one input: a worker thread, or an Electron utilityProcess. It starts when it is made. */
export interface ChildPort {
  postMessage(request: LoadRequest): void
  onMessage(listener: (message: ChildMessage) => void): void
  /** Calls back when the child is gone, whatever the reason, with what is known of it: `exit code 134`. */
  onExit(listener: (reason: string) => void): void
  kill(): void
}

export type SpawnChild = () => ChildPort
