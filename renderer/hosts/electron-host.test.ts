import { describe, expect, it, vi } from 'vitest'
import type { ElectronApi } from '../../shared/electron-api'
import type { LoadOptions } from '../../shared/host'
import type { LoadProgress } from '../../shared/readers/source-tree'
import { createElectronHost } from './electron-host'

const done = <Value>(value: Value) => Promise.resolve({ ok: true as const, value })

function bridge(overrides: Partial<ElectronApi> = {}): ElectronApi {
  const refuse = () => Promise.reject(new Error('not expected'))
  return {
    version: '1.2.3',
    load: refuse,
    cancelLoad: () => done(undefined),
    grantFile: refuse,
    grantBytes: refuse,
    demos: refuse,
    chooseFile: refuse,
    chooseDirectory: refuse,
    save: refuse,
    readSettings: refuse,
    writeSettings: refuse,
    onProgress: () => () => {},
    onOpenRequest: () => () => {},
    onCommand: () => () => {},
    ...overrides,
  }
}

const quiet = (): LoadOptions => ({ report: () => {}, signal: new AbortController().signal })
const loaded = { token: 'a', topologyJson: '{"schema":"folioscope-topology/1"}' }

describe('createElectronHost', () => {
  it('parses what was loaded and passes progress of its own load only', async () => {
    let tell: ((loadId: string, progress: LoadProgress) => void) | undefined
    const host = createElectronHost(
      bridge({
        onProgress: (listener) => {
          tell = listener
          return () => {}
        },
        load: (loadId) => {
          tell?.('another', { phase: 'opening', done: 99 })
          tell?.(loadId, { phase: 'reading', done: 1 })
          return done(loaded)
        },
      }),
    )
    const report = vi.fn()
    expect(await host.load({ kind: 'demo', name: 'laptop' }, { ...quiet(), report })).toEqual({
      token: 'a',
      topology: { schema: 'folioscope-topology/1' },
    })
    expect(report.mock.calls).toEqual([[{ phase: 'reading', done: 1 }]])
  })

  it('keeps the error as the loader told it', async () => {
    const error = { kind: 'input', message: 'a.pdf: a PDF; open a snapshot' } as const
    const host = createElectronHost(bridge({ load: () => Promise.resolve({ ok: false, error }) }))
    await expect(host.load({ kind: 'initial' }, quiet())).rejects.toMatchObject({ detail: error })
  })

  it('sends the bytes of a file only when it has no path', async () => {
    const load = vi.fn<ElectronApi['load']>(() => done(loaded))
    const grantBytes = vi.fn<ElectronApi['grantBytes']>(() => done('from-bytes'))
    const file = new File(['data'], 'a.folioscope')
    const onDisk = createElectronHost(
      bridge({ load, grantBytes, grantFile: () => done('from-path') }),
    )
    await onDisk.load({ kind: 'file', file }, quiet())
    expect(grantBytes).not.toHaveBeenCalled()
    const made = createElectronHost(bridge({ load, grantBytes, grantFile: () => done(undefined) }))
    await made.load({ kind: 'file', file }, quiet())
    expect(grantBytes.mock.calls).toEqual([['a.folioscope', new Uint8Array([100, 97, 116, 97])]])
    expect(load.mock.calls.map(([, target]) => target)).toEqual([
      { kind: 'token', token: 'from-path' },
      { kind: 'token', token: 'from-bytes' },
    ])
  })

  it('cancels the load it started', async () => {
    const cancelLoad = vi.fn<ElectronApi['cancelLoad']>(() => done(undefined))
    const controller = new AbortController()
    const load = vi.fn<ElectronApi['load']>(() => {
      controller.abort()
      return Promise.resolve({ ok: false, error: { kind: 'cancelled', message: 'Cancelled' } })
    })
    const host = createElectronHost(bridge({ load, cancelLoad }))
    await expect(
      host.load({ kind: 'initial' }, { report: () => {}, signal: controller.signal }),
    ).rejects.toMatchObject({ detail: { kind: 'cancelled' } })
    expect(cancelLoad.mock.calls).toEqual([[load.mock.calls[0]?.[0]]])
  })
})
