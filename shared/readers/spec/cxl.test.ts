import { expect, it } from 'vitest'
import { accountMemmap } from '../../memmap/account'
import { GIB, MIB } from '../../model/units'
import { loadSpec, mistakeIn } from './testing/load-spec'

const HEAD = 'folioscope-spec: 1\nnodes: [{ memory: 4GiB }, {}]\n'

/** Two host bridges, a switch below the first; mem0 to mem2 below it, mem3 and mem4 below the second. */
const TREE = `${HEAD}cxl:
  hostBridges:
    - node: 0
      memdevs: [{ ram: 4GiB, pmem: 2GiB, serial: '0xFEDCBA9876543210' }]
      switches: [{ memdevs: [{ count: 2, ram: 2GiB }] }]
    - uid: 7
      node: 1
      memdevs: [{ count: 2, ram: 4GiB, pmem: 2GiB, node: 0 }]
  windows:
    - { size: 64GiB, granularity: 1KiB, qosClass: 3 }
    - { size: 64GiB, hostBridges: [0] }
  regions:
`

const spec = (...regions: readonly string[]) =>
  TREE + regions.map((region) => `    - { ${region} }\n`).join('')

function withoutSources(object: object | undefined): object {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([key]) => key !== 'sources'))
}

it('numbers devices and ports, and knows what hangs below what', () => {
  const { cxlMemdevs, cxlPorts, cxlWindows, cxlDecoders } = loadSpec(
    spec('memdevs: [1], window: 1'),
  )
  expect(cxlPorts.map(({ id, parentPortId, depth }) => [id, parentPortId, depth])).toEqual([
    ['endpoint4', 'port1', 2],
    ['endpoint5', 'port3', 3],
    ['endpoint6', 'port3', 3],
    ['endpoint7', 'port2', 2],
    ['endpoint8', 'port2', 2],
    ['port1', 'root0', 1],
    ['port2', 'root0', 1],
    ['port3', 'port1', 2],
    ['root0', undefined, 0],
  ])
  expect(withoutSources(cxlMemdevs[0])).toEqual({
    id: 'mem0',
    ramBytes: 4 * GIB,
    pmemBytes: 2 * GIB,
    serial: '0xfedcba9876543210',
    numaNode: 0,
    endpointId: 'endpoint4',
  })
  expect(cxlMemdevs.map(({ numaNode }) => numaNode)).toEqual([0, 0, 0, 0, 0])
  expect(withoutSources(cxlWindows[0])).toMatchObject({
    startAddress: 5 * GIB,
    interleaveWays: 2,
    granularityBytes: 1024,
    targetUids: [0, 7],
    rootDecoderId: 'decoder0.0',
    qosClass: 3,
  })
  expect(cxlDecoders.map(({ id, cxlRegionId }) => [id, cxlRegionId])).toEqual([
    ['decoder0.0', undefined],
    ['decoder0.1', undefined],
    ['decoder5.0', 'cxl:region0'],
  ])
})

it('interleaves regions over devices, volatile before persistent capacity', () => {
  const topology = loadSpec(
    spec(
      'memdevs: [0, 3], size: 4GiB, mode: system-ram, targetNode: 1',
      'memdevs: [0, 4], size: 4GiB, mode: devdax',
      'memdevs: [0, 3], type: pmem, namespaces: [{ mode: fsdax, map: dev, size: 1GiB }, { mode: raw }]',
      'memdevs: [1, 2], window: 1, granularity: 4KiB',
    ),
  )
  expect(topology.diagnostics).toEqual([])
  expect(
    topology.cxlRegions.map(({ regionType, startAddress, sizeBytes, granularityBytes }) => [
      regionType,
      startAddress,
      sizeBytes,
      granularityBytes,
    ]),
  ).toEqual([
    ['ram', 5 * GIB, 4 * GIB, 1024],
    ['ram', 9 * GIB, 4 * GIB, 1024],
    ['pmem', 13 * GIB, 4 * GIB, 1024],
    ['ram', 69 * GIB, 4 * GIB, 4096],
  ])
  expect(topology.cxlRegions[1]?.targets).toEqual([
    { position: 0, decoderId: 'decoder4.1', memdevId: 'mem0' },
    { position: 1, decoderId: 'decoder8.0', memdevId: 'mem4' },
  ])
  const decoder = (id: string) => topology.cxlDecoders.find((one) => one.id === id)
  expect(decoder('decoder4.1')).toMatchObject({ dpaStart: 2 * GIB, dpaBytes: 2 * GIB })
  expect(decoder('decoder4.2')).toMatchObject({ mode: 'pmem', dpaStart: 4 * GIB })
  expect(
    topology.daxDevices.map(({ id, mode, cxlRegionId, origin }) => [id, mode, cxlRegionId, origin]),
  ).toEqual([
    ['dax0.0', 'system-ram', 'cxl:region0', 'cxl'],
    ['dax1.0', 'devdax', 'cxl:region1', 'cxl'],
  ])
  expect(withoutSources(topology.regions[0])).toMatchObject({
    id: 'region2',
    cxlRegionId: 'cxl:region2',
    availableBytes: 0,
    mappings: [
      { nvdimmId: 'nmem0', dpaStart: 4 * GIB, sizeBytes: 2 * GIB, position: 0 },
      { nvdimmId: 'nmem1', dpaStart: 4 * GIB, sizeBytes: 2 * GIB, position: 1 },
    ],
  })
  expect(topology.nvdimms.map(({ cxlMemdevId }) => cxlMemdevId)).toEqual(['mem0', 'mem3'])
  expect(topology.nodes[1]).toMatchObject({ memoryBytes: 4 * GIB, memoryKinds: ['cxl'] })
  const { totals } = accountMemmap(topology)
  expect(totals.ramBytes).toBe(((4 + 4) * GIB) / 64 + (4 * GIB) / 256)
  expect(totals.deviceBytes).toBe(GIB / 64)
})

