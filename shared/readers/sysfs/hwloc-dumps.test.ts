import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sysfsReader } from './reader'

/** What dumps of other people's machines do (DOMAIN §13.10). */
const read = (files: Readonly<Record<string, string>>) => {
  const context = recordingContext()
  return { facts: sysfsReader.read(treeOf(files), context), diagnostics: context.diagnostics }
}
const NODE = 'sys/devices/system/node'
const CPU = 'sys/devices/system/cpu'

describe('CPUs of a node', () => {
  it('come from the mask where there is no list', () => {
    const { facts } = read({
      [`${NODE}/node0/cpumap`]: '00000000,0000000f',
      [`${NODE}/node1/cpumap`]: '00000000,00000000',
    })
    expect(facts.nodes?.map(({ cpuList }) => cpuList)).toEqual(['0-3', ''])
  })

  it('come from the mask where the list says something else, and that is said', () => {
    const { facts, diagnostics } = read({
      [`${NODE}/node2/cpulist`]: '4-5',
      [`${NODE}/node2/cpumap`]: '00000020',
    })
    expect(facts.nodes?.[0]?.cpuList).toBe('5')
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        code: 'contradiction',
        where: `${NODE}/node2/cpulist`,
        message: 'cpumap beside it has CPUs 5, which are used',
      },
    ])
  })
})

describe('memory blocks', () => {
  it('are known by the dangling links below nodes, one of two nodes too', () => {
    const { facts } = read({
      [`${NODE}/node0/memory7`]: '-> ../../memory/memory7',
      [`${NODE}/node10/memory7`]: '-> ../../memory/memory7',
      [`${NODE}/node2/memory8`]: '-> ../../memory/memory8',
    })
    expect(facts.memoryBlocks?.map(({ id, nodeIds, state }) => [id, nodeIds, state])).toEqual([
      ['memory7', [0, 10], undefined],
      ['memory8', [2], undefined],
    ])
  })

  it('are known by the link to the node below them', () => {
    const { facts } = read({
      'sys/devices/system/memory/block_size_bytes': '8000000',
      'sys/devices/system/memory/memory8192/state': 'offline',
      'sys/devices/system/memory/memory8192/node3': '-> ../../node/node3',
    })
    expect(facts.memoryBlocks?.[0]).toMatchObject({ state: 'offline', nodeIds: [3] })
    expect(facts.machine?.memoryBlockBytes).toBe(128 * 2 ** 20)
  })

  it('have their size inferred from the node that has most of them', () => {
    const { facts } = read({
      [`${NODE}/node0/meminfo`]: 'Node 0 MemTotal: 500000 kB',
      [`${NODE}/node0/memory0`]: '-> gone',
      [`${NODE}/node1/meminfo`]: 'Node 1 MemTotal: 1900000 kB',
      [`${NODE}/node1/memory1`]: '-> gone',
      [`${NODE}/node1/memory2`]: '-> gone',
    })
    expect(facts.machine?.memoryBlockBytes).toBe(2 ** 30)
    expect(facts.machine?.sources['memoryBlockBytes']).toMatchObject({ kind: 'derived' })
  })

  it('have no size where one is not plausible', () => {
    const { facts } = read({
      [`${NODE}/node0/meminfo`]: 'Node 0 MemTotal: 90000000000 kB',
      [`${NODE}/node0/memory0`]: '-> gone',
    })
    expect(facts.machine?.memoryBlockBytes).toBeUndefined()
  })
})

describe('packages', () => {
  it('are told by siblings where none has an id', () => {
    const { facts } = read({
      [`${CPU}/cpu0/topology/physical_package_id`]: '-1',
      [`${CPU}/cpu1/topology/physical_package_id`]: '-1',
      [`${CPU}/cpu2/topology/physical_package_id`]: '-1',
      [`${CPU}/cpu0/topology/core_siblings`]: '00000003',
      [`${CPU}/cpu1/topology/core_siblings`]: '00000003',
      [`${CPU}/cpu2/topology/core_siblings`]: '00000004',
    })
    expect(facts.packages?.map(({ id, cpuIds }) => [id, cpuIds])).toEqual([
      ['package0', [0, 1]],
      ['package1', [2]],
    ])
    expect(facts.machine?.cpuCount).toBe(3)
  })

  it('do not count a CPU that is offline', () => {
    const { facts } = read({
      [`${CPU}/cpu0/topology/core_id`]: '0',
      [`${CPU}/cpu1/topology/core_id`]: '1',
      [`${CPU}/cpu1/online`]: '0',
      [`${CPU}/cpu2/cpufreq/x`]: '',
    })
    expect(facts.machine?.cpuCount).toBe(1)
  })
})

describe('libnvdimm without /sys/bus/nd', () => {
  const region = 'sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus0/region1'

  it('finds regions, namespaces and claims whose namespace is not in the tree', () => {
    const { facts } = read({
      [`${region}/pfn1.0/namespace`]: 'namespace1.2',
      [`${region}/pfn1.0/mode`]: 'pmem',
      [`${region}/pfn1.0/size`]: '63415779328',
      [`${region}/pfn1.0/resource`]: '0x10b3c200000',
      [`${region}/pfn1.0/block/pmem1.2/size`]: '1',
      [`${region}/btt1.0/namespace`]: 'namespace1.1',
      [`${region}/btt1.0/sector_size`]: '512 [4096]',
      [`${region}/btt1.1/namespace`]: '\n',
      [`${region}/namespace1.0/mode`]: 'raw',
      [`${region}/namespace1.0/size`]: '64424509440',
    })
    expect(facts.regions?.map(({ id, busId }) => [id, busId])).toEqual([['region1', 'ndbus0']])
    expect(
      facts.namespaces?.map(({ id, mode, map, claim, device }) => [id, mode, map, claim, device]),
    ).toEqual([
      ['namespace1.0', 'raw', 'none', undefined, undefined],
      ['namespace1.1', 'sector', 'none', 'btt1.0', undefined],
      ['namespace1.2', 'fsdax', 'dev', 'pfn1.0', 'pmem1.2'],
    ])
  })
})

it('does not count to a million for each of many nodes', () => {
  const files = Array.from({ length: 3 }, (_, nodeId) => [
    `${NODE}/node${nodeId}/cpulist`,
    '0-1000000',
  ])
  const { facts, diagnostics } = read(Object.fromEntries(files) as Record<string, string>)
  expect(facts.nodes?.map(({ cpuList }) => cpuList)).toEqual([undefined, undefined, undefined])
  expect(diagnostics.map(({ code }) => code)).toEqual(Array(3).fill('malformed-value'))
})
