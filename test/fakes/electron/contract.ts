import type { BrowserWindowConstructorOptions } from 'electron'

export interface FrameDescription {
  readonly url: string
  readonly origin: string
  readonly isTop: boolean
}

export interface SerialResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type DialogKind = 'open' | 'save' | 'message'

/** A dialog as the test sees it: what the program asked for. */
export interface DialogRequest {
  readonly kind: DialogKind
  readonly options: Readonly<Record<string, unknown>>
}

export interface PageSetup {
  readonly windowId: number
  readonly url: string
  readonly options: BrowserWindowConstructorOptions
}

/** What the program's process asks of the test, which owns the browser. */
export interface DriverOffers {
  openPage(setup: PageSetup): Promise<void>
  closePage(windowId: number): Promise<void>
  deliver(windowId: number, channel: string, values: unknown[]): Promise<void>
  showDialog(request: DialogRequest): Promise<Record<string, unknown>>
}

/** What the test asks of the program's process. */
export interface ProgramOffers {
  request(url: string, method: string): Promise<SerialResponse>
  invoke(windowId: number, frame: FrameDescription, channel: string, values: unknown[]): unknown
  navigate(windowId: number, url: string, isTop: boolean): boolean
  openWindow(windowId: number, url: string): 'allow' | 'deny'
  loaded(windowId: number): void
  close(windowId: number): void
  crashPage(windowId: number): void
  permission(windowId: number, permission: string): { asked: boolean; checked: boolean }
  runMenu(id: string): void
  menuIds(): readonly string[]
  openFile(path: string): void
  windows(): readonly {
    readonly id: number
    readonly options: BrowserWindowConstructorOptions
    readonly isVisible: boolean
  }[]
  schemes(): readonly unknown[]
  isSandboxEnabled(): boolean
  /** Keeps messages to new utility processes back until they are released. */
  holdUtilityProcesses(isHeld: boolean): void
  /** Process ids of the utility processes that are alive. */
  utilityProcesses(): readonly number[]
}
