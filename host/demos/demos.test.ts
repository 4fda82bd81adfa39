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
