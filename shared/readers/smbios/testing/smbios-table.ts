import { bytesOf, charactersOf, sealed } from '../../testing/byte-builder'

/** A field of a structure: where it is, how wide it is, and what it holds. */
export type Field = readonly [offset: number, length: number, value: number | bigint]

export interface StructureParts {
  readonly type: number
  readonly handle: number
  /** Length of the formatted area, the four header bytes included. */
  readonly length: number
  readonly fields?: readonly Field[]
  readonly strings?: readonly string[]
}

/** One structure with its strings, as SMBIOS 3.9, 6.1 lays it out. */
export function structure(parts: StructureParts): readonly number[] {
  const area: number[] = Array.from({ length: parts.length }, () => 0)
  const all: readonly Field[] = [
    [0, 1, parts.type],
    [1, 1, parts.length],
    [2, 2, parts.handle],
    ...(parts.fields ?? []),
  ]
  for (const [offset, length, value] of all) {
    bytesOf(value, length).forEach((byte, index) => (area[offset + index] = byte))
  }
  const strings = (parts.strings ?? []).flatMap((text) => [...charactersOf(text), 0])
  return [...area, ...(strings.length === 0 ? [0, 0] : [...strings, 0])]
}

export const endOfTable = structure({ type: 127, handle: 0x7f00, length: 4 })

/** Entry point 2 (`_SM_`) for a table of that many bytes and structures. */
export function entryPoint2(
  table: readonly number[],
  structureCount: number,
  address = 32,
): readonly number[] {
  const inner = [
    ...charactersOf('_DMI_'),
    0,
    ...bytesOf(table.length, 2),
    ...bytesOf(address, 4),
    ...bytesOf(structureCount, 2),
    0x28,
  ]
  const outer = [
    ...charactersOf('_SM_'),
    0,
    0x1f,
    2,
    8,
    ...bytesOf(0xff, 2),
    0,
    0,
    0,
    0,
    0,
    0,
    ...sealed(inner, { checksumAt: 5 }),
  ]
  return sealed(outer, { checksumAt: 4, end: 0x1f })
}

/** Entry point 3 (`_SM3_`) for a table of at most that many bytes. */
export function entryPoint3(tableBytes: number, address = 32): readonly number[] {
  const bytes = [
    ...charactersOf('_SM3_'),
    0,
    0x18,
    3,
    5,
    0,
    1,
    0,
    ...bytesOf(tableBytes, 4),
    ...bytesOf(address, 8),
  ]
  return sealed(bytes, { checksumAt: 5 })
}

/** A file as `dmidecode --dump-bin` writes it: the entry point, and the table from byte 32 on. */
export function dumpFile(entryPoint: readonly number[], table: readonly number[]): Uint8Array {
  const gap = Array.from({ length: 32 - entryPoint.length }, () => 0)
  return Uint8Array.from([...entryPoint, ...gap, ...table])
}

/** A type-17 structure of SMBIOS 3.3 (92 bytes) with the strings that modules have, and fields that replace the default. */
export function memoryDevice(
  handle: number,
  fields: readonly Field[] = [],
  strings: readonly string[] = ['DIMM_A1', 'BANK 0', 'Maker', '0BADCAFE', 'Tag', 'PART-1', 'FW 1'],
): readonly number[] {
  return structure({
    type: 17,
    handle,
    length: 92,
    fields: [
      [0x04, 2, 0x1000],
      [0x08, 2, 72],
      [0x0a, 2, 64],
      [0x0c, 2, 0x4000],
      [0x0e, 1, 9],
      [0x10, 1, 1],
      [0x11, 1, 2],
      [0x12, 1, 0x22],
      [0x15, 2, 4800],
      [0x17, 4, 0x06050403],
      [0x1b, 1, 2],
      [0x20, 2, 4400],
      [0x26, 2, 1100],
      [0x28, 1, 3],
      [0x2b, 1, 7],
      [0x3c, 8, 16n << 30n],
      ...fields,
    ],
    strings,
  })
}
