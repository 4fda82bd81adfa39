import * as fc from 'fast-check'
import type { CxlRegion } from '../../model/cxl'
import type { DaxDevice, MemoryBlock, Namespace, PmemRegion, Topology } from '../../model/topology'
import { MIB } from '../../model/units'
import { emptyTopology } from '../../model/testing/empty-topology'

const sources = {}
const BLOCK_BYTES = 128 * MIB

interface NamespaceSeed {
  readonly blocks: number
  readonly gapBlocks: number
  readonly kind: 'raw' | 'sector' | 'fsdax-mem' | 'fsdax-dev' | 'devdax-mem' | 'devdax-dev' | 'kmem'
}

interface RegionSeed {
  readonly namespaces: readonly NamespaceSeed[]
  readonly restBlocks: number
  readonly numaNode: number | undefined
  readonly nvdimms: number
}

interface MachineSeed {
  readonly nodeBlocks: readonly (readonly number[])[]
  readonly offlineEvery: number
  readonly regions: readonly RegionSeed[]
  readonly hotAdded: readonly number[]
  readonly memdevs: number
  /** For each region that is not yet in use, the number of devices it interleaves. */
  readonly cxlRegions: readonly number[]
  readonly dimms: number
  readonly packages: number
  readonly hasAddresses: boolean
}

const namespaceSeed: fc.Arbitrary<NamespaceSeed> = fc.record({
  blocks: fc.integer({ min: 1, max: 64 }),
  gapBlocks: fc.constantFrom(0, 0, 1, 9),
  kind: fc.constantFrom(
    'raw',
    'sector',
    'fsdax-mem',
    'fsdax-dev',
    'devdax-mem',
    'devdax-dev',
    'kmem',
  ),
})

const machineSeed: fc.Arbitrary<MachineSeed> = fc.record({
  nodeBlocks: fc.array(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 3 }), {
    maxLength: 5,
  }),
  offlineEvery: fc.constantFrom(0, 3, 50),
  regions: fc.array(
    fc.record({
      namespaces: fc.array(namespaceSeed, { maxLength: 7 }),
      restBlocks: fc.integer({ min: 0, max: 40 }),
      numaNode: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
      nvdimms: fc.integer({ min: 0, max: 6 }),
    }),
    { maxLength: 3 },
  ),
  hotAdded: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 2 }),
  memdevs: fc.integer({ min: 0, max: 4 }),
  cxlRegions: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 2 }),
  dimms: fc.integer({ min: 0, max: 12 }),
  packages: fc.integer({ min: 0, max: 3 }),
  hasAddresses: fc.boolean(),
})

/** Machines of all shapes: several nodes with holes, regions with every kind of namespace, memory added later. */
export const randomMachine: fc.Arbitrary<Topology> = machineSeed.map(build)

