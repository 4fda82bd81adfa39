import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { formatIdList } from '../../shared/model/id-list'
import type { NumaNode, Topology } from '../../shared/model/topology'
import { summarise } from '../../shared/summary/summary'
import type { Summary } from '../../shared/summary/types'
import {
  expectedOf,
  type ExpectedAccess,
  type ExpectedBlocks,
  type ExpectedTree,
} from '../support/hwloc-expected'
import { loadCapture } from '../support/load-summary'
import { describeWithData, testDataFolder, testDataPath } from '../support/test-data'

/**
 * Directory trees of hwloc-gather-topology against what was computed straight from their files (`sysfs` of
 * X.expected.json), and what lstopo shows of them. Who relies on it: everybody with a dump of somebody else's machine.
 */

/** Trees that somebody edited: cpulist and cpumap of a node differ. The expected files, hwloc and we count the mask. */
const CONTRADICTIONS: Readonly<Record<string, readonly string[]>> = {
  '16amd64-8n2c-cpusets': ['sys/devices/system/node/node2/cpulist'],
  nvidiagpunumanodes: [
    'sys/devices/system/node/node0/cpulist',
    'sys/devices/system/node/node8/cpulist',
  ],
}

const folder = testDataFolder()
const archives =
  folder === undefined
    ? []
    : readdirSync(`${folder}/hwloc`)
        .filter((name) => name.endsWith('.tar.bz2'))
        .map((name) => name.replace(/\.tar\.bz2$/, ''))
const ofBlocks = archives.filter((name) => name.startsWith('lsmem-'))
const ofMachines = archives.filter((name) => !name.startsWith('lsmem-'))

async function load(name: string): Promise<{ topology: Topology; summary: Summary }> {
  const { topology, account } = await loadCapture(testDataPath(`hwloc/${name}.tar.bz2`))
  return { topology, summary: summarise(topology, account) }
}

function poolsOf(pools: NumaNode['hugepagePools']): Readonly<Record<string, number>> {
  return Object.fromEntries(
    (pools ?? []).map(({ sizeBytes, total }) => [`${sizeBytes / 1024}kB`, total]),
  )
}

/** The kernel prints 0 for what the HMAT does not give; to us that is unknown. */
function measured(access: ExpectedAccess): object {
  const values = {
    readBandwidthMBs: access.read_bandwidth,
    writeBandwidthMBs: access.write_bandwidth,
    readLatencyNs: access.read_latency,
    writeLatencyNs: access.write_latency,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value > 0))
}

/** The kernel's order of nodes is that of `online`, which is ascending. */
function rowOf(node: NumaNode): readonly number[] | undefined {
  return node.distances === undefined
    ? undefined
    : Object.entries(node.distances)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, value]) => value)
}

