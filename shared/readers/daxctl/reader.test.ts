import { describe, expect, it } from 'vitest'
import { readText, withoutSources } from '../testing/read-text'
import { treeOf } from '../testing/tree-of'
import { daxctlReader } from './reader'

const read = (value: unknown) => readText(daxctlReader, JSON.stringify(value)).facts

const CXL_PATH = '/platform/ACPI0017:00/root0/decoder0.0/region2/dax_region2'

describe('daxctl', () => {
  it('reads regions with devices, blocks and ranges, and what the path names', () => {
    const { facts } = readText(
      daxctlReader,
      `[ { "path":"\\/platform\\/ACPI0017:00\\/root0\\/decoder0.0\\/region2\\/dax_region2", "id":2, "size":268435456, "align":2097152,
  "devices":[ { "chardev":"dax2.0", "size":268435456, "target_node":1, "align":2097152, "mode":"system-ram", "online_memblocks":2, "total_memblocks":2, "movable":true,
    "mappings":[ { "page_offset":32768, "start":"0x498000000", "end":"0x49fffffff", "size":134217728 }, { "page_offset":0, "start":19595788288, "end":19730006015, "size":134217728 } ] } ] } ]
reconfigured 1 device
`,
    )
    expect(withoutSources(facts.daxDevices)).toEqual([
      {
        id: 'dax2.0',
        origin: 'cxl',
        cxlRegionId: 'cxl:region2',
        mode: 'system-ram',
        sizeBytes: 268435456,
        alignBytes: 2097152,
        targetNode: 1,
        onlineBlocks: 2,
        totalBlocks: 2,
        isMovable: true,
        startAddress: 0x490000000,
        ranges: [
          { start: 0x490000000, end: 0x498000000 },
          { start: 0x498000000, end: 0x4a0000000 },
        ],
      },
    ])
    expect(withoutSources(facts.cxlRegions)).toEqual([
      {
        id: 'cxl:region2',
        regionName: 'region2',
        regionType: 'ram',
        rootDecoderId: 'decoder0.0',
        sizeBytes: 268435456,
      },
    ])
    expect(facts.regions).toBeUndefined()
  })

  it.each([
    ['/platform/hmem.0', 'hmem', undefined],
    [
      '/LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus0/region1/dax1.0',
      'pmem',
      { id: 'region1', busId: 'ndbus0' },
    ],
    ['/platform/ACPI0017:00/root0/nvdimm-bridge0/ndbus1/region0/dax0.0', 'pmem', { id: 'region0' }],
    [CXL_PATH, 'cxl', undefined],
  ])('knows from %s that the origin is %s', (path, origin, region) => {
    const { daxDevices, regions } = read([
      { path, id: 1, size: 4096, devices: [{ chardev: 'dax1.0', size: 4096 }] },
    ])
    expect(daxDevices?.[0]?.origin).toBe(origin)
    expect(regions?.[0]).toEqual(region && expect.objectContaining(region))
  })

  it('reads devices without a region, alone or in an array, for people or not', () => {
    const [device] = read({ chardev: 'dax0.1', size: '15.63 GiB (16.78 GB)' }).daxDevices ?? []
    expect(device).toMatchObject({ id: 'dax0.1', sizeBytes: 16777216000 })
    expect(device?.sources['sizeBytes']).toHaveProperty('roundedTo')
    expect(
      read([
        { chardev: 'dax0.0', size: 1 },
        { chardev: 'dax0.1', size: 1 },
      ]).daxDevices,
    ).toHaveLength(2)
  })

  it('does not insist on devdax, which older versions call every device', () => {
    const modes = [
      { mode: 'devdax' },
      { mode: 'famfs' },
      { mode: 'system-ram' },
      { mode: 'devdax', state: 'disabled' },
      {},
    ].map((fields) => read({ chardev: 'dax0.0', size: 1, ...fields }).daxDevices?.[0])
    expect(modes.map((device) => device?.mode)).toEqual([
      'devdax',
      'fsdev',
      'system-ram',
      'disabled',
      undefined,
    ])
    expect(modes.map((device) => device?.sources['mode']?.kind)).toEqual([
      'derived',
      'read',
      'read',
      'read',
      undefined,
    ])
  })

  it('leaves out a range that ends before it begins', () => {
    const { facts, diagnostics } = readText(
      daxctlReader,
      '{"chardev":"dax0.0","size":1,"mappings":[{"start":8192,"end":4095},{"start":true}]}',
    )
    expect(withoutSources(facts.daxDevices)).toEqual([{ id: 'dax0.0', sizeBytes: 1 }])
    expect(diagnostics).toHaveLength(2)
  })

  it('refuses what breaks off', () => {
    expect(() => readText(daxctlReader, '[\n  {\n    "chardev":"dax0.0",\n    "size":1')).toThrow(
      'paste.txt:4:12: not well-formed JSON: it breaks off: } ] missing',
    )
  })

  it.each([
    '{"chardev":"dax0.0"}',
    '{"chardev":"video0","size":1}',
    '{"path":"/a/b","id":1,"size":2}',
  ])('does not recognise %s', (text) => {
    expect(daxctlReader.sniff(treeOf({ 'daxctl-list.json': text }))).toBe(false)
  })
})
