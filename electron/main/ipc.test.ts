import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { HostFailure } from '../../shared/host'
import { handleRequests, isTrustedSender, type RequestHandlers } from './ipc'

const ID = '6f1c1c9e-2f0b-4c1e-9d5e-1f2a3b4c5d6e'
const trusted = { origin: 'app://folioscope', parent: null }

/** The handlers of one main process, called as a window would. */
function serve(overrides: Partial<RequestHandlers> = {}) {
  const listeners = new Map<string, (event: IpcMainInvokeEvent, ...values: unknown[]) => unknown>()
  const reached = vi.fn()
  const refuse = (name: string) => () => {
    reached(name)
    throw new Error('not expected')
  }
  handleRequests(
    { handle: (channel, listener) => listeners.set(channel, listener) },
    {
      load: refuse('load'),
      cancelLoad: refuse('cancelLoad'),
      grantPath: refuse('grantPath'),
      grantBytes: refuse('grantBytes'),
      demos: () => [],
      chooseFile: refuse('chooseFile'),
      chooseDirectory: refuse('chooseDirectory'),
      save: refuse('save'),
      readSettings: () => ({ theme: 'dark' }),
      writeSettings: refuse('writeSettings'),
      ...overrides,
    },
  )
  const ask = async (name: string, values: unknown[], frame: unknown = trusted) =>
    listeners.get(`folioscope:${name}`)?.(
      { sender: {}, senderFrame: frame } as IpcMainInvokeEvent,
      ...values,
    )
  return { ask, reached, channels: [...listeners.keys()] }
}

describe('isTrustedSender', () => {
  it.each([
    [trusted, true],
    [null, false],
    [{ origin: 'app://folioscope', parent: {} }, false],
    [{ origin: 'app://folioscope.evil', parent: null }, false],
    [{ origin: 'app://other', parent: null }, false],
    [{ origin: 'null', parent: null }, false],
    [{ origin: 'file://', parent: null }, false],
    [{ origin: '', parent: null }, false],
  ])('%j: %s', (frame, expected) => {
    expect(isTrustedSender(frame)).toBe(expected)
  })
})

describe('handleRequests', () => {
  it('listens to the declared channels only', () => {
    expect(serve().channels.sort()).toEqual(
      [
        'cancelLoad',
        'chooseDirectory',
        'chooseFile',
        'demos',
        'grantBytes',
        'grantPath',
        'load',
        'readSettings',
        'save',
        'writeSettings',
      ].map((name) => `folioscope:${name}`),
    )
  })

  it('answers a trusted sender', async () => {
    expect(await serve().ask('readSettings', [])).toEqual({ ok: true, value: { theme: 'dark' } })
  })

  it('refuses a stranger before anything runs', async () => {
    const { ask, reached } = serve()
    await expect(ask('chooseFile', [], null)).rejects.toThrow('refused: sender')
    await expect(
      ask('chooseFile', [], { origin: 'https://example.com', parent: null }),
    ).rejects.toThrow('refused: sender')
    expect(reached).not.toHaveBeenCalled()
  })

  it.each([
    ['load', []],
    ['load', ['1', { kind: 'initial' }]],
    ['load', [ID, { kind: 'path', path: '/etc/passwd' }]],
    ['load', [ID, { kind: 'token', token: '/etc/passwd' }]],
    ['load', [ID, { kind: 'demo', name: '../../etc/passwd' }]],
    ['load', [ID, { kind: 'initial' }, 'more']],
    ['cancelLoad', [7]],
    ['grantPath', ['']],
    ['grantPath', ['live']],
    ['grantPath', ['../secret']],
    ['grantBytes', ['a', [1, 2, 3]]],
    ['save', ['a.svg', new Uint8Array(1)]],
    ['save', ['x'.repeat(1025), new Uint8Array(1), 'image/svg+xml']],
    ['demos', ['all']],
    ['writeSettings', [{ theme: 'pink' }]],
    ['writeSettings', [{ theme: 'dark', path: '/etc' }]],
  ])('refuses %s %j', async (name, values) => {
    const { ask, reached } = serve()
    await expect(ask(name, values)).rejects.toThrow('refused: arguments')
    expect(reached).not.toHaveBeenCalled()
  })

  it('sends errors as data', async () => {
    const detail = {
      kind: 'input',
      message: 'a.tar: truncated; copy it again',
      code: 'truncated',
    } as const
    const { ask } = serve({
      chooseFile: () => Promise.reject(new HostFailure(detail)),
      save: () => {
        throw new Error('disk full')
      },
    })
    expect(await ask('chooseFile', [])).toEqual({ ok: false, error: detail })
    expect(await ask('save', ['a.svg', new Uint8Array(1), 'image/svg+xml'])).toEqual({
      ok: false,
      error: { kind: 'fault', message: 'disk full' },
    })
  })
})
