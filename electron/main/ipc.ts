import { isAbsolute } from 'node:path'
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { z } from 'zod'
import { toHostError } from '../../host/load/host-error'
import { SETTINGS_SCHEMA } from '../../host/settings/settings-file'
import { channelOf, type RequestArguments, type RequestName, type Requests } from '../channels'
import { APP_ORIGIN } from './protocol'

/** The part of WebFrameMain by which a sender is judged. */
interface SenderFrame {
  readonly origin: string
  readonly parent: unknown
}

/**
 * True for the top frame of a page of ours. `senderFrame` is null once the frame has navigated or is gone
 * (electron.d.ts, IpcMainInvokeEvent); origins are compared whole, for `app://folioscope.evil` starts alike.
 */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN
}

const NAME = z.string().max(1024)
const PATH = z.string().max(32_768).refine(isAbsolute)
const BYTES = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.byteLength <= 2 * 1024 ** 3, { error: 'larger than 2 GiB' })

const ARGUMENTS: { readonly [Name in RequestName]: z.ZodType<RequestArguments<Name>> } = {
  load: z.tuple([
    z.uuid(),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('initial') }),
      z.strictObject({ kind: z.literal('demo'), name: z.string().regex(/^[a-z0-9-]{1,64}$/) }),
      z.strictObject({ kind: z.literal('token'), token: z.uuid() }),
    ]),
  ]),
  cancelLoad: z.tuple([z.uuid()]),
  grantPath: z.tuple([PATH]),
  grantBytes: z.tuple([NAME, BYTES]),
  demos: z.tuple([]),
  chooseFile: z.tuple([]),
  chooseDirectory: z.tuple([]),
  save: z.tuple([NAME, BYTES, z.string().max(128)]),
  readSettings: z.tuple([]),
  writeSettings: z.tuple([SETTINGS_SCHEMA]),
}

/** What the main process does for each request; the first argument is the page that asks. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    sender: WebContents,
    ...values: RequestArguments<Name>
  ) => ReturnType<Requests[Name]> | Promise<ReturnType<Requests[Name]>>
}

function handle<Name extends RequestName>(
  ipcMain: Pick<IpcMain, 'handle'>,
  name: Name,
  handlers: RequestHandlers,
): void {
  const schema: z.ZodType<RequestArguments<Name>> = ARGUMENTS[name]
  ipcMain.handle(channelOf(name), async (event: IpcMainInvokeEvent, ...values: unknown[]) => {
    // What our own preload would never send is refused with as few words as possible.
    if (!isTrustedSender(event.senderFrame)) throw new Error('refused: sender')
    const parsed = schema.safeParse(values)
    if (!parsed.success) throw new Error('refused: arguments')
    try {
      return { ok: true, value: await handlers[name](event.sender, ...parsed.data) }
    } catch (error) {
      return { ok: false, error: toHostError(error) }
    }
  })
}

/** Answers the declared channels and no other, for trusted senders and well-formed arguments only. */
export function handleRequests(ipcMain: Pick<IpcMain, 'handle'>, handlers: RequestHandlers): void {
  // Object.keys of a record typed by the declaration: the compiler holds the two together.
  for (const name of Object.keys(ARGUMENTS) as RequestName[]) handle(ipcMain, name, handlers)
}
