import type { ByteView } from '../byte-view'
import { endOfStrings } from '../firmware-files'

/** One structure of the table: formatted area and the strings behind it (SMBIOS 3.9, 6.1). */
export interface SmbiosStructure {
  readonly type: number
  readonly handle: number
  /** The formatted area; offsets as in the specification. */
  readonly area: ByteView
  readonly strings: readonly string[]
  /** The table ends inside it: strings may be missing. */
  readonly isCut: boolean
}

export interface StructureTable {
  readonly structures: readonly SmbiosStructure[]
  /** What is wrong with the table, as sentences; the structures before it are good. */
  readonly problems: readonly string[]
}

/** Handles have 16 bits; a table with more structures is not one. */
const MOST_STRUCTURES = 65_536
const HEADER_BYTES = 4
const END_OF_TABLE = 127

/** Walks a structure table to its type 127, its end, or the first structure that cannot be one. */
export function readStructures(table: ByteView, expectedCount?: number): StructureTable {
  const structures: SmbiosStructure[] = []
  const problems: string[] = []
  let offset = 0
  while (offset < table.length && structures.length < MOST_STRUCTURES) {
    if (expectedCount !== undefined && structures.length >= expectedCount) break
    const type = table.u8(offset)
    const length = table.u8(offset + 1)
    const handle = table.u16(offset + 2)
    if (type === undefined || length === undefined || handle === undefined) {
      problems.push(`the table breaks off inside a structure header at offset ${offset}`)
      break
    }
    if (length < HEADER_BYTES) {
      problems.push(
        `structure ${hexHandle(handle)} of type ${type} at offset ${offset} claims ${length} bytes, fewer than its header; what follows is not read`,
      )
      break
    }
    const area = table.slice(offset, offset + length)
    const end = endOfStrings(table.bytes, offset + length)
    const isCut = area.length < length || end === undefined
    if (isCut) {
      problems.push(
        `structure ${hexHandle(handle)} of type ${type} breaks off at the end of the table`,
      )
    }
    const strings = table.slice(offset + length, end ?? table.length)
    structures.push({ type, handle, area, strings: splitStrings(strings), isCut })
    if (type === END_OF_TABLE || end === undefined) break
    offset = end
  }
  if (expectedCount !== undefined && structures.length < expectedCount && problems.length === 0) {
    problems.push(
      `the entry point counts ${expectedCount} structures, the table holds ${structures.length}`,
    )
  }
  return { structures, problems }
}

function splitStrings(area: ByteView): readonly string[] {
  const text = area.latin1(0, area.length)
  const end = text.indexOf('\0\0')
  const whole = end === -1 ? text.replace(/\0$/, '') : text.slice(0, end)
  return whole === '' ? [] : whole.split('\0')
}

/**
 * The string that a structure refers to by its number at `offset`, trimmed, a dot for each byte that is not ASCII; undefined for
 * number 0, for a blank string and where the structure is too short. A number beyond the set is told to `wrong`.
 */
export function stringAt(
  structure: SmbiosStructure,
  offset: number,
  wrong: (problem: string) => void,
): string | undefined {
  const number = structure.area.u8(offset)
  if (number === undefined || number === 0) return undefined
  const text = structure.strings[number - 1]
  if (text === undefined) {
    if (structure.isCut) return undefined
    wrong(
      `structure ${hexHandle(structure.handle)} of type ${structure.type} refers to string ${number} of ${structure.strings.length}`,
    )
    return undefined
  }
  // dmidecode shows a dot, too: both readers must say the same.
  const printable = text.replace(/[^\x20-\x7e]/g, '.').trim()
  return printable === '' ? undefined : printable
}

/** A handle as dmidecode prints it: `0x1100`. */
export function hexHandle(handle: number): string {
  return `0x${handle.toString(16).toUpperCase().padStart(4, '0')}`
}
