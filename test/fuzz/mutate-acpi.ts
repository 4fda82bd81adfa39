import { mutateBytes, overwriteNumber } from './mutate-bytes'
import type { Random } from './random'

/** ACPI 6.5, table 5.4: signature, length, revision, checksum, names and revisions. */
const HEADER_BYTES = 36
const LENGTH_AT = 4
const CHECKSUM_AT = 9

interface Layout {
  /** Where the first subtable stands. */
  readonly first: number
  /** Width of a subtable's type, and place and width of its length, in bytes. */
  readonly typeBytes: number
  readonly lengthAt: number
  readonly lengthBytes: number
}

/** Tables that consist of subtables: ACPI 6.5 §5.2.16, §5.2.25, §5.2.27, §5.2.12; CXL 3.1 §9.18.1. */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  SRAT: { first: 48, typeBytes: 1, lengthAt: 1, lengthBytes: 1 },
  HMAT: { first: 40, typeBytes: 2, lengthAt: 4, lengthBytes: 4 },
  NFIT: { first: 40, typeBytes: 2, lengthAt: 2, lengthBytes: 2 },
  CEDT: { first: 36, typeBytes: 1, lengthAt: 2, lengthBytes: 2 },
  APIC: { first: 44, typeBytes: 1, lengthAt: 1, lengthBytes: 1 },
}

/** Changes an ACPI table: its length, the types, lengths, fields and order of its subtables. Mostly the checksum is mended. */
export function mutateAcpi(random: Random, table: Uint8Array): Uint8Array {
  const signature = Buffer.from(table.subarray(0, 4)).toString('latin1')
  const layout = LAYOUTS[signature]
  let bytes =
    random.chance(0.1) || layout === undefined
      ? changeFields(random, table)
      : changeSubtables(random, table, layout)
  if (random.chance(0.1)) bytes = bytes.slice(0, random.below(bytes.length + 1))
  if (random.chance(0.8)) writeLength(bytes)
  if (random.chance(0.1)) overwriteNumber(random, bytes, random.below(HEADER_BYTES))
  if (random.chance(0.9)) mendChecksum(bytes)
  return bytes
}

function changeFields(random: Random, table: Uint8Array): Uint8Array {
  if (random.chance(0.3)) return mutateBytes(random, table)
  const bytes = table.slice()
  for (let count = random.whole(1, 5); count > 0; count--) {
    overwriteNumber(random, bytes, random.below(bytes.length))
  }
  return bytes
}

function changeSubtables(random: Random, table: Uint8Array, layout: Layout): Uint8Array {
  let subtables = splitSubtables(table, layout)
  const rounds = random.rounds(6)
  for (let round = 0; round < rounds && subtables.length > 0; round++) {
    subtables = random.pick(OPERATIONS)(random, subtables, layout)
  }
  return Buffer.concat([table.subarray(0, layout.first), ...subtables])
}

function splitSubtables(table: Uint8Array, layout: Layout): Uint8Array[] {
  const subtables: Uint8Array[] = []
  let start = layout.first
  while (start + layout.lengthAt + layout.lengthBytes <= table.length) {
    const length = Buffer.from(table).readUIntLE(start + layout.lengthAt, layout.lengthBytes)
    if (length === 0) break
    subtables.push(table.slice(start, start + length))
    start += length
  }
  return subtables
}

type Operation = (random: Random, subtables: Uint8Array[], layout: Layout) => Uint8Array[]

const OPERATIONS: readonly Operation[] = [
  changeOne((random, bytes, { lengthAt, lengthBytes }) => {
    const length = random.pick([
      0,
      1,
      2,
      3,
      4,
      8,
      0xff,
      bytes.length - 1,
      bytes.length + 1,
      2 ** 31,
    ])
    for (let index = 0; index < lengthBytes; index++) {
      bytes[lengthAt + index] = Math.floor(length / 256 ** index)
    }
    return bytes
  }),
  changeOne((random, bytes) => {
    bytes[0] = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, random.below(256)])
    return bytes
  }),
  changeOne((random, bytes) => overwriteNumber(random, bytes, random.below(bytes.length))),
  changeOne((random, bytes) => overwriteNumber(random, bytes, random.below(bytes.length))),
  changeOne((random, bytes) => overwriteNumber(random, bytes, random.below(bytes.length))),
  changeOne((random, bytes) => bytes.slice(0, random.below(bytes.length))),
  (random, subtables) => subtables.toSpliced(random.below(subtables.length), 1),
  (random, subtables) => {
    const copies = random.pick([1, 2, 1000])
    const again = new Array<Uint8Array>(copies).fill(random.pick(subtables))
    return subtables.toSpliced(random.below(subtables.length), 0, ...again)
  },
]

function changeOne(
  change: (random: Random, bytes: Uint8Array, layout: Layout) => Uint8Array,
): Operation {
  return (random, subtables, layout) => {
    const at = random.below(subtables.length)
    const bytes = subtables[at]
    return bytes === undefined || bytes.length === 0
      ? subtables
      : subtables.with(at, change(random, bytes.slice(), layout))
  }
}

function writeLength(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) return
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(LENGTH_AT, bytes.length, true)
}

/** All bytes of a table add up to 0 (ACPI 6.5, §5.2.6). */
function mendChecksum(bytes: Uint8Array): void {
  if (bytes.length <= CHECKSUM_AT) return
  bytes[CHECKSUM_AT] = 0
  bytes[CHECKSUM_AT] = -bytes.reduce((sum, byte) => sum + byte, 0)
}
