import { expect, it } from 'vitest'
import { accountMemmap } from '../../shared/memmap/account'
import { GIB, KIB, MIB, TIB } from '../../shared/model/units'
import { loadTopology } from '../../shared/readers/load'
import { openBytes } from '../open/open-bytes'
import { demos, demoText } from './demos'

async function loadDemo(name: string) {
  const bytes = new TextEncoder().encode(demoText(name))
  const report = () => undefined
  return loadTopology(await openBytes('spec.yaml', bytes, { report }), report)
}

it.each(demos)('$name has nothing to complain about', async ({ name }) => {
  const topology = await loadDemo(name)
  expect(topology.diagnostics).toEqual([])
  expect(topology.machine.hostname).toBe(name)
})

it('laptop: HVO gives back 7 of 8 vmemmap pages of each hugepage', async () => {
  const { totals } = accountMemmap(await loadDemo('laptop'))
  expect(totals.fullBytes).toBe(512 * MIB)
  expect(totals.savedBytes.hvo).toBe(2048 * 28 * KIB)
})

it('cxl-pool: interleaved devices become a node that holds its own struct pages', async () => {
  const topology = await loadDemo('cxl-pool')
  expect(topology.nodes[2]).toMatchObject({ memoryBytes: 504 * GIB, memoryKinds: ['cxl'] })
  expect(topology.cxlRegions[0]?.targets?.map(({ memdevId }) => memdevId)).toEqual([
    'mem0',
    'mem1',
    'mem2',
    'mem3',
  ])
  const { totals } = accountMemmap(topology)
  expect(totals.ramBytes).toBe((512 * GIB) / 64)
  expect(totals.deviceBytes).toBe((512 * GIB) / 64 + GIB)
})

it('hbm-server: four nodes of HBM, and caches in front of the others', async () => {
  const { nodes, memoryTiers } = await loadDemo('hbm-server')
  expect(nodes.map(({ memoryKinds }) => memoryKinds)).toEqual([
    ...new Array<string[]>(4).fill(['dram']),
    ...new Array<string[]>(4).fill(['hbm']),
  ])
  expect(nodes[3]?.memorySideCaches).toEqual([{ level: 1, sizeBytes: 4 * GIB, lineBytes: 64 }])
  expect(memoryTiers.map(({ tier, nodeIds }) => [tier, nodeIds])).toEqual([
    [2, [4, 5, 6, 7]],
    [4, [0, 1, 2, 3]],
  ])
})

it('optane-two-socket: what each namespace costs, and where', async () => {
  const topology = await loadDemo('optane-two-socket')
  expect(topology.machine.memoryBytes).toBe(384 * GIB)
  expect(topology.regions.map(({ sizeBytes }) => sizeBytes)).toEqual([0.75 * TIB, 0.75 * TIB])
  const { extents, totals } = accountMemmap(topology)
  const cost = extents.flatMap(({ ownerId, backing }) =>
    ownerId.startsWith('namespace')
      ? backing.map((one) => [ownerId, one.place.kind, one.bytes])
      : [],
  )
  // 64 bytes for each 4 KiB; compound pages keep 2 vmemmap pages each (DOMAIN §4).
  expect(cost).toEqual([
    ['namespace0.0', 'device', (378 * GIB) / 64],
    ['namespace0.1', 'node', 258 * 512 * 8 * KIB],
    ['namespace1.0', 'node', 384 * 8 * KIB],
    ['namespace1.1', 'node', (258 * GIB) / 64],
  ])
  expect(totals.ramBytes).toBe(
    (384 * GIB) / 64 + 258 * 512 * 8 * KIB + 384 * 8 * KIB + (258 * GIB) / 64,
  )
  expect(totals.certainty).toBe('exact')
})
