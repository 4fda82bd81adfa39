import { expect, it } from 'vitest'
import { topologyOf } from '../model/testing/topology-of'
import type { Topology } from '../model/topology'
import { GIB, MIB } from '../model/units'
import { accountMemmap } from './account'

const sources = {}

/** 4 GiB of RAM with 256 hugepages, and 1 GiB of device-dax with map=mem that is deduplicated. */
function measuredWith(kernelRelease: string, pages: (resident: number) => number) {
  const machine: Topology = topologyOf({
    machine: { kernelRelease, hugetlbOptimizeVmemmap: true },
    nodes: [
      { id: 'node0', nodeId: 0, hugepagePools: [{ sizeBytes: 2 * MIB, total: 256 }], sources },
    ],
    iomem: [{ name: 'System RAM', depth: 0, start: 0, end: 4 * GIB }],
    daxDevices: [
      {
        id: 'dax0.0',
        mode: 'devdax',
        origin: 'hmem',
        startAddress: 8 * GIB,
        sizeBytes: GIB,
        alignBytes: 2 * MIB,
        sources,
      },
    ],
  })
  const { residentBytes } = accountMemmap(machine).totals
  const vmstat = { nr_memmap_pages: pages(residentBytes / 4096), nr_memmap_boot_pages: 0 }
  return accountMemmap({ ...machine, vmstat }).measured
}

it('explains that 6.12 counts device-dax in full', () => {
  // 4096 pages a GiB of which 1024 are resident.
  const measured = measuredWith('6.12', (resident) => resident + 3072)
  expect(measured?.differenceBytes).toBe(3072 * 4096)
  expect(measured?.explained.map(({ bytes }) => bytes)).toEqual([3072 * 4096])
  expect(measured?.unexplainedBytes).toBe(0)
})

it('leaves a point release alone that has the correction', () => {
  expect(measuredWith('6.12', (resident) => resident)).toMatchObject({
    differenceBytes: 0,
    explained: [],
    unexplainedBytes: 0,
  })
})

it('explains that 7.1 and later do not count shared tail pages', () => {
  const measured = measuredWith('7.3', (resident) => resident - 1)
  expect(measured?.explained.map(({ bytes }) => bytes)).toEqual([-4096])
  expect(measured?.unexplainedBytes).toBe(0)
})

it('says what it cannot explain', () => {
  expect(measuredWith('7.3', (resident) => resident + 99)).toMatchObject({
    differenceBytes: 99 * 4096,
    unexplainedBytes: 100 * 4096,
  })
})
