import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { cedtTable, cedtWindow } from '../../shared/readers/acpi/testing/acpi-table'
import { loadTopology } from '../../shared/readers/load'
import type { OpenedTree } from '../../shared/readers/source-tree'
import type { Topology } from '../../shared/model/topology'
import { skipAloud } from '../../test/support/skip'
import { openBytes } from './open-bytes'
import { openTree } from './open-tree'
import { packTar, type TarMember } from './pack-tar'

const quiet = { report: () => undefined }
const load = (opened: OpenedTree) => loadTopology(opened, () => undefined)

const TOP = 'sosreport-host0-2026-11-25-abcdefg'

/** As `sos report` and `sos clean` leave it: copies of the kernel's files, outputs of commands, links to them at the top. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'sys/firmware/acpi/tables/CEDT': cedtTable([cedtWindow({ start: 2 ** 36, size: 2 ** 30 })]),
  'version.txt': 'sosreport: 4.8.0\n',
  'sos_commands/kernel/uname_-a':
    'Linux host0.obfuscateddomain0 5.14.0-503.el9.x86_64 #1 SMP Tue Oct 1 2024 x86_64 x86_64 x86_64 GNU/Linux\n',
  'sos_commands/host/hostname': 'host0.obfuscateddomain0\n',
  'sos_commands/numa/numactl_--hardware': `available: 2 nodes (0-1)
node 0 cpus: 0 1
node 0 size: 128000 MB
node 0 free: 90000 MB
node 1 cpus: 2 3
node 1 size: 128000 MB
node 1 free: 90000 MB
node distances:
node   0   1 
  0:  10  21 
  1:  21  10 
`,
  'sos_commands/memory/lsmem_-a_-o_RANGE_SIZE_STATE_REMOVABLE_ZONES_NODE_BLOCK': `RANGE                                  SIZE  STATE REMOVABLE  ZONES NODE BLOCK
0x0000000000000000-0x000000007fffffff    2G online       yes   None    0     0
0x0000000080000000-0x00000000ffffffff    2G online       yes Normal    1     1

Memory block size:         2G
Total online memory:       4G
Total offline memory:      0B
`,
  'sos_commands/pmem/ndctl_list_-iBDFHMNRX': `[{"dev":"ndbus0","provider":"ACPI.NFIT","dimms":[{"dev":"nmem0","id":"8089-a2-obfuscated","handle":1,"phys_id":38}],
 "regions":[{"dev":"region0","size":135291469824,"type":"pmem","numa_node":0,"iset_id":-3588039491022807294,
 "mappings":[{"dimm":"nmem0","offset":268435456,"length":135291469824,"position":0}]}]}]`,
  'sos_commands/pmem/ipmctl_show_-a_-dimm': `---DimmID=0x0001---
   Capacity=126.422 GiB
   HealthState=Healthy
   PhysicalID=0x0026
   DimmUID=8089-a2-obfuscated
   SocketID=0x0000
   DeviceLocator=CPU1_DIMM_A2
   SerialNumber=obfuscatedserial3
`,
  'sos_commands/processor/lscpu':
    'Architecture: x86_64\nCPU(s): 4\nOn-line CPU(s) list: 0-3\nSocket(s): 2\nNUMA node0 CPU(s): 0,1\nNUMA node1 CPU(s): 2,3\n',
  'sos_commands/pci/lspci_-nnvv':
    '0d:00.0 CXL [0502]: Example Device [1234:5678]\n\tSubsystem: Device [1234:0000]\n\tNUMA node: 1\n',
  'sos_commands/kernel/dmesg':
    '[    0.0] Linux version 5.14.0-503.el9.x86_64 (x@y) #1\n[    1.0] HugeTLB: can optimize 7 vmemmap pages for hugepages-2048kB\n',
  'proc/cmdline': 'BOOT_IMAGE=/vmlinuz ro\n',
  'proc/meminfo': 'MemTotal:       262144000 kB\n',
  'proc/iomem': '00001000-7fffffff : System RAM\n',
  'sys/devices/system/node/online': '0-1\n',
  'sys/devices/system/node/node0/cpulist': '0-1\n',
  'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal:       131072000 kB\n',
  'sys/devices/system/node/node0/distance': '10 21\n',
  'sys/devices/system/node/node1/cpulist': '2-3\n',
  'sys/devices/system/node/node1/meminfo': 'Node 1 MemTotal:       131072000 kB\n',
  'sys/devices/system/node/node1/distance': '21 10\n',
}
/** The first leads to an output, the others into what sos does not collect. */
const LINKS: Readonly<Record<string, string>> = {
  lscpu: 'sos_commands/processor/lscpu',
  'sys/devices/system/node/node0/memory0': '../../memory/memory0',
  'sys/devices/system/node/node1/memory1': '../../memory/memory1',
}

const members: readonly TarMember[] = [
  { name: `${TOP}/` },
  ...Object.entries(FILES).map(([path, content]) => ({ name: `${TOP}/${path}`, content })),
  ...Object.entries(LINKS).map(([path, linkTo]) => ({ name: `${TOP}/${path}`, linkTo })),
]

