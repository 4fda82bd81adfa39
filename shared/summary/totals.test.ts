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

it('counts nodes without CPUs or memory only where it is known of each', () => {
  const counted = (
    ...nodes: readonly { readonly cpuList?: string; readonly memoryBytes?: number }[]
  ) => {
    const { numaNodes, cpulessNodes, memorylessNodes } = totalsOf(
      emptyTopology({
        surveyed: ['nodes'],
        nodes: nodes.map((node, nodeId) => ({ id: `node${nodeId}`, nodeId, sources, ...node })),
      }),
    )
    return [numaNodes, cpulessNodes, memorylessNodes]
  }
  expect(counted({ cpuList: '', memoryBytes: 1 }, { cpuList: '0', memoryBytes: 0 })).toEqual([
    2, 1, 1,
  ])
  // hwloc does not tell which of two nodes has the CPUs that both are near to (DOMAIN §13.13).
  expect(counted({ cpuList: '' }, { memoryBytes: 0 })).toEqual([2, undefined, undefined])
})
