import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { accountMemmap } from '../../memmap/account'
import type { Topology } from '../../model/topology'
import { GIB, MIB, type AddressRange } from '../../model/units'
import { loadSpec } from './testing/load-spec'

const node = fc.record({
  memory: fc.integer({ min: 1, max: 300 }).map((count) => count * 256 * MIB),
})

const namespace = fc.oneof(
  fc.record({ mode: fc.constant('raw') }),
  fc.record({ mode: fc.constant('sector'), sector: fc.constantFrom(512, 4096) }),
  fc.record({
    mode: fc.constantFrom('fsdax', 'devdax'),
    map: fc.constantFrom('mem', 'dev'),
    align: fc.constantFrom('4KiB', '2MiB', '1GiB'),
  }),
  fc.record({ mode: fc.constant('devdax'), systemRam: fc.constant('on') }),
)

// Each namespace has 6 GiB or more: no alignment and no number of modules makes that too small or uneven.
const region = fc.record({
  ways: fc.constantFrom(1, 2, 3, 4, 6),
  namespaces: fc.array(fc.tuple(namespace, fc.integer({ min: 1, max: 20 })), { maxLength: 4 }),
})

const dax = fc.record({
  kind: fc.constantFrom('hmem', 'cxl'),
  mode: fc.constantFrom('devdax', 'system-ram'),
  size: fc.integer({ min: 1, max: 2000 }).map((count) => count * 2 * MIB),
  targetNode: fc.constant(0),
  memmapOnMemory: fc.constantFrom('on', 'off'),
})

/** A host bridge with its own window; up to three regions of some of its devices. */
const bridge = fc.record({
  devices: fc.integer({ min: 4, max: 8 }),
  regions: fc.array(
    fc.record({
      ways: fc.constantFrom(1, 2, 3, 4),
      shares: fc.integer({ min: 1, max: 4 }),
      rest: fc.oneof(
        fc.record({ type: fc.constant('pmem'), namespaces: fc.constant([{ mode: 'raw' }]) }),
        fc.record({ mode: fc.constantFrom('devdax', 'system-ram') }),
        fc.constant({}),
      ),
    }),
    { maxLength: 3 },
  ),
})

const cxl = fc.array(bridge, { minLength: 1, maxLength: 3 }).map((bridges) => ({
  hostBridges: bridges.map(({ devices }) => ({
    node: 0,
    switches: [{ memdevs: [{ count: devices, ram: 4 * GIB, pmem: 4 * GIB }] }],
  })),
  windows: bridges.map((_, index) => ({ hostBridges: [index], size: 64 * GIB })),
  regions: bridges.flatMap(({ regions }, index) => {
    const first = bridges.slice(0, index).reduce((sum, { devices }) => sum + devices, 0)
    return regions.map(({ ways, shares, rest }) => ({
      window: index,
      memdevs: Array.from({ length: ways }, (_, position) => first + position),
      size: ways * shares * 256 * MIB,
      targetNode: 0,
      ...rest,
    }))
  }),
}))

const spec = fc
  .record({
    arch: fc.constantFrom('x86_64', 'aarch64'),
    hypervisor: fc.constantFrom('on', 'off'),
    nodes: fc.array(node, { minLength: 1, maxLength: 4 }),
    regions: fc.array(region, { maxLength: 3 }),
    dax: fc.array(dax, { maxLength: 3 }),
    cxl,
  })
  .map(({ arch, hypervisor, nodes, regions, ...rest }) => ({
    'folioscope-spec': 1,
    machine: { arch, hypervisor, kernel: '6.12', memmapOnMemory: 'Y' },
    sockets: [
      {
        cpus: 8,
        dimms: regions.map((_, index) => ({ slots: `R${index}_{1..6}`, size: '4TiB' })),
      },
    ],
    nodes,
    pmem: regions.map(({ ways, namespaces }, index) => ({
      dimms: [`R${index}_{1..${ways}}`],
      size: 600 * GIB,
      targetNode: 0,
      namespaces: namespaces.map(([one, count]) => ({ ...one, size: count * 6 * GIB })),
    })),
    ...rest,
  }))

