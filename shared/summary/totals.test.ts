import { expect, it } from 'vitest'
import { emptyTopology } from '../model/empty-topology'
import { totalsOf } from './totals'

const sources = {}
const dimms = [{ id: 'dimm:A1', sizeBytes: 1024, sources }]

it('counts only what some reader could look for', () => {
  expect(totalsOf(emptyTopology())).toEqual({})
  expect(totalsOf(emptyTopology({ surveyed: ['namespaces'] }))).toEqual({ namespaces: 0 })
})

it('knows empty slots only from sources that list slots', () => {
  const counted = (parts: Parameters<typeof emptyTopology>[0]) =>
    totalsOf(
      emptyTopology({ input: { name: 'x', kind: 'sysfs' }, surveyed: ['dimms'], dimms, ...parts }),
    ).emptyDimmSlots
  expect(counted({})).toBeUndefined()
  expect(counted({ memoryArrays: [{ id: 'memory-array:0x1', handle: 1, sources }] })).toBe(0)
  expect(counted({ dimms: [...dimms, { id: 'dimm:A2', sizeBytes: 0, sources }] })).toBe(1)
  expect(counted({ input: { name: 'x', kind: 'spec' } })).toBe(0)
})
