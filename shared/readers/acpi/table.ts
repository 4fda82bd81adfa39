import type { ByteView } from '../byte-view'

/** An ACPI table whose header has been read (ACPI 6.5, 5.2.6). */
export interface AcpiTable {
  readonly signature: string
  readonly revision: number
  /** Header included: offsets are those of the specification. Not longer than the table says that it is. */
  readonly view: ByteView
  readonly path: string
}

/** Tells what is wrong with a table, as a sentence. */
export type Wrong = (problem: string) => void

const HEADER_BYTES = 36

/** Reads the header; undefined where there is too little of it. A wrong checksum or length is told, and the table read. */
export function readTable(view: ByteView, path: string, wrong: Wrong): AcpiTable | undefined {
  const length = view.u32(4)
  if (view.length < HEADER_BYTES || length === undefined || length < HEADER_BYTES) {
    wrong('this is no complete ACPI table')
    return undefined
  }
  if (length > view.length) {
    wrong(`the table breaks off: it claims ${length} bytes, there are ${view.length}`)
  } else if (view.checksum(0, length) !== 0) {
    wrong('the checksum is wrong')
  }
  return {
    signature: view.latin1(0, 4),
    revision: view.u8(8) ?? 0,
    view: view.slice(0, length),
    path,
  }
}

/** One structure of a table: its type, and its bytes from its own header on. */
export interface Subtable {
  readonly type: number
  readonly view: ByteView
}

/** How the headers of a table's structures are laid out. */
export interface SubtableLayout {
  /** Offset of the first one. */
  readonly start: number
  readonly typeBytes: 1 | 2
  readonly lengthOffset: number
  readonly lengthBytes: 1 | 2 | 4
}

const WIDTHS = { 1: 'u8', 2: 'u16', 4: 'u32' } as const

/** The structures of a table, up to the first that claims no bytes; one that the table cuts is given as far as it goes. */
export function subtablesOf(
  { view }: AcpiTable,
  layout: SubtableLayout,
  wrong: Wrong,
): readonly Subtable[] {
  const least = layout.lengthOffset + layout.lengthBytes
  const subtables: Subtable[] = []
  let offset = layout.start
  while (offset < view.length) {
    const type = view[WIDTHS[layout.typeBytes]](offset)
    const length = view[WIDTHS[layout.lengthBytes]](offset + layout.lengthOffset)
    if (type === undefined || length === undefined) {
      wrong(`the table breaks off inside a structure header at offset ${offset}`)
      break
    }
    if (length < least) {
      wrong(
        `the structure of type ${type} at offset ${offset} claims ${length} bytes, fewer than its header; what follows is not read`,
      )
      break
    }
    if (offset + length > view.length) {
      wrong(`the structure of type ${type} at offset ${offset} breaks off at the end of the table`)
    }
    subtables.push({ type, view: view.slice(offset, offset + length) })
    offset += length
  }
  return subtables
}
