import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openBytes } from '../../host/open/open-bytes'
import { openTree } from '../../host/open/open-tree'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import type { OpenedTree } from '../../shared/readers/source-tree'
import { describeWithTool, disassembled } from '../support/firmware-tools'
import { describeWithData, testDataFolder, testDataPath } from '../support/test-data'
import { treeHiding, treeWithout } from '../support/tree-without'

/**
 * What ACPI says of the captured machines, against iasl, which reads the same bytes, and the kernel's own sysfs.
 * Who relies on it: everybody who looks for a cache, a window or a proximity domain.
 */
const TABLES = 'sys/firmware/acpi/tables'
const NODES = 'sys/devices/system/node'
const quiet = () => undefined

const folder = testDataFolder()
const captures =
  folder === undefined
    ? []
    : readdirSync(join(folder, 'kernel')).filter((file) => file.endsWith('.folioscope'))

function open(capture: string): Promise<OpenedTree> {
  return openTree(testDataPath(`kernel/${capture}`), { report: quiet })
}

/** Without the page flags: they are most of a capture, and say nothing here. */
function load(opened: OpenedTree, tree = opened.tree): Topology {
  return loadTopology({ ...opened, tree: treeWithout(tree, 'proc/kpageflags') }, quiet)
}

describeWithTool('iasl', () => {
  type Structure = ReadonlyMap<string, readonly string[]>
  const hex = (structure: Structure, label: string, index = 0) =>
    Number(`0x${structure.get(label)?.[index] ?? ''}`)
  const typed = (structures: readonly Structure[], word: string) =>
    structures.filter((structure) =>
      ['Subtable Type', 'Structure Type'].some((label) =>
        structure.get(label)?.[0]?.includes(word),
      ),
    )
  /** A table of a capture as iasl and as we read it; undefined where the capture has no such table. */
  async function both(opened: OpenedTree, signature: string) {
    const bytes = opened.tree.bytes(`${TABLES}/${signature}`)
    if (bytes === undefined) return undefined
    const loose = await openBytes(`${signature}.dat`, bytes, { report: quiet })
    return { structures: disassembled(bytes), topology: load(loose) }
  }
  const seen: Record<string, number> = { SRAT: 0, SLIT: 0, HMAT: 0, NFIT: 0 }

  type Both = NonNullable<Awaited<ReturnType<typeof both>>>
  const compare = { SRAT: compareSrat, SLIT: compareSlit, NFIT: compareNfit, HMAT: compareHmat }
  it.each(captures)('%s: every table', async (name) => {
    const opened = await open(name)
    for (const [signature, compareTable] of Object.entries(compare)) {
      const tables = await both(opened, signature)
      if (tables === undefined) continue
      seen[signature] = (seen[signature] ?? 0) + 1
      compareTable(tables)
    }
  })

  function compareSrat(tables: Both): void {
    const expected = typed(tables.structures, 'Memory Affinity')
      .filter((structure) => structure.get('Enabled')?.[0] === '1')
      .map((structure) => [
        hex(structure, 'Base Address'),
        hex(structure, 'Address Length'),
        hex(structure, 'Proximity Domain'),
        structure.get('Hot Pluggable')?.[0] === '1',
        structure.get('Non-Volatile')?.[0] === '1',
      ])
    const found = tables.topology.firmwareRanges.map((range) => [
      range.startAddress,
      range.sizeBytes,
      range.proximityDomain,
      range.isHotpluggable,
      range.isNonVolatile,
    ])
    expect(expected.length).toBeGreaterThan(0)
    expect(sorted(found)).toEqual(sorted(expected))
  }

  function compareSlit(tables: Both): void {
    const [header] = tables.structures
    const rows = [...(header ?? new Map<string, readonly string[]>())]
      .filter(([label]) => /^Locality\s+\d+$/.test(label))
      .map(([, [row]]) => row?.split(' ').map((digits) => parseInt(digits, 16)))
    expect(rows.length).toBeGreaterThan(1)
    expect(tables.topology.distanceMatrices.map(({ values }) => values)).toEqual([rows.flat()])
  }

  function compareNfit(tables: Both): void {
    const ranges = typed(tables.structures, 'System Physical Address Range')
    const maps = typed(tables.structures, 'Memory Range Map')
    expect(
      sorted(
        tables.topology.regions.map(({ startAddress, sizeBytes, mappings }) => [
          startAddress,
          sizeBytes,
          mappings?.map((mapping) => [mapping.nvdimmId, mapping.dpaStart, mapping.sizeBytes]),
        ]),
      ),
    ).toEqual(
      sorted(
        ranges.map((range) => [
          hex(range, 'Address Range Base'),
          hex(range, 'Address Range Length'),
          maps
            .filter((map) => hex(map, 'Range Index') === hex(range, 'Range Index'))
            .map((map) => [
              `nvdimm:0x${map.get('Device Handle')?.[0]?.slice(-4)}`,
              hex(map, 'Address Region Base'),
              hex(map, 'Region Size'),
            ]),
        ]),
      ),
    )
    expect(tables.topology.firmwareRanges.map((range) => range.proximityDomain).sort()).toEqual(
      ranges.map((range) => hex(range, 'Proximity Domain')).sort(),
    )
  }

  function compareHmat(tables: Both): void {
    const matrices = typed(tables.structures, 'System Locality')
    const found = tables.topology.distanceMatrices.map(({ measures, values }) => [measures, values])
    const expected = matrices.map((matrix) => {
      const isLatency = hex(matrix, 'Data Type') < 3
      const unit = hex(matrix, 'Entry Base Unit') / (isLatency ? 1000 : 1)
      const entries = (matrix.get('Entry') ?? []).map((_, at) => hex(matrix, 'Entry', at) * unit)
      return [isLatency ? 'latency' : 'bandwidth', entries]
    })
    expect(expected.length).toBeGreaterThan(0)
    expect(sorted(found)).toEqual(sorted(expected))
    const caches = typed(tables.structures, 'Memory Side Cache')
    const told = tables.topology.diagnostics.filter(({ code }) => code === 'unplaced-cache')
    expect(told.map(({ message }) => Number(/domain (\d+)/.exec(message)?.[1]))).toEqual(
      caches.map((cache) => hex(cache, 'Memory Proximity Domain')),
    )
  }

  it('found each kind of table in some capture', () => {
    expect(seen).toEqual({ SRAT: 22, SLIT: 5, HMAT: 1, NFIT: 6 })
  })
})

