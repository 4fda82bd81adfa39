import { expect, it } from 'vitest'
import { accountMemmap } from '../../memmap/account'
import type { MemmapExtent } from '../../memmap/types'
import { GIB, MIB, TIB } from '../../model/units'
import { recordingContext, treeOf } from '../testing/tree-of'
import { specReader } from './reader'
import { loadSpec } from './testing/load-spec'

const TWO_SOCKETS = `# A comment before the line that makes this a specification.
folioscope-spec: 1
machine: { hostname: two, kernel: 6.10, lowMemory: 2GiB, memmapOnMemory: Y }
sockets:
  - count: 2
    cpus: 4
    dimms:
      - { slots: 'P{socket}_A1', size: 32GiB, type: DDR4, speed: 2933 }
      - { slots: 'P{socket}_{A,B}2', size: 64GiB }
      - { slots: 'P{socket}_B1', empty: yes }
nodes:
  - { socket: 0, memory: 32GiB, hugepages: [{ size: 2MiB, count: 16, free: 4 }] }
  - { socket: 1, memory: 32GiB }
  - {}
pmem:
  - dimms: ['P1_{A,B}2']
    targetNode: 2
    namespaces:
      - { mode: fsdax, map: dev, size: 48GiB, name: logs }
      - { mode: devdax, map: mem, size: 16GiB }
      - { mode: sector, size: 8GiB }
      - { mode: devdax, map: dev, size: 8GiB, systemRam: on }
      - { mode: raw }
dax:
  - { kind: cxl, mode: system-ram, size: 4GiB, node: 0, targetNode: 2 }
`

it('knows a specification by its line, wherever it lies', () => {
  expect(specReader.sniff(treeOf({ 'notes.txt': TWO_SOCKETS }))).toBe(true)
  expect(specReader.sniff(treeOf({ 'spec.yaml': TWO_SOCKETS, 'manifest.json': '{}' }))).toBe(true)
  expect(specReader.sniff(treeOf({ 'spec.yaml': 'openapi: 3.1.0' }))).toBe(false)
  expect(specReader.sniff(treeOf({ a: '# folioscope-spec: 1', b: '' }))).toBe(false)
  expect(specReader.sniff(treeOf({ a: '# folioscope-spec: 1' }))).toBe(false)
})

it('gives every fact its line, its rule, or its default', () => {
  const { machine } = specReader.read(treeOf({ 'm.yaml': TWO_SOCKETS }), recordingContext())
  expect(machine?.kernelRelease).toBe('6.10')
  expect(machine?.sources['kernelRelease']).toEqual({
    kind: 'read',
    reader: 'spec',
    path: 'm.yaml',
    key: 'line 3',
  })
  expect(machine?.sources['basePageBytes']?.kind).toBe('default')
  const { sources, ...node } = loadSpec(TWO_SOCKETS).nodes[0] ?? { sources: {} }
  expect(Object.keys(sources).sort()).toEqual(
    Object.keys(node)
      .filter((key) => key !== 'id')
      .sort(),
  )
})

it('lays out namespaces as the kernel would', () => {
  const { regions, namespaces, daxDevices } = loadSpec(TWO_SOCKETS)
  expect(regions).toMatchObject([
    {
      id: 'region0',
      sizeBytes: 128 * GIB,
      availableBytes: 0,
      startAddress: 66 * GIB,
      numaNode: 1,
      mappings: [
        { nvdimmId: 'nmem0', dpaStart: 0, sizeBytes: 64 * GIB, position: 0 },
        { nvdimmId: 'nmem1', dpaStart: 0, sizeBytes: 64 * GIB, position: 1 },
      ],
    },
  ])
  const [logs, , sector, kmem, rest] = namespaces
  expect(logs).toMatchObject({
    id: 'namespace0.0',
    name: 'logs',
    device: 'pmem0',
    dataStartAddress: 66 * GIB + 48 * 16 * MIB + 2 * MIB,
    usableBytes: 48 * GIB - 48 * 16 * MIB - 2 * MIB,
  })
  expect(sector).toMatchObject({ device: 'pmem0.2s', map: 'none', sectorBytes: 4096 })
  expect(rest).toMatchObject({ mode: 'raw', device: 'pmem0.4', rawBytes: 48 * GIB })
  expect(kmem).toMatchObject({ mode: 'devdax', device: 'dax0.3' })
  expect(daxDevices).toMatchObject([
    { id: 'dax0.1', mode: 'devdax', namespaceId: 'namespace0.1', origin: 'pmem' },
    { id: 'dax0.3', mode: 'system-ram', namespaceId: 'namespace0.3', memmapOnMemory: false },
    { id: 'dax1.0', mode: 'system-ram', origin: 'cxl', memmapOnMemory: true },
  ])
})

it('counts memory by node: RAM, and what devices bring in whole blocks', () => {
  const { machine, nodes, memoryBlocks } = loadSpec(TWO_SOCKETS)
  // RAM ends at 66 GiB, so blocks have 2 GiB; the 8 GiB namespace keeps 3 of them behind its metadata.
  expect(machine.memoryBlockBytes).toBe(2 * GIB)
  expect(nodes.map(({ memoryBytes }) => memoryBytes)).toEqual([
    32 * GIB,
    32 * GIB,
    6 * GIB + 4 * GIB - 64 * MIB,
  ])
  expect(nodes.map(({ cpuList }) => cpuList)).toEqual(['0-3', '4-7', ''])
  expect(nodes[0]?.distances).toEqual({ '0': 10, '1': 20, '2': 20 })
  expect(nodes[2]?.memoryKinds).toEqual(['cxl', 'pmem'])
  const onNode2 = memoryBlocks.filter(({ nodeIds }) => nodeIds?.includes(2))
  expect(onNode2.map(({ id }) => id)).toEqual([
    'memory70',
    'memory71',
    'memory72',
    'memory97',
    'memory98',
  ])
})

