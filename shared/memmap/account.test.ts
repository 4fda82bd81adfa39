import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DaxDevice, Namespace, NumaNode } from '../model/topology'
import { topologyOf } from '../model/testing/topology-of'
import { GIB, MAX_PHYSICAL_BYTES, MIB } from '../model/units'
import { accountMemmap } from './account'

const node = (nodeId: number, fields: Partial<NumaNode> = {}): NumaNode => ({
  id: `node${nodeId}`,
  nodeId,
  sources: {},
  ...fields,
})
const ram = (start: number, end: number) => ({ name: 'System RAM', depth: 0, start, end })

describe('boot RAM', () => {
  it('S10: RAM to 0x8f7fffff has 18 sections, holes paid', () => {
    const { totals } = accountMemmap(
      topologyOf({ nodes: [node(0)], iomem: [ram(0x1000, 0x9fc00), ram(0x100000, 0x8f800000)] }),
    )
    expect(totals.residentBytes).toBe(37748736)
    expect(totals.byNode).toEqual({ 0: 37748736 })
    expect(totals.certainty).toBe('exact')
  })

  it('S3: 0–3 GiB and 4–25 GiB have 192 sections', () => {
    const iomem = [ram(0, 3 * GIB), ram(4 * GIB, 25 * GIB)]
    const { totals } = accountMemmap(topologyOf({ nodes: [node(0)], iomem }))
    expect(totals.residentBytes).toBe(98304 * 4096)
  })

  it('takes memory blocks when addresses are hidden', () => {
    const block = (blockIndex: number, nodeId: number) => ({
      id: `memory${blockIndex}`,
      blockIndex,
      nodeIds: [nodeId],
      sources: {},
    })
    const { totals } = accountMemmap(
      topologyOf({
        machine: { memoryBlockBytes: 128 * MIB },
        nodes: [node(0), node(1)],
        memoryBlocks: [block(0, 0), block(1, 0), block(32, 1)],
      }),
    )
    expect(totals.byNode).toEqual({ 0: 4 * MIB, 1: 2 * MIB })
    expect(totals.certainty).toBe('exact')
  })

  it('estimates from totals when there is nothing else, and says so', () => {
    const { totals, extents } = accountMemmap(
      topologyOf({ nodes: [node(0, { memoryBytes: 16 * GIB - 300 * MIB })] }),
    )
    expect(totals.certainty).toBe('estimated')
    expect(totals.residentBytes).toBe(252 * MIB)
    expect(extents[0]?.range).toBeUndefined()
  })

  it('knows nothing about a machine without memory', () => {
    expect(accountMemmap(topologyOf({})).extents).toEqual([])
  })
})

describe('system RAM from a dax device', () => {
  const device: DaxDevice = {
    id: 'dax0.0',
    mode: 'system-ram',
    targetNode: 2,
    numaNode: 0,
    origin: 'cxl',
    memmapOnMemory: true,
    ranges: [{ start: 0x280200000, end: 0x300000000 }],
    sources: {},
  }
  const machine = { memoryBlockBytes: 128 * MIB, memmapOnMemory: 'Y' } as const
  const nodes = [node(0), node(2, { distances: { 0: 20 } })]
  const iomem = [ram(0, 2 * GIB)]
  const memoryBlocks = [{ id: 'memory0', blockIndex: 0, nodeIds: [0], sources: {} }]

  it('loses what does not fill a block and pays on itself with memmap_on_memory', () => {
    const { extents } = accountMemmap(
      topologyOf({ machine, nodes, iomem, memoryBlocks, daxDevices: [device] }),
    )
    const extent = extents.find(({ ownerId }) => ownerId === 'dax0.0')
    expect(extent?.range).toEqual({ start: 0x288000000, end: 0x300000000 })
    expect(extent?.backing).toEqual([{ place: { kind: 'self', nodeId: 2 }, bytes: 30 * MIB }])
  })

  it('pays in RAM of the nearest node before 6.8', () => {
    const { extents } = accountMemmap(
      topologyOf({
        machine: { ...machine, kernelRelease: '6.1.0' },
        nodes,
        iomem,
        memoryBlocks,
        daxDevices: [device],
      }),
    )
    const extent = extents.find(({ ownerId }) => ownerId === 'dax0.0')
    expect(extent?.mechanism).toBe('flat')
    expect(extent?.backing).toEqual([{ place: { kind: 'node', nodeId: 0 }, bytes: 30 * MIB }])
  })
})

