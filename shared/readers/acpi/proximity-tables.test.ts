import { describe, expect, it } from 'vitest'
import { GIB, MIB } from '../../model/units'
import {
  acpiTable,
  hmatAttributes,
  hmatCache,
  hmatMatrix,
  hmatTable,
  slitTable,
  sratTable,
} from './testing/acpi-table'
import { FOLDER, plain, table } from './testing/read-tables'

describe('SRAT', () => {
  it('gives the enabled ranges with domain and flags, also two that begin at one address', () => {
    const { firmwareRanges, problems } = table(
      sratTable([
        { domain: 0, start: 0, size: 0xa0000 },
        { domain: 1, start: 4 * GIB, size: 2 * GIB, flags: 5 },
        { domain: 300, start: 4 * GIB, size: 60 * GIB, flags: 3 },
        { domain: 7, start: 0, size: 0, flags: 0 },
        { domain: 7, start: 8 * GIB, size: GIB, flags: 0 },
      ]),
    )
    expect(problems).toEqual([])
    expect(plain(firmwareRanges)).toEqual([
      {
        id: 'srat:0x0-0xa0000',
        table: 'SRAT',
        startAddress: 0,
        sizeBytes: 0xa0000,
        proximityDomain: 0,
        isHotpluggable: false,
        isNonVolatile: false,
      },
      {
        id: 'srat:0x100000000-0x180000000',
        table: 'SRAT',
        startAddress: 4 * GIB,
        sizeBytes: 2 * GIB,
        proximityDomain: 1,
        isHotpluggable: false,
        isNonVolatile: true,
      },
      {
        id: 'srat:0x100000000-0x1000000000',
        table: 'SRAT',
        startAddress: 4 * GIB,
        sizeBytes: 60 * GIB,
        proximityDomain: 300,
        isHotpluggable: true,
        isNonVolatile: false,
      },
    ])
  })

  it('takes one byte for the domain in revision 1', () => {
    const [range] =
      table(sratTable([{ domain: 0x1203, start: 0, size: 4096 }], 1)).firmwareRanges ?? []
    expect(range?.proximityDomain).toBe(3)
  })

  it('says so where one range has two domains, or lies beyond all memory', () => {
    const { firmwareRanges, problems } = table(
      sratTable([
        { domain: 0, start: 0, size: MIB },
        { domain: 1, start: 0, size: MIB },
        { domain: 1, start: 2 ** 52, size: MIB },
      ]),
    )
    expect(firmwareRanges).toHaveLength(1)
    expect(problems).toEqual([
      'srat:0x0-0x100000 is given to domain 0 and to 1',
      'a memory range lies beyond all physical memory',
    ])
  })
})

describe('SLIT', () => {
  it('is a matrix of proximity domains', () => {
    const { distanceMatrices, proximity } = table(
      slitTable([
        [10, 21],
        [22, 10],
      ]),
    )
    expect(plain(distanceMatrices)).toEqual([
      {
        id: 'matrix:SLIT',
        name: 'SLIT',
        measures: 'latency',
        members: ['proximity domain 0', 'proximity domain 1'],
        values: [10, 21, 22, 10],
      },
    ])
    expect(proximity?.distances).toMatchObject({ size: 2, values: [10, 21, 22, 10] })
  })

  it('is left out where it claims more than it has', () => {
    const cut = acpiTable('SLIT', [3, 0, 0, 0, 0, 0, 0, 0, 10, 20])
    const huge = acpiTable('SLIT', [0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 10])
    expect(table(cut)).toMatchObject({
      problems: ['3 localities need 53 bytes, there are 46; the distances are left out'],
    })
    expect(table(huge)).toMatchObject({
      problems: ['1099511627775 localities cannot be; the distances are left out'],
    })
    expect(table(huge).distanceMatrices).toBeUndefined()
  })
})

describe('HMAT', () => {
  const latency = hmatMatrix({
    dataType: 0,
    base: 1000,
    initiators: [0],
    targets: [0, 2],
    entries: [80, 0xffff],
  })
  const bandwidth = hmatMatrix({
    dataType: 4,
    base: 1024,
    initiators: [0],
    targets: [0, 2],
    entries: [50, 20],
  })

  it('gives ns and MB/s as the kernel computes them; 0 where there is no path', () => {
    const { distanceMatrices, proximity, problems } = table(
      hmatTable([hmatAttributes(0, 2), latency, bandwidth]),
    )
    expect(problems).toEqual([])
    expect(plain(distanceMatrices)).toEqual([
      {
        id: 'matrix:HMAT access latency (ns)',
        name: 'HMAT access latency (ns)',
        measures: 'latency',
        members: ['proximity domain 0'],
        columns: ['proximity domain 0', 'proximity domain 2'],
        values: [80, 0],
      },
      {
        id: 'matrix:HMAT read bandwidth (MB/s)',
        name: 'HMAT read bandwidth (MB/s)',
        measures: 'bandwidth',
        members: ['proximity domain 0'],
        columns: ['proximity domain 0', 'proximity domain 2'],
        values: [51200, 20480],
      },
    ])
    expect(proximity?.initiators).toEqual([{ memoryDomain: 2, initiatorDomain: 0 }])
    expect(proximity?.access.map(({ measures }) => measures)).toEqual([
      ['readLatencyNs', 'writeLatencyNs'],
      ['readBandwidthMBs'],
    ])
  })

  it('divides by ten in revision 1, and rounds up', () => {
    const matrix = {
      dataType: 1,
      base: 1,
      initiators: [0],
      targets: [0, 1, 2],
      entries: [101, 9, 10],
    }
    const first = table(hmatTable([hmatMatrix(matrix)], { revision: 1 }))
    expect(first.distanceMatrices?.[0]?.values).toEqual([11, 0, 1])
    expect(table(hmatTable([hmatMatrix(matrix)])).distanceMatrices?.[0]?.values).toEqual([1, 1, 1])
  })

  it('keeps what a cache costs apart from memory', () => {
    const cache = hmatMatrix({
      dataType: 1,
      hierarchy: 1,
      base: 1000,
      initiators: [0],
      targets: [0],
      entries: [5],
    })
    const { distanceMatrices, proximity } = table(hmatTable([cache]))
    expect(distanceMatrices?.[0]?.name).toBe(
      'HMAT read latency of the level 1 memory-side cache (ns)',
    )
    expect(proximity?.access).toEqual([])
  })

  it('gives memory-side caches, but not where a structure says that there is none', () => {
    const { proximity } = table(
      hmatTable([
        hmatCache(3, { level: 1, sizeBytes: 16 * GIB, lineBytes: 64 }),
        hmatCache(4, { level: 0, sizeBytes: 0, lineBytes: 0 }),
      ]),
    )
    expect(proximity?.caches).toEqual([
      {
        domain: 3,
        cache: { level: 1, sizeBytes: 16 * GIB, lineBytes: 64 },
        path: `${FOLDER}/TABLE`,
      },
    ])
  })

  it('leaves out a matrix that does not fit, and keeps the rest', () => {
    const broken = [...bandwidth]
    broken[12] = 0xff
    const { distanceMatrices, problems } = table(hmatTable([broken, latency]))
    expect(distanceMatrices).toHaveLength(1)
    expect(problems).toEqual([
      'a matrix of 255 initiators and 2 targets does not fit its 48 bytes; it is left out',
    ])
  })
})
