import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { lscpuReader } from './reader'

const read = (text: string) => {
  const tree = treeOf({ lscpu: text })
  expect(lscpuReader.sniff(tree)).toBe(true)
  return lscpuReader.read(tree, recordingContext())
}

const TEXT = `Architecture:             x86_64
  CPU op-mode(s):         32-bit, 64-bit
CPU(s):                   8
  On-line CPU(s) list:    0-5,7
Vendor ID:                GenuineIntel
  Thread(s) per core:     1
  Socket(s):              2
NUMA:
  NUMA node(s):           4
  NUMA node0 CPU(s):      0,1
  NUMA node1 CPU(s):      2,3
  NUMA node2 CPU(s):      4,5
  NUMA node3 CPU(s):      7
  NUMA node4 CPU(s):
`

it('reads the summary; CPU lists are written as the kernel writes them', () => {
  const { machine, nodes, packages } = read(TEXT)
  expect(machine).toMatchObject({ arch: 'x86_64', cpuCount: 7 })
  expect(nodes?.map(({ id, cpuList }) => [id, cpuList])).toEqual([
    ['node0', '0-1'],
    ['node1', '2-3'],
    ['node2', '4-5'],
    ['node3', '7'],
    ['node4', ''],
  ])
  expect(packages).toMatchObject([
    { id: 'package0', packageId: 0, cpuIds: [0, 1, 2, 3] },
    { id: 'package1', packageId: 1, cpuIds: [4, 5, 7] },
  ])
  expect(packages?.[0]?.sources['cpuIds']?.kind).toBe('derived')
})

it('does not spread nodes over packages that do not share them evenly', () => {
  expect(read(TEXT.replace('Socket(s):              2', 'Socket(s): 3')).packages).toBeUndefined()
  expect(read(TEXT.replace('Socket(s):              2', 'Socket(s): -')).packages).toBeUndefined()
  expect(
    read(TEXT.replace('Socket(s):              2', 'Socket(s): 1')).packages?.[0]?.cpuIds,
  ).toHaveLength(7)
})

it('reads JSON, flat and in groups', () => {
  const flat = [
    { field: 'Architecture:', data: 'aarch64' },
    { field: 'CPU(s):', data: '2' },
    { field: 'On-line CPU(s) list:', data: '0,1' },
    { field: 'NUMA node0 CPU(s):', data: '0,1' },
  ]
  const grouped = [
    ...flat.slice(0, 3),
    { field: 'NUMA:', data: null, children: [{ field: 'NUMA node0 CPU(s):', data: '0,1' }] },
  ]
  for (const lscpu of [flat, grouped]) {
    const { machine, nodes } = read(JSON.stringify({ lscpu }, null, 3))
    expect(machine).toMatchObject({ arch: 'aarch64', cpuCount: 2 })
    expect(nodes).toMatchObject([{ id: 'node0', cpuList: '0-1' }])
  }
})

it.each([
  [
    '-e',
    'CPU NODE SOCKET CORE L1d:L1i:L2:L3 ONLINE\n  0    0      0    0 0:0:0:0 yes\n  1    1      1    1 1:1:1:0 yes\n  2    -      -    - - no\n',
  ],
  [
    '-p',
    '# The following is the parsable format\n# CPU,Core,Socket,Node,,L1d\n0,0,0,0,,0\n1,1,1,1,,1\n',
  ],
  [
    '-J -e',
    '{"cpus":[{"cpu":0,"node":0,"socket":0},{"cpu":1,"node":"1","socket":"1"},{"cpu":2,"node":null}]}',
  ],
])('reads %s', (_, text) => {
  const { nodes, packages } = read(text)
  expect(nodes?.map(({ id, cpuList }) => [id, cpuList])).toEqual([
    ['node0', '0'],
    ['node1', '1'],
  ])
  expect(packages?.map(({ packageId, cpuIds }) => [packageId, cpuIds])).toEqual([
    [0, [0]],
    [1, [1]],
  ])
})

it.each(['Architecture of a house: brick\n', 'CPU usage NODE\nx\n', '{"cpus":3}', 'CPU(s): 3\n'])(
  'does not take %j for lscpu',
  (text) => {
    expect(lscpuReader.sniff(treeOf({ text }))).toBe(false)
  },
)

it('reads masks (-x) as unknown, not as CPUs', () => {
  const { machine, nodes } = read(
    'Architecture: x86_64\nCPU(s): 2\nOn-line CPU(s) mask: 0x3\nNUMA node0 CPU(s): 0x3\n',
  )
  expect(machine).not.toHaveProperty('cpuCount')
  expect(nodes).toBeUndefined()
})
