import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'

const APP_SCHEME = 'app'
const APP_HOST = 'folioscope'

/** The only origin that this program shows and listens to. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_URL = `${APP_ORIGIN}/index.html`

/** Privileges of the scheme: an ordinary secure origin, without bypassCSP and corsEnabled. */
export const APP_SCHEME_DECLARATION: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  },
}

/** Everything that a page of ours may load comes from the program itself; inline script and style are refused. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** The file below `root` that a URL of our scheme names; undefined for anything that is not plainly one. */
export function resolveRequest(url: string, root: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, username, password, pathname } = new URL(url)
  if (protocol !== `${APP_SCHEME}:` || host !== APP_HOST || username !== '' || password !== '') {
    return undefined
  }
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (path === '/' || path === '') return join(root, 'index.html')
  const segments = path.slice(1).split('/')
  return segments.every(isPlainSegment) ? join(root, ...segments) : undefined
}

function isPlainSegment(segment: string): boolean {
  // Refuses '', '.', '..', hidden files, NUL and other controls, and Windows' separators, drives and streams.
  return /^[^.\p{Cc}\\:/][^\p{Cc}\\:/]*$/u.test(segment)
}

/** Media type by suffix; what is unknown is bytes, and nosniff keeps it so. */
export function mediaTypeOf(path: string): string {
  return MEDIA_TYPES[extname(path)] ?? 'application/octet-stream'
}

function respond(status: number, body: Uint8Array<ArrayBuffer> | string, mediaType: string) {
  return new Response(body, {
    status,
    headers: {
      'Content-Type': mediaType,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

async function answer(request: Request, root: string): Promise<Response> {
  const path = resolveRequest(request.url, root)
  if (request.method !== 'GET') return respond(405, 'Method not allowed', 'text/plain')
  if (path === undefined) return respond(400, 'Bad request', 'text/plain')
  try {
    return respond(200, await readFile(path), mediaTypeOf(path))
  } catch {
    return respond(404, 'Not found', 'text/plain')
  }
}

/** Serves the built renderer, and nothing else, under {@link APP_ORIGIN}. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(APP_SCHEME, (request) => answer(request, root))
}
