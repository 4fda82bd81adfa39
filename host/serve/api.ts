import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { HostFailure, type DemoInfo, type Settings } from '../../shared/host'
import {
  BYTES_TYPE,
  FILE_NAME_HEADER,
  JSON_TYPE,
  SERVE_PATHS,
  type ServeInfo,
  type ServeTarget,
} from '../../shared/serve-protocol'
import type { SpawnChild } from '../load/child-port'
import type { DocumentTokens } from '../load/document-tokens'
import { SETTINGS_SCHEMA, type SettingsFile } from '../settings/settings-file'
import { sendJson, sendText } from './answers'
import { streamLoad } from './load-stream'
import { readBody } from './read-body'

export interface Api {
  readonly version: string
  readonly demos: readonly DemoInfo[]
  readonly spawn: SpawnChild
  readonly settings: SettingsFile
  readonly tokens: DocumentTokens
  readonly initialToken: string | undefined
}

const MAX_JSON_BYTES = 64 * 1024
// As much as the tokens keep; a larger file is opened by naming it on the command line.
const MAX_UPLOAD_BYTES = 1024 ** 3
const MAX_NAME_LENGTH = 255

const TARGET_SCHEMA: z.ZodType<ServeTarget> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('initial') }),
  z.strictObject({ kind: z.literal('demo'), name: z.string().max(MAX_NAME_LENGTH) }),
  z.strictObject({ kind: z.literal('token'), token: z.string().max(64) }),
])

type Answer = (request: IncomingMessage, response: ServerResponse, api: Api) => Promise<void>

const ANSWERS: Readonly<Record<string, Answer>> = {
  [`GET ${SERVE_PATHS.info}`]: (_request, response, { version, demos }) => {
    const info: ServeInfo = { version, demos }
    sendJson(response, info)
    return Promise.resolve()
  },
  [`GET ${SERVE_PATHS.settings}`]: async (_request, response, api) => {
    sendJson(response, await api.settings.read())
  },
  [`PUT ${SERVE_PATHS.settings}`]: writeSettings,
  [`POST ${SERVE_PATHS.load}`]: load,
}

/** Answers a request below /api/ whose sender was checked. */
export async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  api: Api,
): Promise<void> {
  const answer = ANSWERS[`${request.method ?? ''} ${pathname}`]
  if (answer !== undefined) return answer(request, response, api)
  const isKnown = Object.values<string>(SERVE_PATHS).includes(pathname)
  sendText(response, isKnown ? 405 : 404, isKnown ? 'Method not allowed.' : 'Not found.')
}

async function writeSettings(
  request: IncomingMessage,
  response: ServerResponse,
  api: Api,
): Promise<void> {
  const settings = await readJson<Settings>(request, SETTINGS_SCHEMA)
  if (settings === undefined) return sendText(response, 400, 'Not settings.')
  await api.settings.write(settings)
  sendJson(response, settings)
}

async function load(request: IncomingMessage, response: ServerResponse, api: Api): Promise<void> {
  switch (mediaType(request)) {
    case JSON_TYPE: {
      const target = await readJson(request, TARGET_SCHEMA)
      if (target === undefined) return sendText(response, 400, 'Not a target.')
      return streamLoad(response, api, () => Promise.resolve(tokenOf(target, api)))
    }
    case BYTES_TYPE: {
      const name = uploadName(request.headers[FILE_NAME_HEADER])
      if (name === undefined) return sendText(response, 400, 'Not a file name.')
      return streamLoad(response, api, async () =>
        api.tokens.grantBytes(name, await readBody(request, MAX_UPLOAD_BYTES)),
      )
    }
    default:
      return sendText(response, 415, 'Unsupported media type.')
  }
}

function tokenOf(target: ServeTarget, api: Api): string | undefined {
  switch (target.kind) {
    case 'initial':
      return api.initialToken
    case 'demo':
      return api.tokens.grantInput(`demo:${target.name}`)
    case 'token':
      return target.token
  }
}

function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** The base name that the page gave; nothing is ever opened by it. */
function uploadName(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header === '') return undefined
  try {
    const name = decodeURIComponent(header).replace(/^.*[\\/]/s, '')
    return name === '' || name.length > MAX_NAME_LENGTH ? undefined : name
  } catch {
    return undefined
  }
}

async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const body = await readBody(request, MAX_JSON_BYTES)
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof HostFailure) return undefined
    throw error
  }
}
