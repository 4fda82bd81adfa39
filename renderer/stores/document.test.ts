// @vitest-environment node
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { HostFailure, type LoadedDocument } from '../../shared/host'
import { MemoryHost } from '../hosts/memory-host'
import { sampleDocument } from '../testing/sample-topology'
import { useDocumentStore } from './document'

const DEMO = { kind: 'demo', name: 'sample' } as const
const OTHER = { kind: 'demo', name: 'other' } as const

/** A load that ends when the test says so. */
function pendingLoad() {
  return Promise.withResolvers<LoadedDocument | undefined>()
}

describe('the document store', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('goes from loading with progress to the document', async () => {
    const pending = pendingLoad()
    const host = new MemoryHost({
      load: (_target, { report }) => {
        report({ phase: 'opening', done: 1, total: 4 })
        return pending.promise
      },
    })
    const store = useDocumentStore()
    const opened = store.open(host, DEMO, 'demo:sample')
    expect(store.load).toEqual({
      kind: 'loading',
      name: 'demo:sample',
      progress: { phase: 'opening', done: 1, total: 4 },
    })
    pending.resolve(sampleDocument())
    expect(await opened).toBe(true)
    expect(store.load).toEqual({ kind: 'idle' })
    expect(store.document?.objects.has('namespace0.3')).toBe(true)
  })

  it('keeps the open document when a load fails or is cancelled', async () => {
    const failure = new HostFailure({ kind: 'input', message: 'x.pdf: it is a PDF document' })
    const hanging = pendingLoad()
    const loads = [() => Promise.reject(failure), () => hanging.promise]
    const host = new MemoryHost({ load: () => loads.shift()?.() ?? Promise.resolve(undefined) })
    const store = useDocumentStore()
    await store.open(new MemoryHost({ load: async () => sampleDocument() }), DEMO, 'demo:sample')
    const before = store.document

    await store.open(host, OTHER, 'x.pdf')
    expect(store.load).toMatchObject({ kind: 'failed', name: 'x.pdf', error: failure.detail })
    expect(store.document).toBe(before)

    const cancelled = store.open(host, OTHER, 'x.pdf')
    store.cancel()
    expect(await cancelled).toBe(false)
    expect(store.load).toEqual({ kind: 'idle' })
    expect(store.document).toBe(before)
  })

  it('gives up a load that a newer one replaces', async () => {
    const slow = pendingLoad()
    const host = new MemoryHost({
      load: (target) => (target === OTHER ? slow.promise : Promise.resolve(sampleDocument())),
    })
    const store = useDocumentStore()
    const replaced = store.open(host, OTHER, 'other')
    expect(await store.open(host, DEMO, 'demo:sample')).toBe(true)
    slow.resolve(sampleDocument())
    expect(await replaced).toBe(false)
    expect(store.load).toEqual({ kind: 'idle' })
    expect(store.revision).toBe(1)
  })

  it('calls anything but a host failure a fault of ours', async () => {
    const host = new MemoryHost({ load: () => Promise.reject(new TypeError('x is undefined')) })
    const store = useDocumentStore()
    await store.open(host, DEMO, 'demo:sample')
    expect(store.load).toMatchObject({ error: { kind: 'fault', message: 'x is undefined' } })
  })
})
