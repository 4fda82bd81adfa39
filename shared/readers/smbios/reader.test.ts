import { describe, expect, it } from 'vitest'
import { GIB, KIB, MIB, TIB } from '../../model/units'
import type { Facts } from '../facts'
import { asFile } from '../testing/byte-builder'
import { recordingContext, treeOf } from '../testing/tree-of'
import { smbiosReader } from './reader'
import {
  dumpFile,
  endOfTable,
  entryPoint2,
  entryPoint3,
  memoryDevice,
  structure,
  type Field,
} from './testing/smbios-table'

const TABLE = 'sys/firmware/dmi/tables/DMI'
const ENTRY = 'sys/firmware/dmi/tables/smbios_entry_point'

function read(files: Readonly<Record<string, readonly number[] | Uint8Array>>): Facts & {
  readonly problems: readonly string[]
} {
  const tree = treeOf(
    Object.fromEntries(
      Object.entries(files).map(([path, bytes]) => [path, asFile(Uint8Array.from(bytes))]),
    ),
  )
  const context = recordingContext()
  expect(smbiosReader.sniff(tree)).toBe(true)
  const facts = smbiosReader.read(tree, context)
  return { ...facts, problems: context.diagnostics.map(({ message }) => message) }
}

function moduleWith(...fields: readonly Field[]) {
  const { dimms, problems } = read({ [TABLE]: [...memoryDevice(0x1100, fields), ...endOfTable] })
  expect(problems).toEqual([])
  return dimms?.[0]
}

describe('a memory device of SMBIOS 3.3', () => {
  it('gives every field, each with the offset where it was read', () => {
    const { sources, ...fields } = moduleWith() ?? {}
    expect(fields).toEqual({
      id: 'dimm:0x1100',
      handle: 0x1100,
      arrayId: 'memory-array:0x1000',
      totalWidthBits: 72,
      dataWidthBits: 64,
      sizeBytes: 16 * GIB,
      formFactor: 'DIMM',
      locator: 'DIMM_A1',
      bank: 'BANK 0',
      memoryType: 'DDR5',
      speedMTs: 4800,
      manufacturer: 'Maker',
      serial: '0BADCAFE',
      assetTag: 'Tag',
      partNumber: 'PART-1',
      rank: 2,
      configuredSpeedMTs: 4400,
      configuredMillivolts: 1100,
      technology: 'DRAM',
      firmwareVersion: 'FW 1',
      volatileBytes: 16 * GIB,
      nonVolatileBytes: 0,
      cacheBytes: 0,
    })
    expect(sources?.['sizeBytes']).toEqual({
      kind: 'read',
      reader: 'smbios',
      path: TABLE,
      key: 'type 17 0x1100 0Ch',
    })
    expect(Object.keys(sources ?? {}).sort()).toEqual(
      Object.keys(fields)
        .filter((key) => key !== 'id')
        .sort(),
    )
  })

  it('reads each way to write a size', () => {
    const sizeOf = (size: number, extended = 0) =>
      moduleWith([0x0c, 2, size], [0x1c, 4, extended])?.sizeBytes
    expect(sizeOf(512)).toBe(512 * MIB)
    expect(sizeOf(0x8000 | 512)).toBe(512 * KIB)
    expect(sizeOf(0x7fff, 2 * 1024 * 1024)).toBe(2 * TIB)
    // Bit 31 is reserved.
    expect(sizeOf(0x7fff, 0x8000_8000)).toBe(32 * GIB)
    expect(sizeOf(0xffff)).toBeUndefined()
    expect(sizeOf(0)).toBe(0)
  })

  it('tells 64-bit sizes exactly, and leaves out those that say "unknown"', () => {
    const optane = moduleWith(
      [0x12, 1, 0x1f],
      [0x28, 1, 7],
      [0x34, 8, 126n << 30n],
      [0x3c, 8, 0xffff_ffff_ffff_ffffn],
      [0x44, 8, 3n << 40n],
    )
    expect(optane).toMatchObject({
      memoryType: 'Logical non-volatile device',
      technology: 'Intel Optane persistent memory',
      nonVolatileBytes: 126 * GIB,
      cacheBytes: 3 * TIB,
    })
    expect(optane).not.toHaveProperty('volatileBytes')
    expect(moduleWith([0x3c, 8, 0])).not.toHaveProperty('nonVolatileBytes')
  })

  it('takes the extended speeds of 3.3 where the old fields are full', () => {
    expect(
      moduleWith([0x15, 2, 0xffff], [0x54, 4, 70_000], [0x20, 2, 0xffff], [0x58, 4, 68_000]),
    ).toMatchObject({ speedMTs: 70_000, configuredSpeedMTs: 68_000 })
  })

  it('leaves out what is 0 or all ones', () => {
    const module = moduleWith(
      [0x08, 2, 0xffff],
      [0x0a, 2, 0],
      [0x12, 1, 2],
      [0x15, 2, 0],
      [0x1b, 1, 0xf0],
      [0x26, 2, 0],
      [0x10, 1, 0],
    )
    for (const key of [
      'totalWidthBits',
      'dataWidthBits',
      'memoryType',
      'speedMTs',
      'rank',
      'configuredMillivolts',
      'locator',
    ]) {
      expect(module).not.toHaveProperty(key)
    }
  })

  it('keeps only the place of an empty slot', () => {
    const { sources: _, ...slot } = moduleWith([0x0c, 2, 0]) ?? {}
    expect(slot).toEqual({
      id: 'dimm:0x1100',
      handle: 0x1100,
      arrayId: 'memory-array:0x1000',
      sizeBytes: 0,
      formFactor: 'DIMM',
      locator: 'DIMM_A1',
      bank: 'BANK 0',
    })
  })
})

