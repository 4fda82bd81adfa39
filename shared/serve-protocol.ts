import type { DemoInfo, HostError } from './host'
import type { Topology } from './model/topology'
import type { LoadProgress } from './readers/source-tree'

/** What `folioscope serve` answers. Every path needs the session cookie that the printed address gives. */
export const SERVE_PATHS = {
  /** GET → {@link ServeInfo}. */
  info: '/api/info',
  /** POST a {@link ServeTarget} as JSON, or the bytes of a file → lines of {@link LoadLine}. Aborting the request cancels the load. */
  load: '/api/load',
  /** GET → Settings, PUT Settings. */
  settings: '/api/settings',
} as const

/** The base name of an uploaded file, percent-encoded as `encodeURIComponent` does. */
export const FILE_NAME_HEADER = 'x-folioscope-name'
export const JSON_TYPE = 'application/json'
export const BYTES_TYPE = 'application/octet-stream'

export interface ServeInfo {
  readonly version: string
  readonly demos: readonly DemoInfo[]
}

/** What a page can ask to load: never a path. */
export type ServeTarget =
  | { readonly kind: 'initial' }
  | { readonly kind: 'demo'; readonly name: string }
  | { readonly kind: 'token'; readonly token: string }

/** One line of the answer to a load: progress, and at the end exactly one of the others. */
export type LoadLine =
  | { readonly kind: 'progress'; readonly progress: LoadProgress }
  | { readonly kind: 'loaded'; readonly token: string; readonly topology: Topology }
  /** `initial`, and the server was started without an input. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly error: HostError }
