import type { ByteView } from '../byte-view'

/** What the entry point of SMBIOS says of the structure table (SMBIOS 3.9, 5.2). */
export interface EntryPoint {
  readonly anchor: '_SM_' | '_SM3_' | '_DMI_'
  readonly major: number
  readonly minor: number
  /** Exact length for entry point 2, the largest possible for entry point 3. */
  readonly tableBytes: number
  /** Entry point 3 does not count them. */
  readonly structureCount?: number
  /** Address of the table; in a file of `dmidecode --dump-bin` its offset in the file. */
  readonly tableAddress: bigint
  /** What is wrong with the entry point, as sentences; the table may still be good. */
  readonly problems: readonly string[]
}

const INTERMEDIATE = 0x10

/** Reads an entry point at the start of `view`; undefined where there is none, or too little of it. */
export function readEntryPoint(view: ByteView): EntryPoint | undefined {
  if (view.latin1(0, 5) === '_SM3_') return readEntryPoint3(view)
  if (view.latin1(0, 4) === '_SM_') return readEntryPoint2(view)
  return view.latin1(0, 5) === '_DMI_' ? readLegacyEntryPoint(view) : undefined
}

function readEntryPoint3(view: ByteView): EntryPoint | undefined {
  const length = view.u8(0x06)
  const tableBytes = view.u32(0x0c)
  const tableAddress = view.big64(0x10)
  if (length === undefined || tableBytes === undefined || tableAddress === undefined) {
    return undefined
  }
  return {
    anchor: '_SM3_',
    major: view.u8(0x07) ?? 0,
    minor: view.u8(0x08) ?? 0,
    tableBytes,
    tableAddress,
    problems: wrongChecksums([view.checksum(0, length), 'of the entry point']),
  }
}

function readEntryPoint2(view: ByteView): EntryPoint | undefined {
  const length = view.u8(0x05)
  const inner = readIntermediate(view, INTERMEDIATE)
  if (length === undefined || inner === undefined) return undefined
  return {
    anchor: '_SM_',
    major: view.u8(0x06) ?? 0,
    minor: view.u8(0x07) ?? 0,
    ...inner,
    problems: wrongChecksums(
      [view.checksum(0, length), 'of the entry point'],
      [view.checksum(INTERMEDIATE, INTERMEDIATE + 15), 'of its _DMI_ part'],
    ),
  }
}

function readLegacyEntryPoint(view: ByteView): EntryPoint | undefined {
  const inner = readIntermediate(view, 0)
  if (inner === undefined) return undefined
  const revision = view.u8(0x0e) ?? 0
  return {
    anchor: '_DMI_',
    major: revision >> 4,
    minor: revision & 0xf,
    ...inner,
    problems: wrongChecksums([view.checksum(0, 15), 'of the entry point']),
  }
}

function readIntermediate(view: ByteView, start: number) {
  const tableBytes = view.u16(start + 0x06)
  const tableAddress = view.u32(start + 0x08)
  const structureCount = view.u16(start + 0x0c)
  if (tableBytes === undefined || tableAddress === undefined || structureCount === undefined) {
    return undefined
  }
  return { tableBytes, tableAddress: BigInt(tableAddress), structureCount }
}

function wrongChecksums(...sums: readonly (readonly [sum: number, of: string])[]): string[] {
  return sums.flatMap(([sum, of]) => (sum === 0 ? [] : [`the checksum ${of} is wrong`]))
}