describe('arrays and address ranges', () => {
  const array = structure({
    type: 16,
    handle: 0x1000,
    length: 23,
    fields: [
      [0x04, 1, 3],
      [0x05, 1, 3],
      [0x06, 1, 6],
      [0x07, 4, 0x8000_0000],
      [0x0d, 2, 8],
      [0x0f, 8, 6n << 40n],
    ],
  })
  const deviceRange = (...fields: readonly Field[]) =>
    structure({ type: 20, handle: 0x1400, length: 35, fields: [[0x0c, 2, 0x1100], ...fields] })

  it('reads the capacity and the range of an array', () => {
    const range = structure({
      type: 19,
      handle: 0x1300,
      length: 31,
      fields: [
        [0x04, 4, 0xffff_ffff],
        [0x08, 4, 0xffff_ffff],
        [0x0c, 2, 0x1000],
        [0x0f, 8, 4n << 40n],
        [0x17, 8, (5n << 40n) - 1n],
      ],
    })
    expect(read({ [TABLE]: [...array, ...range] }).memoryArrays).toMatchObject([
      {
        id: 'memory-array:0x1000',
        handle: 0x1000,
        location: 'System Board Or Motherboard',
        use: 'System Memory',
        errorCorrection: 'Multi-bit ECC',
        maximumBytes: 6 * TIB,
        slotCount: 8,
        ranges: [{ start: 4 * TIB, end: 5 * TIB }],
      },
    ])
  })

  it('counts the end of a range in KiB, inclusive, and drops an interleave that says nothing', () => {
    const device = memoryDevice(0x1100)
    const rangesOf = (...fields: readonly Field[]) =>
      read({ [TABLE]: [...device, ...deviceRange(...fields)] }).dimms?.[0]?.ranges
    expect(rangesOf([0x04, 4, 0], [0x08, 4, 0x3f_ffff], [0x11, 1, 2], [0x12, 1, 4])).toEqual([
      { start: 0, end: 4 * GIB, interleavePosition: 2, interleaveDepth: 4 },
    ])
    expect(rangesOf([0x04, 4, 1024], [0x08, 4, 2047], [0x11, 1, 0xff], [0x12, 1, 0])).toEqual([
      { start: MIB, end: 2 * MIB },
    ])
  })

  it('says so where a range ends before it begins', () => {
    const { dimms, problems } = read({
      [TABLE]: [...memoryDevice(0x1100), ...deviceRange([0x04, 4, 9], [0x08, 4, 5])],
    })
    expect(dimms?.[0]).not.toHaveProperty('ranges')
    expect(problems).toEqual(['structure 0x1400 of type 20 gives no range of addresses'])
  })
})

