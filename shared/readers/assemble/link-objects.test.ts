import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../model/diagnostic'
import { emptyTopology } from '../../model/testing/empty-topology'
import { GIB, MIB } from '../../model/units'
import { findContradictions } from './contradictions'
import { linkObjects } from './link-objects'

const sources = {}
const BLOCK = 128 * MIB

function block(blockIndex: number, ...nodeIds: readonly number[]) {
  return { id: `memory${blockIndex}`, blockIndex, state: 'online', nodeIds, sources }
}

describe('nodes', () => {
  const topology = emptyTopology({
    machine: { id: 'machine', memoryBlockBytes: BLOCK, sources },
    nodes: [0, 1].map((nodeId) => ({ id: `node${nodeId}`, nodeId, memoryBytes: BLOCK, sources })),
    memoryBlocks: [block(0, 0), block(1, 1), block(2, 0, 1)],
    memoryTiers: [{ id: 'memory_tier4', tier: 4, nodeIds: [1], sources }],
    firmwareRanges: [
      srat(0, BLOCK, 7),
      srat(BLOCK, BLOCK, 3),
      // This one says that node 1 has two domains.
      srat(BLOCK, 4096, 9),
    ],
    dimms: [
      { id: 'dimm:0x1', ranges: [{ start: 0, end: BLOCK }], sources },
      { id: 'dimm:0x2', ranges: [{ start: 0, end: 2 * BLOCK }], sources },
    ],
  })

  it('take their proximity domain from the addresses, unless the tables disagree', () => {
    const [first, second] = linkObjects(topology).nodes
    expect(first?.proximityDomain).toBe(7)
    expect(first?.sources['proximityDomain']).toMatchObject({ kind: 'derived' })
    expect(second?.proximityDomain).toBeUndefined()
  })

  it('know their tier, and that their RAM is DRAM when no device brought it', () => {
    const [first, second] = linkObjects(topology).nodes
    expect([first?.memoryTier, second?.memoryTier]).toEqual([undefined, 4])
    expect(first?.memoryKinds).toEqual(['dram'])
  })

  it('own a module whose addresses lie in them alone', () => {
    expect(linkObjects(topology).dimms.map(({ nodeId }) => nodeId)).toEqual([0, undefined])
  })
})

it('puts a module on the node of its array, where the array is on one node', () => {
  const array = (handle: number, start: number, end: number) => ({
    id: `memory-array:${handle}`,
    handle,
    ranges: [{ start, end }],
    sources,
  })
  const dimm = (handle: number, arrayId: string, sizeBytes: number) => ({
    id: `dimm:${handle}`,
    arrayId,
    sizeBytes,
    sources,
  })
  const { dimms } = linkObjects(
    emptyTopology({
      machine: { id: 'machine', memoryBlockBytes: BLOCK, sources },
      memoryBlocks: [block(0, 0), block(1, 1)],
      memoryArrays: [array(1, 0, 2 * BLOCK), array(2, BLOCK, 2 * BLOCK)],
      dimms: [
        dimm(1, 'memory-array:1', GIB),
        dimm(2, 'memory-array:2', GIB),
        dimm(3, 'memory-array:2', 0),
      ],
    }),
  )
  expect(dimms.map(({ nodeId }) => nodeId)).toEqual([undefined, 1, undefined])
})

function srat(startAddress: number, sizeBytes: number, proximityDomain: number) {
  const id = `srat:${startAddress}-${sizeBytes}`
  return { id, table: 'SRAT', startAddress, sizeBytes, proximityDomain, sources } as const
}