it('links modules to sockets, nodes and NVDIMMs', () => {
  const { dimms } = loadSpec(TWO_SOCKETS)
  expect(
    dimms.map(({ id, nodeId, nvdimmId, sizeBytes }) => [id, nodeId, nvdimmId, sizeBytes]),
  ).toEqual([
    ['dimm:P0_A1', 0, undefined, 32 * GIB],
    ['dimm:P0_A2', 0, undefined, 64 * GIB],
    ['dimm:P0_B1', 0, undefined, 0],
    ['dimm:P0_B2', 0, undefined, 64 * GIB],
    ['dimm:P1_A1', 1, undefined, 32 * GIB],
    ['dimm:P1_A2', 1, 'nmem0', 64 * GIB],
    ['dimm:P1_B1', 1, undefined, 0],
    ['dimm:P1_B2', 1, 'nmem1', 64 * GIB],
  ])
})

it('says nothing of what is not written', () => {
  const topology = loadSpec('folioscope-spec: 1\nnodes: [{ memory: 4GiB }]\n')
  expect(topology.surveyed).not.toContain('packages')
  expect(topology.surveyed).not.toContain('dimms')
  expect(topology.nodes[0]).not.toHaveProperty('cpuList')
  expect(topology.machine).not.toHaveProperty('cpuCount')
  expect(topology.machine).not.toHaveProperty('hugetlbOptimizeVmemmap')
})

function extentOf(text: string): MemmapExtent | undefined {
  const extents = accountMemmap(loadSpec(text)).extents
  return extents.find(({ ownerId }) => /^(namespace|dax)/.test(ownerId))
}

const NAMESPACE = (map: string, align: string) => `folioscope-spec: 1
machine: { kernel: '6.12' }
sockets: [{ dimms: [{ slots: A1, size: 1TiB }] }]
nodes: [{ socket: 0, memory: 4GiB }]
pmem: [{ dimms: [A1], namespaces: [{ mode: devdax, map: ${map}, align: ${align} }] }]
`
const HMEM = (align: string) => `folioscope-spec: 1
machine: { kernel: '6.12' }
nodes: [{ memory: 4GiB }]
dax: [{ kind: hmem, mode: devdax, size: 1TiB, align: ${align} }]
`

// DOMAIN §11.3.
it.each([
  ['D3', HMEM('2MiB'), 4294967296, 0],
  ['D4', HMEM('1GiB'), 8388608, 0],
  ['D5', HMEM('4KiB'), 17179869184, 0],
  ['D6', NAMESPACE('dev', '2MiB'), 0, 16 * GIB],
])('%s: struct pages of 1 TiB device-dax', (_id, text, ramBytes, deviceBytes) => {
  const extent = extentOf(text)
  expect(extent?.fullBytes).toBe(TIB / 64)
  const bytes = (kind: string) =>
    extent?.backing.reduce((sum, one) => sum + (one.place.kind === kind ? one.bytes : 0), 0)
  expect([bytes('node'), bytes('device')]).toEqual([ramBytes, deviceBytes])
})

it('F18: a partial section at the start takes its struct pages from RAM', () => {
  const extent = extentOf(`folioscope-spec: 1
machine: { kernel: '6.12' }
sockets: [{ dimms: [{ slots: A1, size: 6GiB }] }]
nodes: [{ socket: 0, memory: 1GiB }]
pmem: [{ dimms: [A1], start: 0x101000000, namespaces: [{ mode: fsdax, map: dev }] }]
`)
  expect(extent?.backing.map(({ bytes }) => bytes)).toEqual([2097152, 98566144])
})

// DOMAIN §11.6 and §9.2.
it.each([
  ['M3: bare metal from 64 GiB', '{ lowMemory: 2GiB }', '1024GiB', 2 * GIB, 512],
  ['below 64 GiB', '{}', '32GiB', 128 * MIB, 256],
  ['a virtual machine', '{ hypervisor: on }', '71.5GiB', 512 * MIB, 143],
  ['arm64', '{ arch: aarch64 }', '256GiB', 128 * MIB, 2048],
])('memory blocks, %s', (_name, machine, memory, blockBytes, count) => {
  const topology = loadSpec(
    `folioscope-spec: 1\nmachine: ${machine}\nnodes: [{ memory: ${memory} }]\n`,
  )
  expect(topology.machine.memoryBlockBytes).toBe(blockBytes)
  expect(topology.memoryBlocks).toHaveLength(count)
})

it('shares the CPUs of a socket among its nodes', () => {
  const { nodes, packages } = loadSpec(`folioscope-spec: 1
sockets: [{ cpus: 0-15 }, { cpus: 8 }]
nodes: [{ socket: 0 }, { socket: 0 }, { socket: 1, cpus: '' }, { socket: 1 }]
`)
  expect(nodes.map(({ cpuList }) => cpuList)).toEqual(['0-7', '8-15', '', '16-23'])
  expect(packages.map(({ nodeIds }) => nodeIds)).toEqual([[0, 1], [3]])
})