function describeMachine(name: string): void {
  describe(name, () => {
    let topology: Topology
    let summary: Summary
    let expected: ExpectedTree['sysfs']
    let hwloc: ExpectedTree['hwloc']

    beforeAll(async () => {
      ;({ topology, summary } = await load(name))
      ;({ sysfs: expected, hwloc } = expectedOf<ExpectedTree>(name))
    })

    it('nodes: ids, memory, CPUs', () => {
      expect(topology.nodes.map((node) => [node.nodeId, node.memoryBytes])).toEqual(
        expected.nodes.map((node) => [node.id, node.mem_total_bytes]),
      )
      expect(topology.nodes.map(({ cpuList }) => cpusIn(cpuList))).toEqual(
        expected.nodes.map(({ cpus }) => cpus),
      )
      const sum = topology.nodes.reduce((total, { memoryBytes }) => total + (memoryBytes ?? 0), 0)
      expect(sum).toBe(expected.total_mem_bytes)
      // A tree without node directories has no nodes: how many lack CPUs is not known, rather than none.
      const isKnown = expected.nodes.length > 0
      expect(summary.totals.cpulessNodes).toBe(isKnown ? expected.n_cpu_less : undefined)
      expect(summary.totals.memorylessNodes).toBe(isKnown ? expected.n_memory_less : undefined)
    })

    it('memory of the machine', () => {
      expect(topology.machine.memoryBytes).toBe(
        expected.proc_meminfo_total_bytes ?? expected.total_mem_bytes,
      )
    })

    it('distances', () => {
      expect(topology.nodes.map(rowOf)).toEqual(expected.nodes.map(({ distance }) => distance))
    })

    it('memory-side caches and access classes', () => {
      expect(topology.nodes.map((node) => node.memorySideCaches)).toEqual(
        expected.nodes.map((node) =>
          node.memory_side_caches?.map(({ level, size, line_size }) => ({
            level,
            sizeBytes: size,
            lineBytes: line_size,
          })),
        ),
      )
      expect(topology.nodes.map((node) => node.accessClasses)).toEqual(
        expected.nodes.map(
          ({ access }) =>
            access &&
            Object.entries(access).map(([key, values]) => ({
              accessClass: Number(key.replace('access', '')),
              initiatorNodeIds: values.initiators,
              ...measured(values),
            })),
        ),
      )
    })

    it('hugepage pools', () => {
      expect(topology.nodes.map((node) => poolsOf(node.hugepagePools))).toEqual(
        expected.nodes.map(({ nr_hugepages = {} }) => nr_hugepages),
      )
      expect(poolsOf(topology.machine.hugepagePools)).toEqual(expected.global_hugepages)
    })

    it('memory blocks by node', () => {
      expect(topology.memoryBlocks).toHaveLength(expected.n_memory_blocks)
      expect(topology.nodes.map(({ nodeId }) => blockIdsOf(topology, nodeId))).toEqual(
        expected.nodes.map(({ memory_block_ids = '' }) => memory_block_ids),
      )
    })

    it('packages and CPUs', () => {
      const all = hwloc['2.9.0 disallowed+whole_io']
      expect(topology.packages).toHaveLength(all?.packages ?? 0)
      expect(topology.machine.cpuCount).toBe(all?.pus)
    })

    it('dax devices', () => {
      const modes: Readonly<Record<string, string>> = { device_dax: 'devdax', kmem: 'system-ram' }
      expect(
        topology.daxDevices.map((device) => ({
          name: device.id,
          size: device.sizeBytes,
          target_node: device.targetNode,
          numa_node: device.numaNode,
          resource: device.startAddress,
          align: device.alignBytes,
          driver: device.mode,
          ranges: device.ranges,
        })),
      ).toEqual(
        expected.dax_devices.map(
          ({ name, size, target_node, numa_node, resource, align, driver, mappings }) => ({
            name,
            size,
            target_node,
            numa_node,
            resource,
            align,
            driver: modes[driver],
            ranges: mappings?.map(({ start, end }) => ({ start, end: end + 1 })),
          }),
        ),
      )
    })

    it('namespaces with their claims and devices', () => {
      const ours = topology.namespaces.map((namespace) => [
        `${namespace.regionId}/${namespace.claim ?? namespace.id}`,
        namespace.usableBytes,
        namespace.uuid,
        namespace.claim === undefined ? namespace.startAddress : namespace.dataStartAddress,
        namespace.alignBytes,
        namespace.sectorBytes,
      ])
      const theirs = Object.entries(expected.nd_objects).map(([place, object]) => [
        place,
        Number(object['size']),
        object['uuid'],
        object['resource'] === undefined ? undefined : Number(object['resource']),
        object['align'] === undefined ? undefined : Number(object['align']),
        sectorOf(object['sector_size']),
      ])
      const byPlace = (a: readonly unknown[], b: readonly unknown[]) =>
        String(a[0]) < String(b[0]) ? -1 : 1
      expect(ours.sort(byPlace)).toEqual(theirs.sort(byPlace))
      const blockDevices = topology.namespaces.flatMap(({ device }) =>
        device?.startsWith('pmem') === true ? [device] : [],
      )
      expect(blockDevices.sort()).toEqual(expected.pmem_blockdevs)
    })

    it('memory modules', () => {
      expect(topology.dimms).toHaveLength(expected.dimm_slots)
      expect(
        topology.dimms
          .filter(({ sizeBytes }) => sizeBytes !== 0)
          .sort((a, b) => (a.handle ?? 0) - (b.handle ?? 0))
          .map((dimm) => ({
            handle: dimm.handle,
            size_bytes: dimm.sizeBytes,
            locator: dimm.locator,
            type: dimm.memoryType,
            speed_mts: dimm.speedMTs,
            serial: dimm.serial,
            part: dimm.partNumber,
          })),
      ).toEqual(
        expected.dimms_populated.map(
          ({ handle, size_bytes, locator, type, speed_mts, serial, part }) => ({
            handle,
            size_bytes,
            locator,
            type,
            speed_mts,
            serial,
            part,
          }),
        ),
      )
    })

    it('kernel and product', () => {
      const release = /^Linux version (\S+)/.exec(expected.kernel)?.[1]
      // The expected text is cut off after 60 characters.
      if (release !== undefined) expect(topology.machine.kernelRelease).toContain(release)
      expect(topology.machine.product).toBe(expected.dmi_product ?? undefined)
    })

    it('marks what lstopo hides, and only that', () => {
      const shown = hwloc['2.9.0 default']
      if (topology.nodes.length > 0) {
        expect(
          topology.nodes.filter((node) => node.hiddenByHwloc === undefined).map((n) => n.nodeId),
        ).toEqual(shown?.numa.map(({ os }) => os).sort((a, b) => a - b))
      }
      expect(
        topology.daxDevices
          .filter((device) => device.hiddenByHwloc === undefined)
          .map(({ id }) => id),
      ).toEqual(shown?.dax_devices)
    })

    it('reads without complaint', () => {
      expect(topology.diagnostics.map(({ where }) => where)).toEqual(CONTRADICTIONS[name] ?? [])
    })
  })
}

