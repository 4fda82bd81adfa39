import type { DemoInfo, DroppedFile, HostError, Settings } from './host'
import type { LoadProgress } from './readers/source-tree'

/** The targets that cross to the main process: files have become tokens by then. */
export type TransferredTarget =
  | { readonly kind: 'initial' }
  | { readonly kind: 'demo'; readonly name: string }
  | { readonly kind: 'token'; readonly token: string }

/** A loaded document on its way to the window. The main process passes the text on and never parses it. */
export interface TransferredDocument {
  readonly token: string
  readonly topologyJson: string
}

/** Errors cross as data: the context bridge keeps no more than an error's message. */
export type Reply<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: HostError }

/** What the preload script puts on `window.folioscope`; everything else of Electron stays out of reach. */
export interface ElectronApi {
  readonly version: string
  /** `loadId` is chosen by the caller, a UUID; progress and cancel name it. */
  load(loadId: string, target: TransferredTarget): Promise<Reply<TransferredDocument | undefined>>
  cancelLoad(loadId: string): Promise<Reply<undefined>>
  /** The token of a file on disk; undefined for a file that has no path because a script made it. */
  grantFile(file: DroppedFile): Promise<Reply<string | undefined>>
  /** The token of a file that exists only in the window. */
  grantBytes(name: string, bytes: Uint8Array): Promise<Reply<string>>
  demos(): Promise<Reply<readonly DemoInfo[]>>
  chooseFile(): Promise<Reply<string | undefined>>
  chooseDirectory(): Promise<Reply<string | undefined>>
  save(suggestedName: string, bytes: Uint8Array, mediaType: string): Promise<Reply<boolean>>
  readSettings(): Promise<Reply<Settings>>
  writeSettings(settings: Settings): Promise<Reply<undefined>>
  /** Each `on…` returns how to stop listening. */
  onProgress(listener: (loadId: string, progress: LoadProgress) => void): () => void
  onOpenRequest(listener: (token: string) => void): () => void
  onCommand(listener: (commandId: string) => void): () => void
}