it('prints the lines of iomem as the kernel nests them', () => {
  const { iomem } = loadSpec(
    spec(
      'memdevs: [1, 2], window: 1, mode: system-ram, targetNode: 1',
      'memdevs: [0], window: 1, type: pmem, namespaces: [{ mode: raw }]',
    ),
  )
  expect(iomem.slice(-8).map(({ name, depth }) => ' '.repeat(depth) + name)).toEqual([
    'CXL Window 0',
    'CXL Window 1',
    ' region0',
    '  dax0.0',
    '   System RAM (kmem)',
    ' Persistent Memory',
    '  region1',
    '   namespace1.0',
  ])
})

it.each<[string, string, RegExp]>([
  [
    'a device at the wrong place',
    'memdevs: [3, 0]',
    /mem3 is below host bridge 1, and position 0 of window 0 leads to host bridge 0/,
  ],
  [
    'a number of ways that no decoder has',
    'memdevs: [0, 1, 2, 3, 4]',
    /CXL does not interleave 5 ways/,
  ],
  [
    'too few devices for the window',
    'memdevs: [0]',
    /1 devices cannot be divided among the 2 host bridges/,
  ],
  ['a device twice', 'memdevs: [0, 0], window: 1', /mem0 stands twice/],
  ['a device that is not there', 'memdevs: [9], window: 1', /:15:19: there is no mem9/],
  ['a window that is not there', 'memdevs: [0], window: 2', /there is no window 2/],
  [
    'more than a device has',
    'memdevs: [0, 3], size: 16GiB',
    /needs 8 GiB of ram of mem0, and 4 GiB are left of it/,
  ],
  [
    'a device without that capacity',
    'memdevs: [1], window: 1, type: pmem',
    /needs 256 MiB of pmem of mem1, and 0 B are left/,
  ],
  ['an odd size', 'memdevs: [0, 3], size: 768MiB', /768 MiB is not a multiple of 512 MiB/],
  [
    'another granularity than the window',
    'memdevs: [0, 3], granularity: 256',
    /interleaves its host bridges by 1 KiB/,
  ],
  [
    'a granularity that no decoder has',
    'memdevs: [0], window: 1, granularity: 100',
    /CXL does not interleave by 100 B/,
  ],
  [
    'namespaces on volatile memory',
    'memdevs: [0], window: 1, namespaces: []',
    /a ram region has no namespaces/,
  ],
  [
    'a mode of persistent memory',
    'memdevs: [0], window: 1, type: pmem, mode: devdax',
    /a pmem region has no mode/,
  ],
  ['system RAM of no node', 'memdevs: [0], window: 1, mode: system-ram', /needs a targetNode/],
  [
    'movable memory of a device',
    'memdevs: [0], window: 1, mode: devdax, movable: 1GiB',
    /only system RAM has movable/,
  ],
])('refuses %s', (_name, region, mistake) => {
  expect(mistakeIn(spec(region))).toMatch(mistake)
})

it.each<[string, string, RegExp]>([
  [
    'a window with an unknown host bridge',
    'windows: [{ size: 1GiB, hostBridges: [1] }]',
    /there is no host bridge 1/,
  ],
  ['an odd capacity', 'windows: []\n  regions: []', /100 MiB is not a multiple of 256 MiB/],
])('refuses %s', (name, rest, mistake) => {
  const ram = name === 'an odd capacity' ? '100MiB' : '1GiB'
  const text = `${HEAD}cxl:\n  hostBridges: [{ memdevs: [{ ram: ${ram} }] }]\n  ${rest}\n`
  expect(mistakeIn(text)).toMatch(mistake)
})

it('refuses regions that do not fit their window, devices without end, uids twice', () => {
  const small = spec('memdevs: [0], window: 1').replace(
    '{ size: 64GiB, hostBridges: [0] }',
    '{ size: 1GiB, hostBridges: [0] }',
  )
  expect(mistakeIn(small)).toMatch(/takes 4 GiB, and 1 GiB are left of window 1/)
  expect(mistakeIn(TREE.replace('uid: 7', 'uid: 0').replace('  regions:\n', ''))).toMatch(/uid 0/)
  const many = '{ memdevs: [{ count: 32, ram: 1GiB }] }, '.repeat(5)
  expect(mistakeIn(`${HEAD}cxl:\n  hostBridges: [${many}]\n`)).toMatch(/160 CXL memory devices/)
  expect(mistakeIn(`${HEAD}cxl:\n  hostBridges: [{ memdevs: [{ count: 2 }] }]\n`)).toMatch(
    /no capacity/,
  )
  expect(
    mistakeIn(
      `${HEAD}cxl:\n  hostBridges: [{ memdevs: [{ count: 2, ram: ${256 * MIB}, serial: '0x1' }] }]\n`,
    ),
  ).toMatch(/cannot have one serial number/)
})

it('numbers regions through: PMEM, CXL, dax', () => {
  const { daxDevices } = loadSpec(`${spec('memdevs: [0], window: 1, mode: devdax')}dax:
  - { kind: hmem, mode: devdax, size: 1GiB }
`)
  expect(daxDevices.map(({ id, origin }) => [id, origin])).toEqual([
    ['dax0.0', 'cxl'],
    ['dax1.0', 'hmem'],
  ])
})