describe('where the table is', () => {
  const table = [
    ...structure({ type: 1, handle: 1, length: 27, fields: [[5, 1, 2]], strings: ['a', 'Box 9 '] }),
    ...memoryDevice(0x1100),
    ...endOfTable,
  ]

  it('reads the files of sysfs with both kinds of entry point', () => {
    for (const entry of [entryPoint2(table, 3), entryPoint3(0xffff)]) {
      const { machine, dimms, problems } = read({ [TABLE]: table, [ENTRY]: entry })
      expect(machine?.product).toBe('Box 9')
      expect(dimms).toHaveLength(1)
      expect(problems).toEqual([])
    }
  })

  it('reads loose files: a dump with its entry point, or the table alone', () => {
    for (const file of [
      dumpFile(entryPoint2(table, 3), table),
      dumpFile(entryPoint3(table.length), table),
      Uint8Array.from(table),
    ]) {
      const { dimms, problems } = read({ 'some.file': file })
      expect(dimms?.[0]?.sources['handle']).toMatchObject({ path: 'some.file' })
      expect(problems).toEqual([])
    }
  })

  it('reads single entries, and only where the whole table is missing', () => {
    const entry = 'sys/firmware/dmi/entries/17-0/raw'
    expect(read({ [entry]: memoryDevice(0x77) }).dimms?.map(({ id }) => id)).toEqual([
      'dimm:0x0077',
    ])
    const both = read({ [entry]: memoryDevice(0x77), [TABLE]: table })
    expect(both.dimms?.map(({ id }) => id)).toEqual(['dimm:0x1100'])
  })

  it('refuses an entry point without its table', () => {
    const tree = treeOf({ smbios_entry_point: asFile(Uint8Array.from(entryPoint3(99, 0xf0000))) })
    expect(() => smbiosReader.read(tree, recordingContext())).toThrow(
      'smbios_entry_point: this is the entry point of SMBIOS 3.5 alone, without the table at 0xf0000; ' +
        'give the file DMI beside it, too, or the output of dmidecode --dump-bin',
    )
  })
})

describe('a damaged table', () => {
  const device = memoryDevice(0x1100)

  it('keeps the structures before one that claims fewer bytes than its header', () => {
    const { dimms, problems } = read({ [TABLE]: [...device, 17, 0, 1, 17, 0, 0, ...device] })
    expect(dimms).toHaveLength(1)
    expect(problems).toEqual([
      `structure 0x1101 of type 17 at offset ${device.length} claims 0 bytes, fewer than its header; what follows is not read`,
    ])
  })

  it('keeps what a structure holds that breaks off in its area, its strings, or its header', () => {
    const cut = (bytes: number) => read({ [TABLE]: [...device, ...device.slice(0, bytes)] })
    expect(cut(40).problems).toEqual([
      'structure 0x1100 of type 17 breaks off at the end of the table',
    ])
    expect(cut(95).problems).toContain(
      'structure 0x1100 of type 17 breaks off at the end of the table',
    )
    expect(cut(3).problems).toEqual([
      `the table breaks off inside a structure header at offset ${device.length}`,
    ])
    for (const bytes of [3, 40, 95]) expect(cut(bytes).dimms).toHaveLength(1)
  })

  it('says so where a string is missing, and does not flood', () => {
    expect(read({ [TABLE]: memoryDevice(0x1100, [], ['only one']) }).problems[0]).toBe(
      'structure 0x1100 of type 17 refers to string 2 of 1',
    )
    const many = Array.from({ length: 50 }, (_, index) => memoryDevice(index, [], ['only']))
    const { dimms, problems } = read({ [TABLE]: many.flat() })
    expect(dimms).toHaveLength(50)
    expect(problems).toHaveLength(9)
    expect(problems.at(-1)).toBe('292 more faults of this table')
  })

  it('says so where a checksum, a length or a count is wrong, and reads on', () => {
    const entry = [...entryPoint2(device, 9)]
    entry[4] = (entry[4] ?? 0) ^ 1
    const { dimms, problems } = read({ [TABLE]: device.slice(0, -9), [ENTRY]: entry })
    expect(dimms).toHaveLength(1)
    expect(problems).toContain('the checksum of the entry point is wrong')
    expect(problems).toContain(
      `the entry point promises ${device.length} bytes, there are ${device.length - 9}`,
    )
    expect(read({ [TABLE]: device, [ENTRY]: entryPoint2(device, 9) }).problems).toEqual([
      'the entry point counts 9 structures, the table holds 1',
    ])
  })

  it('takes the first of two structures with one handle', () => {
    const other = memoryDevice(0x1100, [[0x0c, 2, 1]])
    expect(read({ [TABLE]: [...device, ...other] }).dimms).toMatchObject([{ sizeBytes: 16 * GIB }])
  })
})