function run(program: string, args: readonly string[], input?: Uint8Array): Uint8Array | undefined {
  const { stdout, status } = spawnSync(program, args, {
    input,
    env: { ...process.env, LC_ALL: 'C' },
  })
  return status === 0 ? new Uint8Array(stdout) : undefined
}

const directories: string[] = []
afterAll(() => directories.forEach((path) => rmSync(path, { recursive: true })))

function unpack(): string {
  const directory = mkdtempSync(join(tmpdir(), 'folioscope-sos-'))
  directories.push(directory)
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(directory, TOP, path)), { recursive: true })
    writeFileSync(join(directory, TOP, path), content)
  }
  for (const [path, target] of Object.entries(LINKS)) {
    symlinkSync(target, join(directory, TOP, path))
  }
  return directory
}

/** What every way of opening it has to show. */
function check(topology: Topology): void {
  expect(topology.input.kind).toBe('sosreport')
  expect(topology.machine).toMatchObject({
    hostname: 'host0.obfuscateddomain0',
    kernelRelease: '5.14.0-503.el9.x86_64',
    arch: 'x86_64',
    commandLine: 'BOOT_IMAGE=/vmlinuz ro',
    memoryBytes: 262144000 * 1024,
    memoryBlockBytes: 2 ** 31,
    cpuCount: 4,
    hugetlbFreeableBytes: { 2097152: 28672 },
  })
  expect(topology.nodes).toMatchObject([
    { id: 'node0', cpuList: '0-1', memoryBytes: 131072000 * 1024, distances: { 0: 10, 1: 21 } },
    { id: 'node1', cpuList: '2-3', memoryBytes: 131072000 * 1024 },
  ])
  expect(topology.packages).toMatchObject([{ nodeIds: [0] }, { nodeIds: [1] }])
  expect(topology.memoryBlocks).toMatchObject([
    { id: 'memory0', nodeIds: [0], state: 'online' },
    { id: 'memory1', nodeIds: [1], validZones: 'Normal' },
  ])
  expect(topology.nvdimms).toMatchObject([
    { id: 'nmem0', serial: 'obfuscatedserial3', packageId: 0, dimmId: 'dimm:0x0026' },
  ])
  expect(topology.dimms).toMatchObject([{ locator: 'CPU1_DIMM_A2', nvdimmId: 'nmem0' }])
  expect(topology.regions).toMatchObject([{ id: 'region0', numaNode: 0 }])
  expect(topology.cxlMemdevs).toMatchObject([{ pciAddress: '0000:0d:00.0', numaNode: 1 }])
  expect(topology.iomem).toHaveLength(1)
  expect(topology.cxlWindows).toMatchObject([{ startAddress: 2 ** 36, sizeBytes: 2 ** 30 }])
  expect(topology.diagnostics).toEqual([])
}

describe('a sosreport, with its one top folder,', () => {
  it('as .tar.xz', async () => {
    const packed = run('xz', ['-c'], await packTar(members))
    if (packed === undefined) return skipAloud('tools', 'sosreport as .tar.xz: there is no xz')
    check(load(await openBytes('sosreport.tar.xz', packed, quiet)))
  })

  it('as .tar.gz', async () => {
    check(load(await openBytes('sosreport.tar.gz', gzipSync(await packTar(members)), quiet)))
  })

  it('as a directory, the one above it too', async () => {
    const directory = unpack()
    check(load(await openTree(join(directory, TOP), quiet)))
    check(load(await openTree(directory, quiet)))
  })
})

const COMMANDS: readonly (readonly [path: string, program: string, ...args: string[]])[] = [
  ['numa/numactl_--hardware', 'numactl', '--hardware'],
  ['memory/lsmem_-a', 'lsmem', '-a', '-o', 'RANGE,SIZE,STATE,REMOVABLE,ZONES,NODE,BLOCK'],
  ['processor/lscpu', 'lscpu'],
  ['pci/lspci_-nnvv', 'lspci', '-nnvv'],
  ['kernel/uname_-a', 'uname', '-a'],
]

it('made by the commands of this machine agrees with itself', async () => {
  const outputs = COMMANDS.flatMap(([path, program, ...args]) => {
    const output = run(program, args)
    return output === undefined ? [] : [{ name: `sos/sos_commands/${path}`, content: output }]
  })
  if (outputs.length < 2 || process.platform !== 'linux') {
    return skipAloud('tools', 'sosreport of this machine: it lacks the commands')
  }
  const proc = ['meminfo', 'zoneinfo', 'buddyinfo', 'iomem', 'vmstat', 'cmdline'].map((name) => ({
    name: `sos/proc/${name}`,
    content: readFileSync(`/proc/${name}`),
  }))
  const packed = await packTar([...outputs, ...proc])
  const topology = load(await openBytes('sos.tar', packed, quiet))
  expect(topology.input.kind).toBe('sosreport')
  expect(topology.machine.kernelRelease).toMatch(/^\d+\.\d+/)
  expect(topology.zones.some(({ freeBlocks = [] }) => freeBlocks.length > 3)).toBe(true)
  expect(topology.diagnostics.filter(({ code }) => code !== 'needs-root')).toEqual([])
})
