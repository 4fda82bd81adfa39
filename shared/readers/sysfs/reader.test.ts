import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sysfsReader } from './reader'

const read = (files: Readonly<Record<string, string>>) => {
  const context = recordingContext()
  return { facts: sysfsReader.read(treeOf(files), context), diagnostics: context.diagnostics }
}
const NODE = 'sys/devices/system/node'

describe('nodes', () => {
  it('maps distances by the online list, not by index', () => {
    const { facts } = read({
      [`${NODE}/online`]: '0,2',
      [`${NODE}/node0/distance`]: '10 31',
      [`${NODE}/node2/distance`]: '31 10',
      [`${NODE}/node2/cpulist`]: '\n',
    })
    expect(facts.nodes?.map(({ distances }) => distances)).toEqual([
      { 0: 10, 2: 31 },
      { 0: 31, 2: 10 },
    ])
    expect(facts.nodes?.map(({ cpuList }) => cpuList)).toEqual([undefined, ''])
  })

  it('leaves out a distance row of the wrong length and says so', () => {
    const { facts, diagnostics } = read({
      [`${NODE}/online`]: '0-1',
      [`${NODE}/node0/distance`]: '10',
      [`${NODE}/node1/distance`]: '21 10',
    })
    expect(facts.nodes?.[0]?.distances).toBeUndefined()
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        code: 'malformed-value',
        where: `${NODE}/node0/distance`,
        message: '"10" is not 2 distances, one for each online node; this fact is left out',
      },
    ])
  })

  it('keeps where each fact came from', () => {
    const { facts } = read({ [`${NODE}/node0/meminfo`]: 'Node 0 MemTotal:        1951960 kB' })
    expect(facts.nodes?.[0]?.memoryBytes).toBe(1951960 * 1024)
    expect(facts.nodes?.[0]?.sources['memoryBytes']).toEqual({
      kind: 'read',
      reader: 'sysfs',
      path: `${NODE}/node0/meminfo`,
      key: 'MemTotal',
    })
  })
})

describe('namespaces', () => {
  const bus = 'sys/devices/platform/x/ndbus0'
  const region = `${bus}/region0`
  const devices = 'sys/bus/nd/devices'

  it('follows the claim for mode, map, sizes and device', () => {
    const { facts } = read({
      [`${devices}/namespace0.0`]: `-> ${region}/namespace0.0`,
      [`${devices}/dax0.0`]: `-> ${region}/dax0.0`,
      [`${region}/namespace0.0/mode`]: 'dax',
      [`${region}/namespace0.0/size`]: '1073741824',
      [`${region}/namespace0.0/holder`]: 'dax0.0',
      [`${region}/namespace0.0/resource`]: '0x440000000',
      [`${region}/dax0.0/mode`]: 'ram',
      [`${region}/dax0.0/size`]: '1071644672',
      [`${region}/dax0.0/resource`]: '0x440200000',
      [`${region}/dax0.0/align`]: '2097152',
      [`${region}/dax0.0/uevent`]: 'DEVTYPE=nd_dax',
      [`${region}/dax0.0/driver`]: '-> bus/nd/drivers/dax_pmem',
      [`${region}/dax0.0/dax0.3/size`]: '1071644672',
    })
    expect(facts.namespaces?.[0]).toMatchObject({
      id: 'namespace0.0',
      regionId: 'region0',
      mode: 'devdax',
      map: 'mem',
      rawBytes: 1073741824,
      usableBytes: 1071644672,
      dataStartAddress: 0x440200000,
      state: 'active',
      device: 'dax0.3',
      claim: 'dax0.0',
    })
  })

  it('takes an unclaimed "memory" namespace for legacy fsdax: usable is raw, struct pages in RAM', () => {
    const { facts } = read({
      [`${devices}/namespace0.0`]: `-> ${region}/namespace0.0`,
      [`${region}/namespace0.0/mode`]: 'memory',
      [`${region}/namespace0.0/size`]: '4294967296',
      [`${region}/namespace0.0/holder`]: '',
    })
    expect(facts.namespaces?.[0]).toMatchObject({
      mode: 'fsdax',
      map: 'mem',
      rawBytes: 4294967296,
      usableBytes: 4294967296,
    })
  })

  it('leaves out the empty seed namespace and tells an empty bus from a missing one', () => {
    const { facts } = read({
      [`${devices}/namespace0.9`]: `-> ${region}/namespace0.9`,
      [`${region}/namespace0.9/size`]: '0',
    })
    expect(facts.namespaces).toEqual([])
    expect(read({ 'sys/bus/dax/uevent': '' }).facts.namespaces).toBeUndefined()
  })

  it('does not take an attribute that could not be read for 0', () => {
    const { facts, diagnostics } = read({
      [`${devices}/namespace0.0`]: `-> ${region}/namespace0.0`,
      [`${region}/namespace0.0/size`]: '99999999999999999999',
      [`${region}/namespace0.0/mode`]: 'raw',
    })
    expect(facts.namespaces?.[0]?.rawBytes).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toContain('malformed-value')
  })
})

it('takes the mode of a dax device from its driver', () => {
  const device = 'sys/devices/platform/hmem.0/dax1.0'
  const { facts } = read({
    'sys/bus/dax/devices/dax1.0': `-> ${device}`,
    [`${device}/driver`]: '-> ../../bus/dax/drivers/kmem',
    [`${device}/state`]: 'offline',
    [`${device}/target_node`]: '-1',
    [`${device}/mapping0/start`]: '0x1000000000',
    [`${device}/mapping0/end`]: '0x1fffffffff',
  })
  expect(facts.daxDevices?.[0]).toMatchObject({
    mode: 'system-ram',
    origin: 'hmem',
    ranges: [{ start: 0x1000000000, end: 0x2000000000 }],
  })
  expect(facts.daxDevices?.[0]?.targetNode).toBeUndefined()
})
