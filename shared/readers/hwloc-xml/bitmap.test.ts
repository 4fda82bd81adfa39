import { expect, it } from 'vitest'
import { parseBitmap } from './bitmap'
import { ownCpus } from './own-cpus'

it('reads the sets of hwloc', () => {
  expect(parseBitmap('0x0')).toEqual([])
  expect(parseBitmap('0x00000005')).toEqual([0, 2])
  expect(parseBitmap('0x80000000,,0xffff0000')).toEqual([
    ...Array.from({ length: 16 }, (_, bit) => 16 + bit),
    95,
  ])
  expect(parseBitmap('0x1,')).toEqual([32])
  for (const wrong of ['', '0xf...f', '0xf...f,0x1', 'x', '0x', '0x123456789', '1-3', '0x1 ,0x2']) {
    expect(parseBitmap(wrong)).toBeUndefined()
  }
  expect(parseBitmap(','.repeat(1 << 20))).toBeUndefined()
})

it('takes a set for a node’s own where no other reading is possible', () => {
  const sets = (...lists: readonly (readonly number[] | undefined)[]) =>
    ownCpus(lists.map((cpuIds) => (cpuIds === undefined ? {} : { cpuIds })))
  expect(sets([0, 1], [2, 3])).toEqual([
    [0, 1],
    [2, 3],
  ])
  // The third is a node without CPUs that is near to both; the last one's are not in the file.
  expect(sets([0, 1], [2, 3], [0, 1, 2, 3], undefined)).toEqual([
    [0, 1],
    [2, 3],
    undefined,
    undefined,
  ])
  expect(sets([0, 1], [0, 1])).toEqual([undefined, undefined])
  expect(sets([], [0])).toEqual([[], [0]])
})
