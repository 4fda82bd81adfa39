import { expect, it } from 'vitest'
import { loadTopology } from '../load'
import { treeOf } from '../testing/tree-of'

/** The contradictions of files that a person put into one folder. */
function contradictionsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const ignore = () => undefined
  const { diagnostics } = loadTopology(
    { tree: treeOf(files), name: 'x', origin: 'directory', diagnostics: [] },
    ignore,
  )
  return diagnostics.filter(({ code }) => code === 'contradiction').map(({ message }) => message)
}

const ndctl = (node: number, handle = 0x1001) =>
  `{"dimms":[{"dev":"nmem0","handle":${handle},"phys_id":17}],
    "regions":[{"dev":"region0","size":541165879296,"type":"pmem","numa_node":${node},"iset_id":1008740143054817416,
    "mappings":[{"dimm":"nmem0","offset":0,"length":541165879296,"position":0}]}]}`
const region = (socket: number) =>
  ` SocketID | ISetID             | Capacity    \n====\n 0x000${socket}   | 0x0dffc3d0c9758888 | 504.000 GiB \n`
const module = (socket: number) => `---DimmID=0x1001---\n   SocketID=0x000${socket}\n`

it('ndctl says node 1, ipmctl says socket 0', () => {
  expect(contradictionsIn({ 'a.json': ndctl(1), 'b.txt': region(0) })).toEqual([
    'region0 is on node1 (ndctl · a.json · region0 numa_node), but it is in package 0 (ipmctl · b.txt · line 3: SocketID); both can be true only where a package has several nodes',
  ])
  expect(contradictionsIn({ 'a.json': ndctl(1), 'b.txt': region(1) })).toEqual([])
})

it('names the module that is elsewhere', () => {
  const [message] = contradictionsIn({ 'a.json': ndctl(1), 'b.txt': module(0) })
  expect(message).toContain('but its nmem0 is in package 0 (ipmctl · b.txt · line 1: SocketID)')
})

it('does not guess where packages have several nodes', () => {
  const numactl = [0, 1, 2, 3].map((node) => `node ${node} cpus: ${node}\n`).join('')
  const files = { 'a.json': ndctl(1), 'b.txt': region(0) }
  expect(contradictionsIn({ ...files, 'c.txt': numactl })).toEqual([])
})

it('goes by the packages of the CPUs where they are known', () => {
  const cpu = (id: number, package_: number) => ({
    [`sys/devices/system/cpu/cpu${id}/topology/physical_package_id`]: String(package_),
    [`sys/devices/system/node/node${id}/cpulist`]: String(id),
  })
  const sysfs = { ...cpu(0, 0), ...cpu(1, 0), ...cpu(2, 1), ...cpu(3, 1) }
  const files = (socket: number) => ({
    ...sysfs,
    'a.json': ndctl(1, 1),
    'b.txt': region(socket),
  })
  expect(contradictionsIn(files(0))).toEqual([])
  expect(contradictionsIn(files(1))).toHaveLength(1)
})
