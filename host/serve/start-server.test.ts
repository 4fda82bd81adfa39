import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FILE_NAME_HEADER } from '../../shared/serve-protocol'
import type { ChildMessage, ChildPort } from '../load/child-port'
import type { LoadRequest } from '../load/request'
import { SettingsFile } from '../settings/settings-file'
import { startServer, type RunningServer } from './start-server'

/** A loader that answers as `say` tells it to, or not at all. */
class FakeLoader implements ChildPort {
  static readonly made: FakeLoader[] = []
  static say: (request: LoadRequest) => readonly ChildMessage[] = () => []
  request: LoadRequest | undefined
  isKilled = false
  private listener: (message: ChildMessage) => void = () => undefined

  constructor() {
    FakeLoader.made.push(this)
  }
  postMessage(request: LoadRequest): void {
    this.request = request
    queueMicrotask(() => FakeLoader.say(request).forEach((message) => this.listener(message)))
  }
  onMessage(listener: (message: ChildMessage) => void): void {
    this.listener = listener
  }
  onExit(): void {
    // This one never dies by itself.
  }
  kill(): void {
    this.isKilled = true
  }
}

let folder = ''
let server: RunningServer
let port = 0
let cookie = ''
const onFault = vi.fn()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-serve-'))
  mkdirSync(join(folder, 'page/assets'), { recursive: true })
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'page/assets/app-1234.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  FakeLoader.made.length = 0
  onFault.mockReset()
  server = await start()
  port = Number(new URL(server.url).port)
  cookie = await visit(server.url)
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
  expect(onFault).not.toHaveBeenCalled()
})

function start(options: { readonly host?: string; readonly initial?: LoadRequest } = {}) {
  return startServer({
    host: options.host ?? '127.0.0.1',
    port: 0,
    otherNames: ['my-machine'],
    rendererFolder: join(folder, 'page'),
    version: '1.2.3',
    demos: [{ name: 'laptop', title: 'Laptop', description: 'A laptop' }],
    initial: options.initial,
    spawn: () => new FakeLoader(),
    settings: new SettingsFile(join(folder, 'config/settings.json'), vi.fn()),
    onFault,
  })
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly at?: number
}

interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Asks as it is told to: unlike fetch, with any Host header, and with a path that nobody has tidied up. */
function ask(path: string, { method = 'GET', headers, body, at = port }: Asked = {}) {
  return new Promise<Answered>((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: at, path, method, headers: { ...headers }, setHost: true },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => (text += piece))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Follows the printed address and gives the cookie that it sets. */
async function visit(url: string): Promise<string> {
  const { port: at, pathname, search } = new URL(url)
  const { status, headers } = await ask(pathname + search, { at: Number(at) })
  expect({ status, location: headers.location }).toEqual({ status: 303, location: '/' })
  const [set] = headers['set-cookie'] ?? []
  expect(set).toMatch(/^folioscope-\d+=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/)
  return set?.split(';')[0] ?? ''
}

const own = () => ({ cookie, origin: `http://127.0.0.1:${port}` })
const status = async (path: string, asked: Asked = {}) => (await ask(path, asked)).status

describe('access', () => {
  it('needs the token, once, and then the cookie', async () => {
    expect(await status('/')).toBe(403)
    expect(await status('/?token=wrong')).toBe(403)
    expect(await status('/api/info', { headers: { cookie: `${cookie}x` } })).toBe(403)
    expect(await status('/', { headers: { cookie } })).toBe(200)
    const info = await ask('/api/info', { headers: { cookie } })
    expect(JSON.parse(info.text)).toMatchObject({ version: '1.2.3', demos: [{ name: 'laptop' }] })
  })

  it('gives programs an address that works once', async () => {
    const url = server.makeLaunchUrl()
    expect(await visit(url)).toBe(cookie)
    expect(await status(`/${new URL(url).search}`)).toBe(403)
  })

  it('answers only to names of this machine', async () => {
    for (const host of ['localhost:1', '127.0.0.1', '[::1]:8080']) {
      expect(await status('/', { headers: { cookie, host } })).toBe(200)
    }
    for (const host of ['evil.example', '127.0.0.1.evil.example', '192.0.2.1', 'a b', '@']) {
      expect(await status('/', { headers: { cookie, host } })).toBe(403)
    }
  })

  it('answers to its address and name where others are let in', async () => {
    const open = await start({ host: '0.0.0.0' })
    const at = Number(new URL(open.url).port)
    const its = await visit(open.url)
    for (const [host, expected] of [
      ['192.0.2.1:1', 200],
      ['MY-machine', 200],
      ['evil.example', 403],
    ] as const) {
      expect(await status('/', { at, headers: { cookie: its, host } })).toBe(expected)
    }
    await open.close()
  })

  it('refuses pages of other origins', async () => {
    const body = '{"kind":"initial"}'
    const post = (headers: Readonly<Record<string, string>>) =>
      status('/api/load', {
        method: 'POST',
        body,
        headers: { cookie, 'content-type': 'application/json', ...headers },
      })
    expect(await post(own())).toBe(200)
    expect(await post({ origin: 'http://evil.example' })).toBe(403)
    expect(await post({ origin: `http://127.0.0.1:${port + 1}` })).toBe(403)
    expect(await post({ origin: 'null' })).toBe(403)
    expect(await post({ ...own(), 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await post({ ...own(), 'content-type': 'text/plain' })).toBe(415)
  })
})

describe('files', () => {
  it('come with their type and the security headers', async () => {
    const page = await ask('/', { headers: { cookie } })
    expect(page.text).toContain('<title>page</title>')
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
      ) as string,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    const script = await ask('/assets/app-1234.js?x', { headers: { cookie } })
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    expect(await ask('/', { method: 'HEAD', headers: { cookie } })).toMatchObject({ text: '' })
    expect(await status('/', { method: 'POST', headers: own() })).toBe(405)
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '/assets',
    '/__proto__',
    '//secret.txt',
    '/index.html%00.js',
  ])('%s leads nowhere', async (path) => {
    const answer = await ask(path, { headers: { cookie } })
    expect([400, 404]).toContain(answer.status)
    expect(answer.text).not.toContain('secret')
  })
})

describe('loading', () => {
  const load = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask('/api/load', {
      method: 'POST',
      headers: { ...own(), 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const lines = ({ text }: Answered) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  const loaded: readonly ChildMessage[] = [
    { kind: 'progress', progress: { phase: 'opening', done: 1, total: 2 } },
    { kind: 'loaded', topologyJson: '{"schema":"x"}' },
  ]

  it('sends progress and the document, and opens it again by its token', async () => {
    FakeLoader.say = () => loaded
    const first = lines(await load({ kind: 'demo', name: 'laptop' }))
    expect(first).toEqual([
      loaded[0],
      { kind: 'loaded', token: expect.any(String) as string, topology: { schema: 'x' } },
    ])
    expect(FakeLoader.made[0]?.request).toEqual({ kind: 'demo', name: 'laptop' })
    const token = first[1]?.['token']
    expect(lines(await load({ kind: 'token', token }))[1]).toEqual(first[1])
    expect(FakeLoader.made[1]?.request).toEqual(FakeLoader.made[0]?.request)
  })

  it('opens first what the server was started with', async () => {
    FakeLoader.say = () => loaded
    expect(lines(await load({ kind: 'initial' }))).toEqual([{ kind: 'nothing' }])
    await server.close()
    server = await start({ initial: { kind: 'path', path: '/some/where.tar' } })
    port = Number(new URL(server.url).port)
    cookie = await visit(server.url)
    expect((await load({ kind: 'initial' })).text).not.toContain('where.tar')
    expect(FakeLoader.made[0]?.request).toEqual({ kind: 'path', path: '/some/where.tar' })
  })

  it('takes the bytes of a file, and of its name only the last part', async () => {
    FakeLoader.say = () => loaded
    const upload = (name: string) =>
      load('bytes', {
        'content-type': 'application/octet-stream',
        [FILE_NAME_HEADER]: encodeURIComponent(name),
      })
    expect(lines(await upload('../../etc/Größe.tar')).at(-1)).toMatchObject({ kind: 'loaded' })
    expect(FakeLoader.made[0]?.request).toEqual({
      kind: 'bytes',
      name: 'Größe.tar',
      bytes: Buffer.from('bytes'),
    })
    expect((await upload('')).status).toBe(400)
  })

  it('never opens a path that a page names', async () => {
    FakeLoader.say = () => loaded
    for (const target of [
      { kind: 'path', path: '/etc/passwd' },
      { kind: 'live' },
      { kind: 'token', token: '/etc/passwd', path: '/etc/passwd' },
      'null',
      '{',
      `"${'x'.repeat(70_000)}"`,
    ]) {
      expect((await load(target)).status).toBe(400)
    }
    expect(lines(await load({ kind: 'token', token: '/etc/passwd' }))).toMatchObject([
      { kind: 'failed', error: { kind: 'input', code: 'not-granted' } },
    ])
    await load({ kind: 'demo', name: '../../etc/passwd' })
    expect(FakeLoader.made.map(({ request }) => request)).toEqual([
      { kind: 'demo', name: '../../etc/passwd' },
    ])
  })

  it('passes the error of the loader', async () => {
    const error = { kind: 'input', message: 'a.pdf: a PDF; no', code: 'pdf' } as const
    FakeLoader.say = () => [{ kind: 'failed', error }]
    expect(lines(await load({ kind: 'demo', name: 'laptop' }))).toEqual([{ kind: 'failed', error }])
  })

  it('cancels the load when the page hangs up', async () => {
    FakeLoader.say = () => [{ kind: 'progress', progress: { phase: 'opening', done: 1 } }]
    const controller = new AbortController()
    const response = await fetch(`http://127.0.0.1:${port}/api/load`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"kind":"demo","name":"laptop"}',
      signal: controller.signal,
    })
    expect(response.status).toBe(200)
    controller.abort()
    await vi.waitFor(() => expect(FakeLoader.made[0]?.isKilled).toBe(true))
  })
})

describe('settings', () => {
  const put = (body: string) => status('/api/settings', { method: 'PUT', headers: own(), body })

  it('are read, checked and written', async () => {
    const read = async () => (await ask('/api/settings', { headers: { cookie } })).text
    expect(await read()).toBe('{"theme":"system"}')
    expect(await put('{"theme":"dark"}')).toBe(200)
    expect(await read()).toBe('{"theme":"dark"}')
    expect(await put('{"theme":"sepia"}')).toBe(400)
    expect(await put('{"theme":"dark","x":1}')).toBe(400)
    expect(await status('/api/settings', { method: 'DELETE', headers: own() })).toBe(405)
    expect(await status('/api/other', { headers: own() })).toBe(404)
  })
})
