import { describe, expect, it } from 'vitest'
import { GIB, TIB } from '../../model/units'
import {
  cedtTable,
  cedtWindow,
  nfitControl,
  nfitMapping,
  nfitRange,
  nfitTable,
} from './testing/acpi-table'
import { plain, table } from './testing/read-tables'

describe('NFIT', () => {
  const interleaved = nfitTable([
    nfitRange({ index: 1, domain: 4, start: TIB, size: 256 * GIB }),
    nfitMapping({
      handle: 0x1011,
      physicalId: 0x26,
      rangeIndex: 1,
      controlIndex: 1,
      size: 128 * GIB,
      regionOffset: 4096,
      dpaStart: 0x10000000,
    }),
    nfitMapping({
      handle: 0x1001,
      physicalId: 0x20,
      rangeIndex: 1,
      controlIndex: 2,
      size: 128 * GIB,
      dpaStart: 0x10000000,
    }),
    nfitControl({ index: 1, vendor: 0x8980, device: 0x4151, serial: 0x1b0a0000 }),
    nfitControl({
      index: 2,
      vendor: 0x8980,
      device: 0x4151,
      serial: 0x1c0a0000,
      made: [0xa2, 0x3918],
    }),
  ])

  it('gives the NVDIMMs as the kernel names them', () => {
    expect(plain(table(interleaved).nvdimms)).toEqual([
      {
        id: 'nvdimm:0x1011',
        handle: 0x1011,
        physicalId: 0x26,
        vendor: '0x8089',
        device: '0x5141',
        serial: '0x00000a1b',
        uniqueId: '8089-00000a1b',
      },
      {
        id: 'nvdimm:0x1001',
        handle: 0x1001,
        physicalId: 0x20,
        vendor: '0x8089',
        device: '0x5141',
        serial: '0x00000a1c',
        uniqueId: '8089-a2-1839-00000a1c',
      },
    ])
  })

  it('gives ranges and the regions that become of them, positions by offset', () => {
    const { firmwareRanges, regions } = table(interleaved)
    expect(plain(firmwareRanges)).toEqual([
      {
        id: 'nfit:0x10000000000-0x14000000000',
        table: 'NFIT',
        startAddress: TIB,
        sizeBytes: 256 * GIB,
        proximityDomain: 4,
        purpose: 'persistent memory',
        isNonVolatile: true,
      },
    ])
    expect(plain(regions)).toEqual([
      {
        id: 'nfit-region:0x10000000000',
        regionType: 'pmem',
        sizeBytes: 256 * GIB,
        startAddress: TIB,
        mappings: [
          { nvdimmId: 'nvdimm:0x1011', dpaStart: 0x10000000, sizeBytes: 128 * GIB, position: 1 },
          { nvdimmId: 'nvdimm:0x1001', dpaStart: 0x10000000, sizeBytes: 128 * GIB, position: 0 },
        ],
      },
    ])
  })

  it('makes no region of other ranges, and knows no purpose of an unknown GUID', () => {
    const range = { start: GIB, size: GIB }
    const { firmwareRanges, regions } = table(
      nfitTable([
        nfitRange({ index: 1, guid: 'f601f792b4135d40910b299367e8234c', ...range }),
        nfitRange({ index: 2, guid: '00'.repeat(16), start: 2 * GIB, size: GIB }),
        nfitRange({
          index: 3,
          guid: '4f940573dafde344b16c3f22d252e5d0',
          start: 3 * GIB,
          size: GIB,
        }),
      ]),
    )
    expect(firmwareRanges?.map(({ purpose }) => purpose)).toEqual([
      'control region',
      undefined,
      'volatile memory',
    ])
    expect(regions?.map(({ regionType }) => regionType)).toEqual(['volatile'])
  })
})

describe('CEDT', () => {
  it('gives windows in the order of the table', () => {
    const { cxlWindows, problems } = table(
      cedtTable([
        [0, 0, 32, 0, ...Array.from({ length: 28 }, () => 0)],
        cedtWindow({
          start: 64 * GIB,
          size: 16 * GIB,
          encodedWays: 1,
          encodedGranularity: 2,
          restrictions: 0x26,
          qosClass: 5,
          targets: [7, 9],
        }),
        cedtWindow({
          start: 128 * GIB,
          size: GIB,
          encodedWays: 8,
          arithmetic: 1,
          targets: [1, 2, 3],
        }),
      ]),
    )
    expect(problems).toEqual([])
    expect(plain(cxlWindows)).toEqual([
      {
        id: 'cxl-window0',
        windowIndex: 0,
        startAddress: 64 * GIB,
        sizeBytes: 16 * GIB,
        interleaveWays: 2,
        granularityBytes: 1024,
        interleaveArithmetic: 'modulo',
        targetUids: [7, 9],
        restrictions: ['type3', 'volatile', 'back-invalidate'],
        qosClass: 5,
      },
      {
        id: 'cxl-window1',
        windowIndex: 1,
        startAddress: 128 * GIB,
        sizeBytes: GIB,
        interleaveWays: 3,
        granularityBytes: 256,
        interleaveArithmetic: 'xor',
        targetUids: [1, 2, 3],
        restrictions: [],
        qosClass: 0,
      },
    ])
  })

  it('leaves out ways, granularity and targets that it does not know', () => {
    const { cxlWindows, problems } = table(
      cedtTable([
        cedtWindow({ start: 0, size: GIB, encodedWays: 6, encodedGranularity: 7 }),
        cedtWindow({ start: GIB, size: GIB, encodedWays: 2, targets: [1] }),
      ]),
    )
    expect(problems).toEqual(['CXL window 0 has an unknown number of interleave ways'])
    expect(cxlWindows?.[0]).not.toHaveProperty('interleaveWays')
    expect(cxlWindows?.[0]).not.toHaveProperty('granularityBytes')
    expect(cxlWindows?.[1]).toMatchObject({ interleaveWays: 4 })
    expect(cxlWindows?.[1]).not.toHaveProperty('targetUids')
  })
})
