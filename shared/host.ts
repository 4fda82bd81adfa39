import type { Topology } from './model/topology'
import type { ReportProgress } from './readers/source-tree'

/** Names something that the host can open, without a path: the renderer never invents paths. */
export type OpenTarget =
  /** What the program was started with; resolves to undefined when that was nothing. */
  | { readonly kind: 'initial' }
  | { readonly kind: 'demo'; readonly name: string }
  /** Handed out by the host: from a dialog, a recent file, a second instance. */
  | { readonly kind: 'token'; readonly token: string }
  /** Dropped onto the window. */
  | { readonly kind: 'file'; readonly file: DroppedFile }

/** The part of the DOM's File that a host needs; `shared` knows no DOM. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

/** A document as the renderer gets it: plain data, already joined and validated. */
export interface LoadedDocument {
  /** Opens the same input again (F5). */
  readonly token: string
  readonly topology: Topology
}

/** An error as it crosses a process border. `kind` input: FormatError, exit 2; fault: ours, exit 3. */
export interface HostError {
  readonly kind: 'input' | 'fault' | 'cancelled'
  readonly message: string
  readonly code?: string
}

export class HostFailure extends Error {
  constructor(readonly detail: HostError) {
    super(detail.message)
    this.name = 'HostFailure'
  }
}

/** True once somebody has given up on a load. Compatible with the DOM's and Node's AbortSignal. */
export interface CancelSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface LoadOptions {
  readonly report: ReportProgress
  readonly signal: CancelSignal
}

export interface DemoInfo {
  readonly name: string
  readonly title: string
  readonly description: string
}

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
}

/**
 * What a face of the program may ask of its host. A missing optional method means that its button is not there.
 * Electron implements it over IPC, `serve` over HTTP, tests in memory.
 */
export interface Host {
  readonly name: 'electron' | 'browser' | 'memory'
  readonly version: string
  /** Rejects with {@link HostFailure}; resolves to undefined only for `initial`. The open document stays as it is until this resolves. */
  load(target: OpenTarget, options: LoadOptions): Promise<LoadedDocument | undefined>
  demos(): Promise<readonly DemoInfo[]>
  /** Lets the user choose a file; resolves to undefined when the user thinks better of it. */
  chooseFile?(): Promise<OpenTarget | undefined>
  /** Lets the user choose a directory. */
  chooseDirectory?(): Promise<OpenTarget | undefined>
  /** Saves bytes under a name that the user may change; resolves to false when cancelled. */
  save(suggestedName: string, bytes: Uint8Array, mediaType: string): Promise<boolean>
  readSettings(): Promise<Settings>
  writeSettings(settings: Settings): Promise<void>
  /** Calls back when the host wants something opened (second instance, menu, open-file). Returns how to stop listening. */
  onOpenRequest?(listener: (target: OpenTarget) => void): () => void
  /** Calls back when the host's own menu runs a command of renderer/app/commands by id. Returns how to stop listening. */
  onCommand?(listener: (commandId: string) => void): () => void
}
