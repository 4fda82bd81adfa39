import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  APP_SCHEME_DECLARATION,
  CONTENT_SECURITY_POLICY,
  resolveRequest,
  serveApp,
} from './protocol'

const ROOT = '/opt/folioscope/out/renderer'

describe('resolveRequest', () => {
  it.each([
    ['app://folioscope', 'index.html'],
    ['app://folioscope/', 'index.html'],
    ['app://folioscope/index.html?theme=dark#top', 'index.html'],
    ['app://folioscope/assets/index-a1_B2.js', 'assets/index-a1_B2.js'],
    ['app://folioscope/assets/a%20b.woff2', 'assets/a b.woff2'],
  ])('serves %s', (url, path) => {
    expect(resolveRequest(url, ROOT)).toBe(join(ROOT, path))
  })

  it.each([
    'app://other/index.html',
    'app://folioscope.evil.example/index.html',
    'app://folioscope:80/index.html',
    'app://user@folioscope/index.html',
    'app://user:pass@folioscope/index.html',
    'https://folioscope/index.html',
    'file:///etc/passwd',
    'index.html',
    'app:index.html',
    'app://folioscope/%2e%2e%2fpackage.json',
    'app://folioscope/assets/..%2f..%2f..%2fpackage.json',
    'app://folioscope/..%5c..%5cpackage.json',
    'app://folioscope/assets%00.js',
    'app://folioscope/assets/index.js%00.png',
    'app://folioscope/%',
    'app://folioscope/%ff',
    'app://folioscope//etc/passwd',
    'app://folioscope/%2fetc%2fpasswd',
    'app://folioscope/C:%5cwindows%5cwin.ini',
    'app://folioscope/C:/windows/win.ini',
    'app://folioscope/.env',
    'app://folioscope/assets/.hidden',
    'app://folioscope/assets/',
  ])('refuses %s', (url) => {
    expect(resolveRequest(url, ROOT)).toBeUndefined()
  })

  it('never leaves the root', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '/',
      '\\',
      '%2f',
      '%5c',
      '%00',
      'a',
      ':',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = resolveRequest(`app://folioscope/${pieces.join('')}`, ROOT)
        expect(path === undefined || path.startsWith(`${ROOT}/`)).toBe(true)
      }),
    )
  })
})

describe('serveApp', () => {
  let root = ''
  let ask: (url: string, method?: string) => Promise<Response>

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'folioscope-protocol-'))
    await writeFile(join(root, 'index.html'), '<!doctype html>')
    serveApp(
      {
        handle: (scheme, handler) => {
          expect(scheme).toBe('app')
          ask = async (url, method = 'GET') =>
            // The body is Electron's own type of the same Response.
            await handler(new Request(url, { method }))
        },
      },
      root,
    )
  })
  afterAll(() => rm(root, { recursive: true }))

  it('sends the policy with every answer', async () => {
    for (const url of ['app://folioscope/', 'app://folioscope/missing.js', 'app://other/']) {
      const { headers } = await ask(url)
      expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('answers by what was asked', async () => {
    const page = await ask('app://folioscope/')
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html>',
    ])
    expect((await ask('app://folioscope/missing.js')).status).toBe(404)
    expect((await ask('app://other/')).status).toBe(400)
    expect((await ask('app://folioscope/', 'POST')).status).toBe(405)
  })
})

describe('the policy', () => {
  it('starts from nothing and allows no inline code', () => {
    const directives = new Map(
      CONTENT_SECURITY_POLICY.split('; ').map((directive) => {
        const [name, ...sources] = directive.split(' ')
        return [name, sources] as const
      }),
    )
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect([...directives.values()].flat()).not.toContain("'unsafe-inline'")
    expect([...directives.values()].flat()).not.toContain("'unsafe-eval'")
    expect(directives.get('frame-ancestors')).toEqual(["'none'"])
  })

  it('leaves the dangerous privileges of the scheme off', () => {
    expect(APP_SCHEME_DECLARATION.privileges).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
      codeCache: true,
    })
  })
})
