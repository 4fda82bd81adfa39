import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sysfsReader } from './reader'

const THP = 'sys/kernel/mm/transparent_hugepage'
const machineOf = (files: Readonly<Record<string, string>>) =>
  sysfsReader.read(treeOf(files), recordingContext()).machine

it('reads pools of the machine by their sizes', () => {
  const pools = 'sys/kernel/mm/hugepages'
  expect(
    machineOf({
      [`${pools}/hugepages-16777216kB/nr_hugepages`]: '1',
      [`${pools}/hugepages-2048kB/nr_hugepages`]: '3',
      [`${pools}/hugepages-2048kB/free_hugepages`]: '2',
      [`${pools}/hugepages-64kB/free_hugepages`]: '2',
    })?.hugepagePools,
  ).toEqual([
    { sizeBytes: 2 ** 21, total: 3, free: 2 },
    { sizeBytes: 2 ** 34, total: 1 },
  ])
})

it('reads the settings and counters of each size of transparent hugepages', () => {
  expect(
    machineOf({
      [`${THP}/enabled`]: 'always [madvise] never',
      [`${THP}/hpage_pmd_size`]: '2097152',
      [`${THP}/hugepages-64kB/enabled`]: 'always [inherit] madvise never',
      [`${THP}/hugepages-64kB/stats/nr_anon`]: '4',
      [`${THP}/hugepages-64kB/stats/split`]: 'x',
      [`${THP}/hugepages-8kB/shmem_enabled`]: 'always inherit within_size advise [never]',
    })?.transparentHugepages,
  ).toEqual([
    { sizeBytes: 8192, shmemEnabled: 'never' },
    { sizeBytes: 65536, enabled: 'inherit', counters: { nr_anon: 4 } },
  ])
})

it('takes the one size of older kernels', () => {
  expect(
    machineOf({
      [`${THP}/enabled`]: '[always] madvise never',
      [`${THP}/shmem_enabled`]: 'always [never] deny',
      [`${THP}/hpage_pmd_size`]: '2097152',
    })?.transparentHugepages,
  ).toEqual([{ sizeBytes: 2 ** 21, enabled: 'always', shmemEnabled: 'never' }])
})
