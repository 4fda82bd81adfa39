import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { numactlReader } from './reader'

const read = (text: string) => {
  const tree = treeOf({ 'numactl-H.txt': text })
  expect(numactlReader.sniff(tree)).toBe(true)
  return numactlReader.read(tree, recordingContext()).nodes
}

const OUTPUT = `available: 2 nodes (0,2)
node 0 cpus: 0 1 2 3 48 49
node 0 size: 127632 MB
node 0 free: 93832 MB
node 2 cpus:
node 2 size: 1521664 MB
node 2 free: <not available>
node distances:
node   0   2 
  0:  10  17 
  2:  28  10 
`

it('reads CPUs, whole MB and distances of each node', () => {
  const nodes = read(OUTPUT)
  expect(nodes).toMatchObject([
    {
      id: 'node0',
      nodeId: 0,
      cpuList: '0-3,48-49',
      memoryBytes: 127632 * 1024 ** 2,
      freeBytes: 93832 * 1024 ** 2,
      distances: { 0: 10, 2: 17 },
    },
    { id: 'node2', cpuList: '', memoryBytes: 1521664 * 1024 ** 2, distances: { 0: 28, 2: 10 } },
  ])
  expect(nodes?.[1]).not.toHaveProperty('freeBytes')
  expect(nodes?.[0]?.sources['memoryBytes']).toEqual({
    kind: 'read',
    reader: 'numactl',
    path: 'numactl-H.txt',
    key: 'node 0 size',
    roundedTo: 1024 ** 2,
  })
})

it('reads what is there of a broken output', () => {
  const nodes = read(`node 0 cpus: 0 x
node 0 size: 99999999999999 MB
node 1 size: 5 MB
node distances:
node   0   1
  0:  10
  1:  20  10
No distance information available.
  0:  10  99
`)
  expect(nodes).toMatchObject([{ id: 'node0' }, { id: 'node1', memoryBytes: 5 * 1024 ** 2 }])
  expect(Object.keys(nodes?.[0]?.sources ?? {})).toEqual(['nodeId'])
})

it('takes the first of two moments', () => {
  const nodes = read(OUTPUT + OUTPUT.replace('93832', '1'))
  expect(nodes?.map(({ freeBytes }) => freeBytes)).toEqual([93832 * 1024 ** 2, undefined])
})

it.each(['node 0 is down', 'Node 0, zone DMA 1 2 3', 'node   0:  [mem 0x0-0x1]'])(
  'does not take %j for numactl',
  (text) => {
    expect(numactlReader.sniff(treeOf({ text }))).toBe(false)
  },
)