function sorted(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}

describeWithData('ACPI of the captures', () => {
  const FACTS = ['distances', 'memorySideCaches', 'accessClasses'] as const
  const isFact = (path: string) =>
    /^sys\/devices\/system\/node\/node\d+\/(distance|memory_side_cache|access\d)(\/|$)/.test(path)

  it.each(captures)('%s: nodes get from SLIT and HMAT what sysfs says of them', async (name) => {
    const opened = await open(name)
    const known = load(opened)
    const derived = load(opened, treeHiding(treeWithout(opened.tree, 'cmd'), isFact))
    const hasTable = (signature: string) => opened.tree.kind(`${TABLES}/${signature}`) === 'file'
    for (const node of derived.nodes) {
      if (node.proximityDomain === undefined) continue
      const same = known.nodes.find(({ id }) => id === node.id)
      if (hasTable('SLIT')) expect(same?.distances).toMatchObject(node.distances ?? { none: 0 })
      if (hasTable('HMAT')) {
        for (const fact of FACTS) expect([fact, node[fact]]).toEqual([fact, same?.[fact]])
      }
    }
  })

  it('hmat-k612: every node is a domain, with its cache, its distances and its access classes', async () => {
    const opened = await open('hmat-k612.folioscope')
    const { nodes } = load(opened, treeHiding(treeWithout(opened.tree, 'cmd'), isFact))
    expect(nodes.map(({ proximityDomain }) => proximityDomain)).toEqual([0, 1, 2, 3])
    expect(nodes.map(({ memorySideCaches }) => memorySideCaches)).toEqual([
      [{ level: 1, sizeBytes: 16 * 1024 ** 2, lineBytes: 64 }],
      undefined,
      [{ level: 1, sizeBytes: 64 * 1024 ** 2, lineBytes: 256 }],
      undefined,
    ])
    for (const { nodeId, distances, accessClasses } of nodes) {
      const row = opened.tree.text(`${NODES}/node${nodeId}/distance`)?.split(/\s+/).map(Number)
      expect(Object.values(distances ?? {})).toEqual(row)
      expect(accessClasses?.map(({ accessClass }) => accessClass)).toEqual([0, 1])
    }
  })

  it('twosocket-k61: PMEM domains cross over to the nodes that the regions name', async () => {
    const { regions, firmwareRanges } = load(await open('twosocket-k61.folioscope'))
    const crossed = regions.map(({ startAddress, targetNode }) => [
      targetNode,
      firmwareRanges.find((range) => range.table === 'NFIT' && range.startAddress === startAddress)
        ?.proximityDomain,
    ])
    // DOMAIN §13.7: the logical node is not the proximity domain.
    expect(crossed).toEqual([
      [2, 3],
      [3, 2],
    ])
  })

  it.each(captures)('%s: windows of CEDT are the root decoders of the kernel', async (name) => {
    const opened = await open(name)
    if (opened.tree.kind(`${TABLES}/CEDT`) !== 'file') return
    const topology = load(opened)
    const iomem = (opened.tree.text('proc/iomem') ?? '').split('\n').flatMap((line) => {
      const [, start, end, index] = /^\s*(\w+)-(\w+) : CXL Window (\d+)$/.exec(line) ?? []
      return index === undefined
        ? []
        : [[Number(index), Number(`0x${start}`), Number(`0x${end}`) + 1]]
    })
    expect(iomem.length).toBeGreaterThan(0)
    expect(
      topology.cxlWindows.map(({ windowIndex, startAddress = 0, sizeBytes = 0 }) => [
        windowIndex,
        startAddress,
        startAddress + sizeBytes,
      ]),
    ).toEqual(iomem)
    for (const window of topology.cxlWindows) {
      const decoder = `sys/bus/cxl/devices/${window.rootDecoderId}`
      const file = (name: string) => opened.tree.text(`${decoder}/${name}`)
      expect(window.sources['restrictions']).toMatchObject({ reader: 'acpi' })
      expect(String(window.interleaveWays)).toBe(file('interleave_ways'))
      expect(String(window.granularityBytes)).toBe(file('interleave_granularity'))
      expect(window.targetUids?.join(',')).toBe(file('target_list'))
      expect(String(window.qosClass)).toBe(file('qos_class'))
      expect(window.restrictions).toEqual(['type2', 'type3', 'volatile', 'persistent'])
    }
  })
})
