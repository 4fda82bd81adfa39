import { expect, it } from 'vitest'
import { accountMemmap } from '../../memmap/account'
import { GIB, MIB } from '../../model/units'
import { treeOf } from '../testing/tree-of'
import { specReader } from './reader'
import { loadSpec, mistakeIn } from './testing/load-spec'

const HEAD = 'folioscope-spec: 1\n'
const withNodes = (...nodes: readonly string[]) =>
  `${HEAD}machine: { lowMemory: 2GiB }\nnodes:\n${nodes.map((node) => `  - { ${node} }\n`).join('')}`

it('tells what a node is made of, how fast it is, and what caches it', () => {
  const { nodes, memoryTiers } = loadSpec(
    withNodes(
      'memory: 4GiB, tier: 4, interleaveWeight: 5, caches: [{ size: 1GiB, line: 64 }, { size: 2GiB }]',
      'memory: 1GiB, kind: hbm, tier: 2, access: [{ readBandwidth: 200000, readLatency: 120, initiators: [0] }, { class: 1 }]',
      'memory: 2GiB, kind: gpu, tier: 4',
    ),
  )
  expect(nodes[0]).toMatchObject({
    memoryKinds: ['dram'],
    memoryTier: 4,
    interleaveWeight: 5,
    memorySideCaches: [
      { level: 1, sizeBytes: GIB, lineBytes: 64 },
      { level: 2, sizeBytes: 2 * GIB },
    ],
  })
  expect(nodes[1]?.memoryKinds).toEqual(['hbm'])
  expect(nodes[1]?.accessClasses).toEqual([
    { accessClass: 0, initiatorNodeIds: [0], readBandwidthMBs: 200000, readLatencyNs: 120 },
    { accessClass: 1, initiatorNodeIds: [1] },
  ])
  expect(nodes[2]?.memoryKinds).toEqual(['gpu'])
  expect(memoryTiers.map(({ id, nodeIds }) => [id, nodeIds])).toEqual([
    ['memory_tier2', [1]],
    ['memory_tier4', [0, 2]],
  ])
})

it('takes offline blocks from the memory of a node, not from its struct pages', () => {
  const all = loadSpec(withNodes('memory: 4GiB', 'memory: 1GiB'))
  const some = loadSpec(withNodes('memory: 4GiB, offline: 256MiB, movable: 1GiB', 'memory: 1GiB'))
  expect(some.nodes.map(({ memoryBytes }) => memoryBytes)).toEqual([3840 * MIB, GIB])
  const of = (state: (block: (typeof some.memoryBlocks)[number]) => boolean) =>
    some.memoryBlocks.filter(state).map(({ blockIndex }) => blockIndex)
  // RAM of node 0: 0 to 2 GiB and 4 to 6 GiB, blocks of 128 MiB.
  expect(of(({ state }) => state === 'offline')).toEqual([46, 47])
  expect(of(({ validZones }) => validZones === 'Movable')).toEqual([38, 39, 40, 41, 42, 43, 44, 45])
  expect(accountMemmap(some).totals.residentBytes).toBe(accountMemmap(all).totals.residentBytes)
})

it('takes offline blocks of devices from the node that they become', () => {
  const text = `${withNodes('memory: 4GiB', '')}dax:
  - { kind: cxl, mode: system-ram, size: 4GiB, targetNode: 1, offline: 1GiB, movable: 2GiB }
`
  const { nodes, memoryBlocks } = loadSpec(text)
  expect(nodes[1]?.memoryBytes).toBe(3 * GIB)
  expect(memoryBlocks.filter(({ state }) => state === 'offline').length).toBe(8)
  expect(memoryBlocks.filter(({ validZones }) => validZones === 'Movable').length).toBe(16)
})

it('lists what PCI devices offer for peer-to-peer DMA', () => {
  const { p2pProviders } = loadSpec(
    `${withNodes('memory: 4GiB')}p2p:\n  - { pci: '0000:3b:00.0', size: 2GiB, available: 1GiB, published: on, node: 0, name: drive }\n`,
  )
  const [{ sources: _, ...provider } = { sources: {} }] = p2pProviders
  expect(provider).toEqual({
    id: 'p2p:0000:3b:00.0',
    pciAddress: '0000:3b:00.0',
    sizeBytes: 2 * GIB,
    availableBytes: GIB,
    isPublished: true,
    numaNode: 0,
    name: 'drive',
  })
})

it.each<[string, string, RegExp]>([
  [
    'half a block offline',
    withNodes('memory: 4GiB, offline: 64MiB'),
    /:4:30: this is no whole number of memory blocks of 128 MiB/,
  ],
  [
    'more offline than there is',
    withNodes('memory: 1GiB, offline: 2GiB'),
    /node 0 has 8 whole memory blocks/,
  ],
  [
    'an initiator that is not there',
    withNodes('memory: 1GiB, access: [{ initiators: [3] }]'),
    /:4:45: there is no node 3/,
  ],
  [
    'movable memory of devdax',
    `${withNodes('memory: 1GiB')}dax: [{ kind: hmem, mode: devdax, size: 1GiB, movable: 1GiB }]\n`,
    /only system RAM has movable/,
  ],
  [
    'no PCI address',
    `${withNodes('memory: 1GiB')}p2p: [{ pci: 3b:00, size: 1GiB }]\n`,
    /not a PCI address/,
  ],
  [
    'more available than there is',
    `${withNodes('memory: 1GiB')}p2p: [{ pci: '0000:3b:00.0', size: 1GiB, available: 2GiB }]\n`,
    /more is available/,
  ],
])('refuses %s', (_name, text, mistake) => {
  expect(mistakeIn(text)).toMatch(mistake)
})

it('reads the same as JSON, and tells mistakes by line and column', () => {
  const json = `{
  "machine": { "kernel": 6.10, "hvo": true, "product": "a\\/b \\u00b5" },
\t"folioscope-spec": 1,
  "nodes": [
    { "memory": "4GiB", "tier": 4 },
    { "memory": 1073741824, "cpus": "" }
  ]
}`
  expect(specReader.sniff(treeOf({ 'machine.json': json }))).toBe(true)
  expect(specReader.sniff(treeOf({ 'machine.json': '{"nodes": [{ "memory": 1 }]}' }))).toBe(false)
  const topology = loadSpec(json)
  expect(topology.machine).toMatchObject({ kernelRelease: '6.10', product: 'a/b µ' })
  expect(topology.nodes.map(({ memoryBytes }) => memoryBytes)).toEqual([4 * GIB, GIB])
  expect(topology.nodes[0]?.sources['memoryBytes']).toMatchObject({ key: 'line 5' })
  expect(mistakeIn(json.replace('"4GiB"', '"4GB"'))).toMatch(/^spec-bad-value m\.yaml:5:17: "4GB"/)
  expect(mistakeIn(json.replace('"tier"', '"tiers"'))).toMatch(
    /:5:25: "tiers" .* did you mean tier/,
  )
  expect(mistakeIn(json.replace('4 },', '4 ,'))).toMatch(/^spec-syntax m\.yaml:\d+:\d+/)
})
