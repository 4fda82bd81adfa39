import { expect, it } from 'vitest'
import { accountMemmap } from '../memmap/account'
import { emptyTopology } from '../model/empty-topology'
import { layOut } from './lay-out'

it('names a CXL region that nothing was made of as the kernel does', () => {
  const topology = emptyTopology({
    cxlRegions: [
      {
        id: 'cxl:region0',
        regionName: 'region0',
        regionType: 'ram',
        sizeBytes: 2 ** 29,
        interleaveWays: 2,
        sources: {},
      },
    ],
  })
  const { labels } = layOut(topology, accountMemmap(topology))
  expect(labels.map(({ storey, title, detail }) => [storey, title, detail])).toEqual([
    ['address-space', 'CXL region0', '2-way ram · 512 MiB'],
    ['struct-pages', 'CXL region0', 'no struct pages'],
  ])
})
