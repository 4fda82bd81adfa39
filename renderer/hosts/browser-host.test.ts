import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LoadOptions } from '../../shared/host'
import { createBrowserHost } from './browser-host'

const quiet = (): LoadOptions => ({ report: vi.fn(), signal: new AbortController().signal })

/** An answer in pieces that do not care about lines or characters. */
function inPieces(text: string, pieceBytes: number): Response {
  const bytes = new TextEncoder().encode(text)
  let start = 0
  return new Response(
    new ReadableStream({
      pull(controller) {
        if (start >= bytes.length) return controller.close()
        controller.enqueue(bytes.slice(start, start + pieceBytes))
        start += pieceBytes
      },
    }),
  )
}

function answerWith(answer: () => Response | Promise<Response>) {
  const asked = vi.fn<typeof fetch>(async () => answer())
  vi.stubGlobal('fetch', asked)
  return asked
}

afterEach(() => vi.unstubAllGlobals())

describe('createBrowserHost', () => {
  it('reads progress and the document, however they are cut', async () => {
    const lines = [
      { kind: 'progress', progress: { phase: 'opening', done: 1, total: 2 } },
      { kind: 'loaded', token: 't', topology: { machine: { product: 'Größe ✓' } } },
    ]
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    for (const pieceBytes of [1, 7, text.length * 2]) {
      const asked = answerWith(() => inPieces(text, pieceBytes))
      const options = quiet()
      const loaded = await createBrowserHost().load({ kind: 'demo', name: 'laptop' }, options)
      expect(loaded).toEqual({ token: 't', topology: { machine: { product: 'Größe ✓' } } })
      expect(options.report).toHaveBeenCalledExactlyOnceWith(lines[0]?.progress)
      expect(asked.mock.calls[0]?.[1]?.body).toBe('{"kind":"demo","name":"laptop"}')
    }
  })

  it('has nothing to show where the server was started without an input', async () => {
    answerWith(() => inPieces('{"kind":"nothing"}\n', 99))
    expect(await createBrowserHost().load({ kind: 'initial' }, quiet())).toBeUndefined()
  })

  it('sends a file under its encoded name', async () => {
    const asked = answerWith(() => inPieces('{"kind":"nothing"}\n', 99))
    const file = new File(['data'], 'Größe.tar')
    await createBrowserHost().load({ kind: 'file', file }, quiet())
    expect(asked.mock.calls[0]?.[1]).toMatchObject({
      method: 'POST',
      body: file,
      headers: { 'x-folioscope-name': 'Gr%C3%B6%C3%9Fe.tar' },
    })
  })

  it.each([
    [
      () => inPieces('{"kind":"failed","error":{"kind":"input","message":"a","code":"pdf"}}\n', 9),
      { kind: 'input', message: 'a', code: 'pdf' },
    ],
    [
      () => inPieces('{"kind":"progress","progress":{"phase":"opening","done":1}}\n', 99),
      { kind: 'fault', message: 'the server ended the answer too early' },
    ],
    [
      () => new Response('', { status: 403 }),
      {
        kind: 'fault',
        message: 'the server knows this page no more; open the address that folioscope printed',
      },
    ],
    [
      () => Promise.reject(new TypeError('Failed to fetch')),
      {
        kind: 'fault',
        message: 'the server does not answer; is folioscope serve still running?',
      },
    ],
  ])('tells what went wrong (%#)', async (answer, detail) => {
    answerWith(answer)
    await expect(createBrowserHost().load({ kind: 'initial' }, quiet())).rejects.toMatchObject({
      detail,
    })
  })

  it('hangs up when the load is cancelled', async () => {
    const controller = new AbortController()
    const asked = vi.fn<typeof fetch>(
      (_path, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
        }),
    )
    vi.stubGlobal('fetch', asked)
    const options = { report: vi.fn(), signal: controller.signal }
    const loading = createBrowserHost().load({ kind: 'initial' }, options)
    await vi.waitFor(() => expect(asked).toHaveBeenCalled())
    controller.abort()
    await expect(loading).rejects.toMatchObject({ detail: { kind: 'cancelled' } })
  })

  it('reads and writes settings', async () => {
    const asked = answerWith(() => Response.json({ theme: 'dark' }))
    expect(await createBrowserHost().readSettings()).toEqual({ theme: 'dark' })
    await createBrowserHost().writeSettings({ theme: 'light' })
    expect(asked.mock.calls[1]).toMatchObject([
      '/api/settings',
      { method: 'PUT', body: '{"theme":"light"}' },
    ])
  })
})
