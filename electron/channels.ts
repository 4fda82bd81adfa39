import type { Reply, TransferredDocument, TransferredTarget } from '../shared/electron-api'
import type { DemoInfo, Settings } from '../shared/host'
import type { LoadProgress } from '../shared/readers/source-tree'

/** What a window may ask of the main process, as functions. Every argument is checked in main/ipc.ts. */
export interface Requests {
  load(loadId: string, target: TransferredTarget): TransferredDocument | undefined
  cancelLoad(loadId: string): undefined
  grantPath(path: string): string
  grantBytes(name: string, bytes: Uint8Array): string
  demos(): readonly DemoInfo[]
  chooseFile(): string | undefined
  chooseDirectory(): string | undefined
  save(suggestedName: string, bytes: Uint8Array, mediaType: string): boolean
  readSettings(): Settings
  writeSettings(settings: Settings): undefined
}

/** What the main process tells a window without being asked. */
export interface Notices {
  progress: [loadId: string, progress: LoadProgress]
  openRequest: [token: string]
  command: [commandId: string]
}

export type RequestName = keyof Requests
export type NoticeName = keyof Notices
export type RequestArguments<Name extends RequestName> = Parameters<Requests[Name]>
export type RequestReply<Name extends RequestName> = Reply<ReturnType<Requests[Name]>>

/** The name of a channel on the wire. */
export function channelOf(name: RequestName | NoticeName): string {
  return `folioscope:${name}`
}

/** Carries the program's version to the preload script, which has no other synchronous way to learn it. */
export const VERSION_SWITCH = '--folioscope-version='