function cpusIn(cpuList: string | undefined): number | undefined {
  if (cpuList === undefined) return undefined
  return cpuList
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.split('-').map(Number))
    .reduce((sum, [first = 0, last = first]) => sum + last - first + 1, 0)
}

function blockIdsOf({ memoryBlocks }: Topology, nodeId: number): string {
  const own = memoryBlocks.filter(({ nodeIds }) => nodeIds?.includes(nodeId) === true)
  return formatIdList(own.map(({ blockIndex }) => blockIndex).sort((a, b) => a - b))
}

function sectorOf(text: string | undefined): number | undefined {
  const digits = /\[(\d+)\]/.exec(text ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

describeWithData('trees of hwloc-gather-topology', () => {
  it('finds them', () => {
    expect(ofMachines.length).toBeGreaterThanOrEqual(15)
  })
  ofMachines.forEach(describeMachine)
})

describeWithData('dumps of /sys/devices/system/memory', () => {
  it.each(ofBlocks)('%s', async (name) => {
    const { topology } = await load(name)
    const expected = expectedOf<ExpectedBlocks>(name)
    const blockBytes = topology.machine.memoryBlockBytes ?? 0
    const online = topology.memoryBlocks.filter(({ state }) => state === 'online')
    expect(blockBytes).toBe(expected.block_size_bytes)
    expect(topology.memoryBlocks).toHaveLength(expected.n_blocks)
    expect(online).toHaveLength(expected.online)
    expect(topology.memoryBlocks.length - online.length).toBe(expected.offline)
    expect(online.length * blockBytes).toBe(expected.online_bytes)
    expect(topology.memoryBlocks.every(({ nodeIds }) => nodeIds?.join() === '0')).toBe(true)
  })
})

describeWithData('the size of a memory block, where the tree does not tell it', () => {
  it.each([
    ['32em64t-2n8c+dax+nvme+mic+dimms', 128],
    ['32intel64-2p8co2t+8ve', 1024],
    ['40intel64-2g2n4c+pcilocality', 128],
    ['fakeheteromemtiers', 128],
    ['memorysidecaches', 1024],
    ['nvidia-dgx-gb10', 128],
  ])('%s: %i MiB', async (name, mebibytes) => {
    const { topology } = await load(name)
    expect(topology.machine.memoryBlockBytes).toBe(mebibytes * 2 ** 20)
    expect(topology.machine.sources['memoryBlockBytes']?.kind).toBe('derived')
  })
})

describeWithData('namespaces of which the tree holds only the claim', () => {
  const GIB = 2 ** 30
  /** INDEX.md of the data names these as oracles. */
  it.each([
    ['32em64t-2n8c+dax+nvme+mic+dimms', 'namespace0.1', 0x31e0000000, 102 * GIB],
    ['32em64t-2n8c+dax+nvme+mic+dimms', 'namespace1.4', 0x12900000000, 516 * GIB],
    ['fakeheteromemtiers', 'namespace5.0', 0x1e0000000, GIB / 2],
  ])('%s: %s', async (name, id, startAddress, rawBytes) => {
    const { topology } = await load(name)
    const namespace = topology.namespaces.find((item) => item.id === id)
    expect(namespace).toMatchObject({ startAddress, rawBytes })
    expect(namespace?.sources['rawBytes']?.kind).toBe('derived')
  })
})

describeWithData('memorysidecaches, which has the links of a third of its memory blocks', () => {
  it('has its struct pages from the totals', async () => {
    const { summary } = await load('memorysidecaches')
    const ratio = (summary.memmap?.fullBytes ?? 0) / (summary.totals.memoryBytes ?? NaN)
    expect(ratio).toBeCloseTo(1 / 64, 4)
    expect(summary.memmap?.certainty).toBe('estimated')
  })
})
