import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sysfsReader } from './reader'

const NODE = 'sys/devices/system/node'
const nodesOf = (files: Readonly<Record<string, string>>) =>
  sysfsReader.read(treeOf(files), recordingContext()).nodes ?? []
const hiddenIn = (files: Readonly<Record<string, string>>) =>
  nodesOf(files).map(({ nodeId, hiddenByHwloc }) => [nodeId, hiddenByHwloc])

const TWO_NODES = {
  [`${NODE}/node0/cpulist`]: '0-1',
  [`${NODE}/node0/meminfo`]: 'Node 0 MemTotal: 1024 kB',
  [`${NODE}/node1/cpulist`]: '2-3',
  [`${NODE}/node1/meminfo`]: 'Node 1 MemTotal: 1024 kB',
}
const DISALLOWED = 'the cpuset of lstopo’s process does not allow it (--disallowed shows it)'

it('names the memory of a GPU, and says what it is', () => {
  const nodes = nodesOf({
    ...TWO_NODES,
    'proc/driver/nvidia/gpus/0004:04:00.0/numa_status': 'Node:      1\nStatus:    online',
    'proc/driver/nvidia/gpus/0004:05:00.0/information': 'Model: x',
  })
  expect(nodes.map(({ memoryKinds, hiddenByHwloc }) => [memoryKinds, hiddenByHwloc])).toEqual([
    [undefined, undefined],
    [['gpu'], 'it is the memory of a GPU'],
  ])
})

it('names a node without memory and one that shares CPUs with an earlier one', () => {
  expect(
    hiddenIn({
      ...TWO_NODES,
      [`${NODE}/node1/meminfo`]: 'Node 1 MemTotal: 0 kB',
      [`${NODE}/node2/cpulist`]: '1,7',
      [`${NODE}/node3/cpulist`]: '7',
    }),
  ).toEqual([
    [0, undefined],
    [1, 'it has no memory, so no cpuset allows it'],
    [2, 'its CPUs are also those of node0, which makes it a duplicate'],
    [3, undefined],
  ])
})

it.each([
  [
    'cgroup v2',
    {
      'proc/mounts': 'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0',
      'proc/self/cgroup': '0::/user.slice/a.scope',
      'sys/fs/cgroup/user.slice/a.scope/cpuset.mems.effective': '0',
    },
  ],
  [
    'cgroup v1',
    {
      'proc/mounts': 'cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0',
      'proc/self/cgroup': '8:memory:/x\n6:cpuset,cpu:/job',
      'sys/fs/cgroup/cpuset/job/cpuset.mems': '0',
    },
  ],
  [
    'cpuset file system',
    {
      'proc/mounts': 'none /dev/cpuset cpuset rw 0 0',
      'proc/self/cpuset': '/job',
      'dev/cpuset/job/mems': '0',
    },
  ],
])('names what the %s of the dump’s process does not allow', (_, cpuset) => {
  expect(hiddenIn({ ...TWO_NODES, ...cpuset })).toEqual([
    [0, undefined],
    [1, DISALLOWED],
  ])
})

it('does not follow a cpuset that points out of its mount', () => {
  expect(
    hiddenIn({
      ...TWO_NODES,
      'proc/mounts': 'none /dev/cpuset cpuset rw 0 0',
      'proc/self/cpuset': '/../../x',
      'x/mems': '0',
    }),
  ).toEqual([
    [0, undefined],
    [1, undefined],
  ])
})

it('says of a dax device that kmem has taken it', () => {
  const device = 'sys/devices/platform/hmem.0/dax1.0'
  const { daxDevices } = sysfsReader.read(
    treeOf({
      'sys/bus/dax/devices/dax1.0': `-> ${device}`,
      [`${device}/driver`]: '-> ../../bus/dax/drivers/kmem',
    }),
    recordingContext(),
  )
  expect(daxDevices?.[0]?.hiddenByHwloc).toMatch(/kmem/)
})