it('lays out any machine without overlaps, and its sums match', () => {
  fc.assert(
    fc.property(spec, (random) => {
      const topology = loadSpec(stringify(random))
      expectNested(topology)
      expectMemory(topology, random.nodes)
      expectRegions(topology)
      expectCxl(topology)
      expect(topology.diagnostics).toEqual([])
      const { totals } = accountMemmap(topology)
      expect(totals.ramBytes + totals.deviceBytes).toBe(totals.residentBytes)
    }),
    { numRuns: 50 },
  )
})

/** Every line of iomem lies inside the line above it that is less deep, and beside those that are as deep. */
function expectNested({ iomem }: Topology): void {
  const ends: number[] = []
  const parents: AddressRange[] = []
  for (const { depth, start, end } of iomem) {
    expect(start).toBeLessThan(end)
    expect(start).toBeGreaterThanOrEqual(ends[depth] ?? 0)
    const parent = depth === 0 ? { start: 0, end: Infinity } : parents[depth - 1]
    expect(start).toBeGreaterThanOrEqual(parent?.start ?? Infinity)
    expect(end).toBeLessThanOrEqual(parent?.end ?? 0)
    ends[depth] = end
    ends.length = depth + 1
    parents[depth] = { start, end }
  }
}

function expectMemory(topology: Topology, nodes: readonly { readonly memory: number }[]): void {
  const blockBytes = topology.machine.memoryBlockBytes ?? 0
  const ram = topology.iomem.filter(({ name }) => name === 'System RAM')
  const added = topology.iomem.filter(({ name }) => name === 'System RAM (kmem)')
  expect(bytesOf(ram)).toBe(nodes.reduce((sum, { memory }) => sum + memory, 0))
  expect(topology.nodes.slice(1).map(({ memoryBytes }) => memoryBytes)).toEqual(
    nodes.slice(1).map(({ memory }) => memory),
  )
  for (const { start, end } of added) {
    expect([start % blockBytes, end % blockBytes]).toEqual([0, 0])
  }
  const inBlocks = new Set(topology.memoryBlocks.map(({ blockIndex }) => blockIndex))
  const expected = new Set<number>()
  for (const { start, end } of [...ram, ...added]) {
    for (let index = Math.floor(start / blockBytes); index * blockBytes < end; index++) {
      expected.add(index)
    }
  }
  expect(inBlocks).toEqual(expected)
}

function expectRegions({ regions, namespaces, nvdimms }: Topology): void {
  for (const region of regions) {
    const own = namespaces.filter(({ regionId }) => regionId === region.id)
    const raw = own.reduce((sum, { rawBytes = 0 }) => sum + rawBytes, 0)
    expect(raw + (region.availableBytes ?? 0)).toBe(region.sizeBytes)
    const mapped = region.mappings?.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    expect(mapped).toBe(region.sizeBytes)
  }
  for (const { startAddress = 0, dataStartAddress, rawBytes = 0, usableBytes = 0 } of namespaces) {
    expect(usableBytes).toBeGreaterThan(0)
    const dataStart = dataStartAddress ?? startAddress
    expect(dataStart + usableBytes).toBeLessThanOrEqual(startAddress + rawBytes)
  }
  expect(new Set(nvdimms.map(({ id }) => id)).size).toBe(nvdimms.length)
}

function expectCxl({ cxlRegions, cxlDecoders, cxlWindows }: Topology): void {
  const window = (id: string | undefined) => cxlWindows.find((one) => one.rootDecoderId === id)
  const taken = new Set<string>()
  for (const { id, startAddress = 0, sizeBytes = 0, rootDecoderId, targets = [] } of cxlRegions) {
    const { startAddress: start = 0, sizeBytes: size = 0 } = window(rootDecoderId) ?? {}
    expect(startAddress).toBeGreaterThanOrEqual(start)
    expect(startAddress + sizeBytes).toBeLessThanOrEqual(start + size)
    const decoders = cxlDecoders.filter(({ cxlRegionId }) => cxlRegionId === id)
    expect(decoders.length).toBe(targets.length)
    expect(decoders.reduce((sum, { dpaBytes = 0 }) => sum + dpaBytes, 0)).toBe(sizeBytes)
    for (const { portId, dpaStart } of decoders) {
      const place = `${portId} ${dpaStart}`
      expect(taken).not.toContain(place)
      taken.add(place)
    }
  }
}

function bytesOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0)
}
