import type { SourceTree } from './source-tree'
import { ByteView } from './byte-view'

/** A table of firmware outside /sys: a loose file, or one of a folder of dumps. */
export interface FirmwareFile {
  readonly path: string
  readonly kind: FirmwareKind
}

export type FirmwareKind = 'smbios-entry-point' | 'smbios-table' | 'acpi-table'

/** Firmware writes tables of a few hundred KiB at most; what is larger is something else. */
export const MOST_TABLE_BYTES = 16 * 1024 ** 2
/** A folder of a stranger may hold anything. */
const MOST_FILES = 512
const HEAD_BYTES = 64
/** `_SM_` and `_SM3_` (SMBIOS 3.9, 5.2), and `_DMI_`, which some dumps begin with. */
const ENTRY_POINT = /^_(SM|SM3|DMI)_/
/** ACPI 6.5, 5.2.6: signature, length, revision, checksum, OEM id; letters and digits only. */
const ACPI_SIGNATURE = /^[A-Z0-9]{4}$/
const ACPI_HEADER_BYTES = 36

/** Tells by the bytes alone whether a file is a table that firmware wrote; undefined where it is anything else. */
export function firmwareKind(bytes: Uint8Array): FirmwareKind | undefined {
  const view = new ByteView(bytes)
  if (ENTRY_POINT.test(view.latin1(0, 5))) return 'smbios-entry-point'
  if (isAcpiTable(view)) return 'acpi-table'
  return isStructureTable(view) ? 'smbios-table' : undefined
}

/** The length must be believable and the checksum right: four letters alone would be any text. */
function isAcpiTable(view: ByteView): boolean {
  const length = view.u32(4)
  if (!ACPI_SIGNATURE.test(view.latin1(0, 4)) || length === undefined) return false
  if (length < ACPI_HEADER_BYTES || length > MOST_TABLE_BYTES) return false
  // A cut table cannot prove its checksum; binary bytes in the header tell it from text.
  if (length > view.length) return view.length >= ACPI_HEADER_BYTES && view.u8(7) === 0
  return view.checksum(0, length) === 0 || (length === view.length && view.u8(7) === 0)
}

/**
 * A structure table without entry point (/sys/firmware/dmi/tables/DMI copied alone) has no signature: it counts as one
 * when structures follow each other from its first byte to a type 127 or to its very end.
 */
function isStructureTable(view: ByteView): boolean {
  let offset = 0
  for (let count = 0; count < 65_536; count++) {
    if (offset === view.length) return count > 0
    const type = view.u8(offset)
    const length = view.u8(offset + 1)
    if (type === undefined || length === undefined || length < 4) return false
    if (count === 0 && (type > 42 || length < 8)) return false
    const end = endOfStrings(view.bytes, offset + length)
    if (end === undefined) return false
    if (type === 127) return count > 0
    offset = end
  }
  return false
}

/** Index behind the two zero bytes that end a structure's strings; undefined where the table ends before. */
export function endOfStrings(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0, from); at !== -1; at = bytes.indexOf(0, at + 1)) {
    if (bytes[at + 1] === 0) return at + 2
  }
  return undefined
}

const known = new WeakMap<SourceTree, readonly FirmwareFile[]>()

/** Firmware tables among the files at the top of an input (a loose file is the only one there) and in `cmd/`. */
export function firmwareFilesOf(tree: SourceTree): readonly FirmwareFile[] {
  const cached = known.get(tree)
  if (cached !== undefined) return cached
  const paths = [...tree.list(''), ...tree.list('cmd').map((name) => `cmd/${name}`)]
  const files: FirmwareFile[] = []
  for (const path of paths.slice(0, MOST_FILES)) {
    if (tree.kind(path) !== 'file' || (tree.sizeBytes(path) ?? 0) > MOST_TABLE_BYTES) continue
    if (!mayBeBinary(firstPiece(tree, path))) continue
    const bytes = tree.bytes(path)
    const kind = bytes === undefined ? undefined : firmwareKind(bytes)
    if (kind !== undefined) files.push({ path, kind })
  }
  known.set(tree, files)
  return files
}

/** Every firmware table has a zero byte early on; texts have none, and are not read a second time. */
function mayBeBinary(head: Uint8Array): boolean {
  return head.subarray(0, HEAD_BYTES).includes(0)
}

function firstPiece(tree: SourceTree, path: string): Uint8Array {
  for (const piece of tree.pieces(path, HEAD_BYTES)) return piece
  return new Uint8Array()
}