function build(seed: MachineSeed): Topology {
  let at = 0
  const iomem: { name: string; depth: number; start: number; end: number }[] = []
  const memoryBlocks: MemoryBlock[] = []
  const addBlocks = (start: number, count: number, nodeId: number) => {
    for (let index = 0; index < count; index++) {
      const blockIndex = start / BLOCK_BYTES + index
      const isOffline = seed.offlineEvery > 0 && blockIndex % seed.offlineEvery === 1
      const state = isOffline ? 'offline' : 'online'
      memoryBlocks.push({
        id: `memory${blockIndex}`,
        blockIndex,
        state,
        nodeIds: [nodeId],
        sources,
      })
    }
  }
  for (const [nodeId, ranges] of seed.nodeBlocks.entries()) {
    for (const blocks of ranges) {
      const end = at + blocks * BLOCK_BYTES
      iomem.push({ name: 'System RAM', depth: 0, start: at, end })
      addBlocks(at, blocks, nodeId)
      at = end + BLOCK_BYTES * 3
    }
  }
  const regions: PmemRegion[] = []
  const namespaces: Namespace[] = []
  const daxDevices: DaxDevice[] = []
  for (const [index, region] of seed.regions.entries()) {
    const start = at
    for (const [number, item] of region.namespaces.entries()) {
      at += item.gapBlocks * BLOCK_BYTES
      const id = `namespace${index}.${number}`
      const placed = { id, index, number, start: at, hasAddresses: seed.hasAddresses }
      namespaces.push(namespaceOf(item, placed))
      if (item.kind.startsWith('devdax') || item.kind === 'kmem') {
        daxDevices.push(daxOf(item, placed))
      }
      at += item.blocks * BLOCK_BYTES
    }
    at += (region.restBlocks + (region.namespaces.length === 0 ? 1 : 0)) * BLOCK_BYTES
    regions.push({
      id: `region${index}`,
      sizeBytes: at - start,
      ...(seed.hasAddresses ? { startAddress: start } : {}),
      ...(region.numaNode === undefined ? {} : { numaNode: region.numaNode }),
      mappings: Array.from({ length: region.nvdimms }, (_, position) => ({
        nvdimmId: `nmem${position}`,
        dpaStart: 0,
        sizeBytes: BLOCK_BYTES,
        position,
      })),
      sources,
    })
  }
  for (const [index, blocks] of seed.hotAdded.entries()) {
    const end = at + blocks * BLOCK_BYTES
    daxDevices.push({
      id: `dax9.${index}`,
      mode: 'system-ram',
      sizeBytes: end - at,
      targetNode: 7 + index,
      ...(index < seed.cxlRegions.length
        ? { origin: 'cxl', cxlRegionId: `cxl:region${index}` }
        : { origin: 'hmem' }),
      ...(seed.hasAddresses ? { startAddress: at, ranges: [{ start: at, end }] } : {}),
      sources,
    })
    addBlocks(at, blocks, 7 + index)
    at = end + BLOCK_BYTES
  }
  const cxlRegions = seed.cxlRegions.map((ways, index): CxlRegion => {
    const start = at
    at += (index + 1) * 8 * BLOCK_BYTES
    return {
      id: `cxl:region${index}`,
      regionName: `region${index}`,
      sizeBytes: at - start,
      ...(seed.hasAddresses ? { startAddress: start } : {}),
      targets: Array.from({ length: ways }, (_, position) => ({
        position,
        memdevId: `mem${position}`,
      })),
      sources,
    }
  })
  const nvdimms = Math.max(0, ...seed.regions.map((region) => region.nvdimms))
  return emptyTopology({
    machine: {
      id: 'machine',
      basePageBytes: 4096,
      kernelRelease: '6.12.0',
      arch: 'x86_64',
      memoryBlockBytes: BLOCK_BYTES,
      sources,
    },
    packages: Array.from({ length: seed.packages }, (_, packageId) => ({
      id: `package${packageId}`,
      packageId,
      cpuIds: [packageId],
      nodeIds: [packageId],
      sources,
    })),
    nodes: seed.nodeBlocks.map((ranges, nodeId) => ({
      id: `node${nodeId}`,
      nodeId,
      cpuList: nodeId < seed.packages ? String(nodeId) : '',
      memoryBytes: ranges.reduce((sum, blocks) => sum + blocks * BLOCK_BYTES, 0),
      sources,
    })),
    dimms: Array.from({ length: seed.dimms }, (_, index) => ({
      id: `dimm:D${index}`,
      sizeBytes: index % 4 === 3 ? 0 : BLOCK_BYTES,
      sources,
    })),
    nvdimms: Array.from({ length: nvdimms }, (_, index) => ({ id: `nmem${index}`, sources })),
    cxlMemdevs: Array.from({ length: seed.memdevs }, (_, index) => ({
      id: `mem${index}`,
      sources,
    })),
    cxlRegions,
    regions,
    namespaces,
    daxDevices,
    memoryBlocks: seed.hasAddresses ? memoryBlocks : [],
    iomem: seed.hasAddresses ? iomem : [],
  })
}

interface Placed {
  readonly id: string
  readonly index: number
  readonly number: number
  readonly start: number
  readonly hasAddresses: boolean
}

function namespaceOf(seed: NamespaceSeed, placed: Placed): Namespace {
  const [first = 'raw', map = 'none'] = seed.kind.split('-')
  const mode = first === 'kmem' ? 'devdax' : first
  const bytes = seed.blocks * BLOCK_BYTES
  const reserved = mode === 'raw' ? 0 : map === 'dev' ? 2 * MIB + bytes / 64 : 2 * MIB
  return {
    id: placed.id,
    regionId: `region${placed.index}`,
    mode: mode === 'sector' || mode === 'fsdax' || mode === 'devdax' ? mode : 'raw',
    map: map === 'dev' || map === 'mem' ? map : mode === 'devdax' ? 'mem' : 'none',
    rawBytes: bytes,
    usableBytes: bytes - reserved,
    alignBytes: 2 * MIB,
    state: 'active',
    ...(placed.hasAddresses
      ? { startAddress: placed.start, dataStartAddress: placed.start + reserved }
      : {}),
    sources,
  }
}

function daxOf(seed: NamespaceSeed, placed: Placed): DaxDevice {
  const start = placed.start + 2 * MIB
  return {
    id: `dax${placed.index}.${placed.number}`,
    mode: seed.kind === 'kmem' ? 'system-ram' : 'devdax',
    sizeBytes: seed.blocks * BLOCK_BYTES - 2 * MIB,
    alignBytes: 2 * MIB,
    origin: 'pmem',
    namespaceId: placed.id,
    ...(placed.hasAddresses ? { startAddress: start } : {}),
    sources,
  }
}
