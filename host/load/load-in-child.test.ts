import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { ChildMessage, ChildPort } from './child-port'
import { loadInChild } from './load-in-child'
import type { LoadRequest } from './request'
import { workerSpawner } from './worker-spawn'

class FakeChild implements ChildPort {
  request: LoadRequest | undefined
  isKilled = false
  say: (message: ChildMessage) => void = () => undefined
  exit: (reason: string) => void = () => undefined

  postMessage(request: LoadRequest): void {
    this.request = request
  }
  onMessage(listener: (message: ChildMessage) => void): void {
    this.say = listener
  }
  onExit(listener: (reason: string) => void): void {
    this.exit = listener
  }
  kill(): void {
    this.isKilled = true
    this.exit('exit code 1')
  }
}

function start(signal = new AbortController().signal) {
  const child = new FakeChild()
  const report = vi.fn()
  const request = { kind: 'path', path: 'a.folioscope' } as const
  return { child, report, loading: loadInChild(() => child, request, { report, signal }) }
}

describe('loadInChild', () => {
  it('passes progress and the result, and ends the child', async () => {
    const { child, report, loading } = start()
    expect(child.request).toEqual({ kind: 'path', path: 'a.folioscope' })
    child.say({ kind: 'progress', progress: { phase: 'opening', done: 1, total: 2 } })
    child.say({ kind: 'loaded', topologyJson: '{}' })
    expect(await loading).toEqual({ topologyJson: '{}' })
    expect(report.mock.calls).toEqual([[{ phase: 'opening', done: 1, total: 2 }]])
    expect(child.isKilled).toBe(true)
  })

  it('passes the error of a bad input with its code', async () => {
    const { child, loading } = start()
    const error = { kind: 'input', message: 'a.pdf: a PDF; no', code: 'pdf' } as const
    child.say({ kind: 'failed', error })
    await expect(loading).rejects.toMatchObject({ name: 'HostFailure', detail: error })
  })

  it('takes the death of the child for a fault of this load', async () => {
    const { child, loading } = start()
    child.exit('exit code 134')
    await expect(loading).rejects.toMatchObject({
      detail: { kind: 'fault', message: 'the loader stopped (exit code 134)' },
    })
  })

  it('kills the child when it is cancelled, and hears no more of it', async () => {
    const controller = new AbortController()
    const { child, report, loading } = start(controller.signal)
    controller.abort()
    child.say({ kind: 'progress', progress: { phase: 'joining', done: 1 } })
    await expect(loading).rejects.toMatchObject({ detail: { kind: 'cancelled' } })
    expect(child.isKilled).toBe(true)
    expect(report).not.toHaveBeenCalled()
  })

  it('starts no child for a load that is cancelled already', async () => {
    const spawn = vi.fn(() => new FakeChild())
    const options = { report: () => undefined, signal: AbortSignal.abort() }
    await expect(loadInChild(spawn, { kind: 'live' }, options)).rejects.toThrow('cancelled')
    expect(spawn).not.toHaveBeenCalled()
  })
})

const script = resolve('out/main/load-child.js')

describe.runIf(existsSync(script))('the built worker thread', () => {
  const options = () => ({ report: vi.fn(), signal: new AbortController().signal })

  it('loads a demo', async () => {
    const given = options()
    const spawn = workerSpawner(script)
    const { topologyJson } = await loadInChild(spawn, { kind: 'demo', name: 'laptop' }, given)
    expect(JSON.parse(topologyJson)).toMatchObject({ input: { name: 'demo:laptop', kind: 'spec' } })
    expect(given.report).toHaveBeenCalled()
  })

  it('says what is wrong with bytes', async () => {
    const bytes = new TextEncoder().encode('%PDF-1.7')
    const request = { kind: 'bytes', name: 'a.pdf', bytes } as const
    await expect(loadInChild(workerSpawner(script), request, options())).rejects.toMatchObject({
      detail: { kind: 'input', code: 'pdf' },
    })
  })
})

it('a worker thread that cannot start is a fault of that load', async () => {
  const options = { report: () => undefined, signal: new AbortController().signal }
  const spawn = workerSpawner(resolve('out/main/no-such-script.js'))
  await expect(loadInChild(spawn, { kind: 'live' }, options)).rejects.toMatchObject({
    detail: { kind: 'fault', message: expect.stringContaining('Cannot find module') as string },
  })
})