it('F18: a namespace 16 MiB into a section takes RAM for its two ends', () => {
  const namespace: Namespace = {
    id: 'namespace0.0',
    mode: 'fsdax',
    map: 'dev',
    rawBytes: 6 * GIB,
    startAddress: 4 * GIB + 16 * MIB,
    numaNode: 0,
    sources: {},
  }
  const { extents } = accountMemmap(
    topologyOf({ nodes: [node(0)], iomem: [ram(0, 2 * GIB)], namespaces: [namespace] }),
  )
  const extent = extents.find(({ ownerId }) => ownerId === 'namespace0.0')
  expect(extent?.backing).toEqual([
    { place: { kind: 'node', nodeId: 0 }, bytes: 2097152 },
    { place: { kind: 'device', objectId: 'namespace0.0' }, bytes: 98566144 },
  ])
})

it('stays finite and adds up whatever the input claims', () => {
  const quantity = fc.oneof(fc.nat(64), fc.integer({ min: 0, max: MAX_PHYSICAL_BYTES }))
  const namespaces = fc.array(
    fc.record({
      mode: fc.constantFrom('fsdax' as const, 'devdax' as const),
      map: fc.constantFrom('mem' as const, 'dev' as const),
      rawBytes: quantity,
      usableBytes: quantity,
      alignBytes: quantity,
      startAddress: quantity,
      dataStartAddress: quantity,
    }),
    { maxLength: 4 },
  )
  const ranges = fc.array(fc.tuple(quantity, quantity), { maxLength: 4 })
  fc.assert(
    fc.property(namespaces, ranges, quantity, quantity, (claims, ramRanges, blockBytes, pools) => {
      const topology = topologyOf({
        machine: {
          memoryBlockBytes: blockBytes,
          memmapOnMemory: 'Y',
          hugetlbOptimizeVmemmap: true,
        },
        nodes: [node(0, { hugepagePools: [{ sizeBytes: 2 * MIB, total: pools }] })],
        iomem: ramRanges.map(([a, b]) => ram(Math.min(a, b), Math.max(a, b))),
        namespaces: claims.map((claim, index) => ({
          id: `namespace0.${index}`,
          sources: {},
          ...claim,
        })),
        daxDevices: ramRanges.map(([a, b], index) => ({
          id: `dax1.${index}`,
          mode: 'system-ram',
          targetNode: 0,
          ranges: [{ start: Math.min(a, b), end: Math.max(a, b) }],
          sources: {},
        })),
      })
      const { totals, extents } = accountMemmap(topology)
      expect(totals.ramBytes + totals.deviceBytes).toBe(totals.residentBytes)
      expect(totals.residentBytes).toBeLessThanOrEqual(totals.fullBytes)
      for (const extent of extents) {
        const numbers = [extent.structPages, extent.fullBytes, extent.pageTableBytes]
        expect(numbers.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

describe('memory that is neither boot RAM nor device-dax', () => {
  const boot = { nodes: [node(0)], iomem: [ram(0, 4 * GIB)] }
  const extentOf = (parts: Parameters<typeof topologyOf>[0], id: string) =>
    accountMemmap(topologyOf({ ...boot, ...parts })).extents.find((extent) => extent.id === id)

  it('counts the memory of P2PDMA providers in RAM of their node', () => {
    const provider = {
      id: 'p2p:0000:01:00.0',
      pciAddress: '0000:01:00.0',
      sizeBytes: 64 * MIB,
      numaNode: 0,
      sources: {},
    }
    expect(extentOf({ p2pProviders: [provider] }, 'memmap:p2p:0000:01:00.0')).toMatchObject({
      residentBytes: MIB,
      backing: [{ place: { kind: 'node', nodeId: 0 }, bytes: MIB }],
      certainty: 'estimated',
    })
  })

  it('counts whole blocks of virtio-mem, and each block once', () => {
    const plugged = (start: number) => ({
      name: 'System RAM (virtio_mem)',
      depth: 1,
      start,
      end: start + 2 * MIB,
    })
    const iomem = [...boot.iomem, plugged(8 * GIB), plugged(8 * GIB + 4 * MIB)]
    expect(extentOf({ iomem }, 'memmap:virtio-mem:0x200000000')).toMatchObject({
      memoryBytes: 128 * MIB,
      residentBytes: 2 * MIB,
      certainty: 'exact',
    })
  })

  it('80 GiB of a GPU as device-private memory cost 1.25 GiB of RAM (DOMAIN §2.5)', () => {
    const gpu = { name: 'nouveau', depth: 0, start: 64 * GIB, end: 144 * GIB }
    expect(
      extentOf({ iomem: [...boot.iomem, gpu] }, 'memmap:device-private:0x1000000000'),
    ).toMatchObject({ residentBytes: 1.25 * GIB, certainty: 'estimated' })
  })
})

it('calls everything an estimate where the page size is a guess', () => {
  const guessed = topologyOf({
    machine: {
      sources: { basePageBytes: { kind: 'default', reader: 'assemble', rule: 'the usual one' } },
    },
    nodes: [node(0)],
    iomem: [ram(0, GIB)],
  })
  expect(accountMemmap(guessed).totals.certainty).toBe('estimated')
})