describe('NVDIMMs', () => {
  const packages = [0, 1].map((packageId) => ({
    id: `package${packageId}`,
    packageId,
    cpuIds: [packageId],
    sources,
  }))
  const nodes = [0, 1].map((nodeId) => ({
    id: `node${nodeId}`,
    nodeId,
    cpuList: String(nodeId),
    sources,
  }))
  const machineWith = (handles: readonly number[]) =>
    linkObjects(
      emptyTopology({
        packages,
        nodes,
        dimms: [{ id: 'dimm:0x11', handle: 0x11, locator: 'CPU1_DIMM_A2', sources }],
        nvdimms: handles.map((handle, index) => ({
          id: `nmem${index}`,
          handle,
          physicalId: 0x11 + index,
          sources,
        })),
        regions: [
          {
            id: 'region0',
            numaNode: 0,
            mappings: handles.map((_, index) => ({
              nvdimmId: `nmem${index}`,
              dpaStart: 0,
              sizeBytes: GIB,
              position: index,
            })),
            sources,
          },
        ],
      }),
    )
  const contradictionsOf = (handles: readonly number[]) => {
    const found: Diagnostic[] = []
    findContradictions(machineWith(handles), (diagnostic) => found.push(diagnostic))
    return found
  }

  it('are the modules with their SMBIOS handle, both ways', () => {
    const { dimms, nvdimms } = machineWith([0x1])
    expect(nvdimms[0]?.dimmId).toBe('dimm:0x11')
    expect(nvdimms[0]?.mappedBytes).toBe(GIB)
    expect(dimms[0]?.nvdimmId).toBe('nmem0')
  })

  it('stand in the socket of their NFIT handle, but not where handles only count', () => {
    expect(machineWith([0x0001, 0x1011]).nvdimms.map(({ packageId }) => packageId)).toEqual([0, 1])
    expect(machineWith([1, 2]).nvdimms.map(({ packageId }) => packageId)).toEqual([
      undefined,
      undefined,
    ])
  })

  it('contradict a region that says it is on the node of another socket', () => {
    expect(contradictionsOf([0x0001, 0x0011])).toEqual([])
    expect(contradictionsOf([0x0001, 0x1011])).toMatchObject([
      { severity: 'warning', code: 'contradiction', where: 'region0 · numaNode' },
    ])
  })
})

describe('modules whose names tell the socket', () => {
  const packages = [0, 1].map((packageId) => ({
    id: `package${packageId}`,
    packageId,
    cpuIds: [packageId],
    sources,
  }))
  const packageIds = (...locators: readonly string[]) =>
    linkObjects(
      emptyTopology({
        packages,
        dimms: locators.map((locator) => ({ id: `dimm:${locator}`, locator, sources })),
      }),
    ).dimms.map(({ packageId }) => packageId)

  it('belong to its package, however the board counts', () => {
    expect(packageIds('CPU0_DIMM_A1', 'CPU1_DIMM_A1')).toEqual([0, 1])
    expect(packageIds('PROC 1 DIMM 4', 'PROC 2 DIMM 4')).toEqual([0, 1])
  })

  it('do not when the numbers could mean something else', () => {
    expect(packageIds('CPU0_A', 'CPU1_A', 'CPU2_A')).toEqual([undefined, undefined, undefined])
    expect(packageIds('CPU0_A', 'DIMM 1')).toEqual([undefined, undefined])
    expect(packageIds('DIMM_A1', 'DIMM_B1')).toEqual([undefined, undefined])
  })
})

describe('CXL', () => {
  const region = {
    id: 'cxl:region0',
    regionName: 'region0',
    startAddress: 16 * GIB,
    sizeBytes: 2 * GIB,
    sources,
  }
  const root = {
    id: 'decoder0.0',
    decoderKind: 'root',
    startAddress: 16 * GIB,
    sizeBytes: 8 * GIB,
    interleaveWays: 1,
    sources,
  } as const

  it('ties a dax device to the region whose addresses it lies in', () => {
    const device = (start: number) => ({
      id: `dax${start / GIB}.0`,
      ranges: [{ start, end: start + GIB }],
      sources,
    })
    const { daxDevices } = linkObjects(
      emptyTopology({ cxlRegions: [region], daxDevices: [device(17 * GIB), device(19 * GIB)] }),
    )
    expect(daxDevices.map(({ cxlRegionId }) => cxlRegionId)).toEqual(['cxl:region0', undefined])
  })

  it('tells windows from root decoders where the CEDT is missing, and matches them where it is not', () => {
    const derived = linkObjects(emptyTopology({ cxlDecoders: [root] })).cxlWindows
    expect(derived).toMatchObject([
      { id: 'cxl-window0', windowIndex: 0, startAddress: 16 * GIB, rootDecoderId: 'decoder0.0' },
    ])
    const windows = [0, 1].map((windowIndex) => ({
      id: `cxl-window${windowIndex}`,
      windowIndex,
      startAddress: (8 + windowIndex * 8) * GIB,
      sources,
    }))
    const known = linkObjects(emptyTopology({ cxlDecoders: [root], cxlWindows: windows }))
    expect(known.cxlWindows.map(({ rootDecoderId }) => rootDecoderId)).toEqual([
      undefined,
      'decoder0.0',
    ])
  })
})
