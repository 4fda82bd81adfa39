import { describe, expect, it } from 'vitest'
import type { FirmwareRange, NumaNode } from '../../model/topology'
import { GIB, MIB } from '../../model/units'
import type { Facts } from '../facts'
import type { ProximityFacts } from '../proximity-facts'
import { assemble } from './assemble'

const sources = {}
const BLOCK = 128 * MIB

/** Two nodes of a block each, whose proximity domains are 7 and 3; node 2 has no memory block, but a PMEM region. */
const machine: Facts = {
  machine: { id: 'machine', memoryBlockBytes: BLOCK, sources },
  nodes: ['0-3', '4-7', ''].map((cpuList, nodeId) => ({
    id: `node${nodeId}`,
    nodeId,
    cpuList,
    sources,
  })),
  memoryBlocks: [0, 1].map((blockIndex) => ({
    id: `memory${blockIndex}`,
    blockIndex,
    nodeIds: [blockIndex],
    sources,
  })),
  regions: [{ id: 'region0', startAddress: GIB, targetNode: 2, sources }],
}

function range(table: 'SRAT' | 'NFIT', start: number, parts: Partial<FirmwareRange>) {
  const sizeBytes = parts.sizeBytes ?? BLOCK
  const id = `${table}:${start}-${sizeBytes}`
  return { id, table, startAddress: start, sources, ...parts, sizeBytes } as const
}

const firmwareRanges = [
  range('SRAT', 0, { proximityDomain: 7 }),
  range('SRAT', BLOCK, { proximityDomain: 3 }),
  range('NFIT', GIB, { proximityDomain: 5 }),
  // QEMU gives all room for hot-plug to the last domain.
  range('SRAT', BLOCK, { sizeBytes: 64 * GIB, proximityDomain: 5, isHotpluggable: true }),
]

const nothing: ProximityFacts = { caches: [], initiators: [], access: [] }

function nodesWith(proximity: Partial<ProximityFacts>, ...more: readonly Facts[]) {
  const facts = [machine, ...more, { firmwareRanges, proximity: { ...nothing, ...proximity } }]
  return assemble(facts, { input: { name: 'test', kind: 'sysfs' }, diagnostics: [] })
}

function field<K extends keyof NumaNode>(nodes: readonly NumaNode[], key: K) {
  return nodes.map((node) => node[key])
}

describe('proximity domains', () => {
  it('are known by memory blocks, and by the target node of a PMEM region', () => {
    expect(field(nodesWith({}).nodes, 'proximityDomain')).toEqual([7, 3, 5])
  })

  it('are names of nodes in the matrices, rows and columns', () => {
    const matrix = {
      id: 'matrix:HMAT',
      name: 'HMAT',
      members: ['proximity domain 7'],
      columns: ['proximity domain 3', 'proximity domain 99'],
      values: [1, 2],
      sources,
    }
    const { distanceMatrices } = nodesWith({}, { distanceMatrices: [matrix] })
    expect(distanceMatrices).toEqual([
      { ...matrix, members: ['node0'], columns: ['node1', 'proximity domain 99'] },
    ])
  })
})

describe('SLIT', () => {
  const size = 8
  const values = Array.from(
    { length: size * size },
    (_, at) => 10 * Math.floor(at / size) + (at % size),
  )

  it('gives distances between nodes, not between domains', () => {
    const { nodes } = nodesWith({ distances: { size, values, path: 'SLIT' } })
    expect(field(nodes, 'distances')).toEqual([
      { 0: 77, 1: 73, 2: 75 },
      { 0: 37, 1: 33, 2: 35 },
      { 0: 57, 1: 53, 2: 55 },
    ])
    expect(nodes[0]?.sources['distances']).toMatchObject({ kind: 'derived' })
  })

  it('does not replace what sysfs says', () => {
    const known = { id: 'node0', nodeId: 0, distances: { 0: 10 }, sources }
    const { nodes } = nodesWith({ distances: { size, values, path: 'SLIT' } }, { nodes: [known] })
    expect(nodes[0]?.distances).toEqual({ 0: 10 })
  })
})

describe('HMAT', () => {
  const cache = { level: 1, sizeBytes: 16 * GIB, lineBytes: 64 }
  const table = (
    measures: ProximityFacts['access'][number]['measures'],
    values: readonly number[],
  ) => ({ measures, initiatorDomains: [7, 3], targetDomains: [7, 3, 5], values, path: 'HMAT' })

  it('gives each node its caches, and tells one whose node it does not know', () => {
    const caches = [5, 6].map((domain) => ({ domain, cache, path: 'HMAT' }))
    const { nodes, diagnostics } = nodesWith({ caches })
    expect(field(nodes, 'memorySideCaches')).toEqual([undefined, undefined, [cache]])
    expect(diagnostics).toEqual([])
    expect(nodesWith({ caches: caches.slice(1) }).diagnostics).toEqual([
      {
        severity: 'info',
        code: 'unplaced-cache',
        where: 'HMAT',
        message:
          'proximity domain 6 has a memory-side cache of 16 GiB at level 1; which node this is, the input does not tell',
      },
    ])
  })

  it('sees memory from the initiator it is attached to, else from the best ones', () => {
    const { nodes } = nodesWith({
      initiators: [{ memoryDomain: 7, initiatorDomain: 3 }],
      access: [
        table(['readLatencyNs', 'writeLatencyNs'], [80, 140, 300, 150, 80, 240]),
        table(['readBandwidthMBs'], [9, 8, 7, 6, 5, 4]),
      ],
    })
    const both = (initiator: number, bandwidth: number, latency: number) =>
      [0, 1].map((accessClass) => ({
        accessClass,
        initiatorNodeIds: [initiator],
        readBandwidthMBs: bandwidth,
        readLatencyNs: latency,
        writeLatencyNs: latency,
      }))
    expect(field(nodes, 'accessClasses')).toEqual([
      both(1, 6, 150),
      both(1, 5, 80),
      both(1, 4, 240),
    ])
  })

  it('lets initiators without CPUs into class 0 only', () => {
    const { nodes } = nodesWith({
      access: [
        {
          measures: ['readLatencyNs'],
          initiatorDomains: [7, 5],
          targetDomains: [5],
          values: [300, 100],
          path: 'HMAT',
        },
      ],
    })
    expect(nodes[2]?.accessClasses).toEqual([
      { accessClass: 0, initiatorNodeIds: [2], readLatencyNs: 100 },
      { accessClass: 1, initiatorNodeIds: [0], readLatencyNs: 300 },
    ])
    expect(nodes[0]?.accessClasses).toBeUndefined()
  })
})

it('says nothing of a domain that two nodes claim', () => {
  const { nodes } = nodesWith(
    { caches: [{ domain: 7, cache: { level: 1, sizeBytes: GIB }, path: 'HMAT' }] },
    { firmwareRanges: [range('NFIT', GIB, { proximityDomain: 7, sizeBytes: 2 * BLOCK })] },
  )
  // Node 2 is domain 7 by one NFIT range and 5 by the other: unknown, so that 7 is node 0 alone.
  expect(field(nodes, 'proximityDomain')).toEqual([7, 3, undefined])
  expect(field(nodes, 'memorySideCaches')[0]).toEqual([{ level: 1, sizeBytes: GIB }])
  const split = nodesWith(
    { caches: [{ domain: 7, cache: { level: 1, sizeBytes: GIB }, path: 'HMAT' }] },
    { nodes: [{ id: 'node1', nodeId: 1, proximityDomain: 7, sources }] },
  )
  expect(field(split.nodes, 'memorySideCaches')).toEqual([undefined, undefined, undefined])
})
