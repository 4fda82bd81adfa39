import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isIPv6 } from 'node:net'
import type { DemoInfo } from '../../shared/host'
import type { SpawnChild } from '../load/child-port'
import { DocumentTokens } from '../load/document-tokens'
import type { LoadRequest } from '../load/request'
import type { SettingsFile } from '../settings/settings-file'
import { isAllowedHost, isOwnOrigin, isSameToken, makeToken, readCookie } from './access'
import { answerApi, type Api } from './api'
import { sendText, SECURITY_HEADERS } from './answers'
import { StaticFiles } from './static-files'

export interface ServerOptions {
  /** Address to listen on; a wildcard lets the whole network in. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Names besides `host` by which others reach this machine. */
  readonly otherNames: readonly string[]
  readonly rendererFolder: string
  readonly version: string
  readonly demos: readonly DemoInfo[]
  readonly initial: LoadRequest | undefined
  readonly spawn: SpawnChild
  readonly settings: SettingsFile
  readonly onFault: (error: unknown) => void
}

export interface RunningServer {
  /** The address to print, with the access token. */
  readonly url: string
  /** An address that works once: programs that are started show their arguments to every user of the machine. */
  makeLaunchUrl(): string
  close(): Promise<void>
}

/** Serves the app and its API. Rejects as `listen` does (EADDRINUSE, EACCES …), or when the built page is missing. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const files = await StaticFiles.read(options.rendererFolder)
  const tokens = new DocumentTokens()
  const api: Api = {
    ...options,
    tokens,
    initialToken: options.initial === undefined ? undefined : tokens.grant(options.initial),
  }
  const gate = new Gate(options.host, options.otherNames)
  const server = createServer((request, response) => {
    answer(request, response, { api, files, gate }).catch((error: unknown) => {
      options.onFault(error)
      response.destroy()
    })
  })
  const port = await listen(server, options)
  gate.cookieName = `folioscope-${port}`
  const base = `http://${isIPv6(options.host) ? `[${options.host}]` : options.host}:${port}/`
  return {
    url: `${base}?token=${gate.token}`,
    makeLaunchUrl: () => `${base}?token=${gate.makeOnceToken()}`,
    close: () => close(server),
  }
}

/** Knows who may come in. */
class Gate {
  readonly token = makeToken()
  /** Cookies do not tell ports apart, so the name does: two servers on one machine must not throw each other out. */
  cookieName = 'folioscope'
  private readonly onceTokens = new Set<string>()

  constructor(
    private readonly listenHost: string,
    private readonly otherNames: readonly string[],
  ) {}

  makeOnceToken(): string {
    const token = makeToken()
    this.onceTokens.add(token)
    return token
  }

  isFromHere({ headers, method }: IncomingMessage): boolean {
    const fetchSite = headers['sec-fetch-site']
    const isNavigation = method === 'GET' && headers['sec-fetch-mode'] === 'navigate'
    return (
      isAllowedHost(headers.host, this.listenHost, this.otherNames) &&
      isOwnOrigin({
        host: headers.host,
        origin: headers.origin,
        // A link to the printed address may be clicked anywhere; a page of another site must not fetch from us.
        fetchSite: isNavigation || Array.isArray(fetchSite) ? undefined : fetchSite,
      })
    )
  }

  accepts(token: string): boolean {
    return isSameToken(token, this.token) || this.onceTokens.delete(token)
  }

  hasCookie({ headers }: IncomingMessage): boolean {
    return isSameToken(readCookie(headers.cookie, this.cookieName), this.token)
  }

  get cookie(): string {
    return `${this.cookieName}=${this.token}; HttpOnly; SameSite=Strict; Path=/`
  }
}

interface Parts {
  readonly api: Api
  readonly files: StaticFiles
  readonly gate: Gate
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { api, files, gate }: Parts,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
  if (!gate.isFromHere(request)) return sendText(response, 403, 'Wrong host or origin.')
  const target = request.url ?? ''
  if (!/^\/(?!\/)/.test(target) || !URL.canParse(target, 'http://localhost')) {
    return sendText(response, 400, 'Bad request.')
  }
  const { pathname, searchParams } = new URL(target, 'http://localhost')
  const isHead = request.method === 'HEAD'
  const token = searchParams.get('token')
  if (pathname === '/' && token !== null && request.method === 'GET' && gate.accepts(token)) {
    response.writeHead(303, {
      'Set-Cookie': gate.cookie,
      Location: '/',
      'Cache-Control': 'no-store',
    })
    response.end()
    return
  }
  if (!gate.hasCookie(request)) {
    return sendText(
      response,
      403,
      'Open the address that folioscope printed: it holds the access token.',
    )
  }
  if (pathname.startsWith('/api/')) return answerApi(request, response, pathname, api)
  if (request.method !== 'GET' && !isHead) return sendText(response, 405, 'Method not allowed.')
  if (!(await files.send(pathname, response, isHead))) sendText(response, 404, 'Not found.')
}

function listen(server: Server, { host, port }: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
