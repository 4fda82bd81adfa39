import { mutateBytes, overwriteNumber } from './mutate-bytes'
import type { Random } from './random'

/** Type, length, and handle: SMBIOS 3.8, section 6.1.2. */
const HEADER_BYTES = 4

/** Changes a table of SMBIOS structures: lengths, types, handles, fields, numbers of strings, order, the end. */
export function mutateSmbios(random: Random, table: Uint8Array): Uint8Array {
  if (random.chance(0.1)) return mutateBytes(random, table)
  let structures = splitStructures(table)
  const rounds = random.rounds(6)
  for (let round = 0; round < rounds && structures.length > 0; round++) {
    structures = random.pick(OPERATIONS)(random, structures)
  }
  const joined: Uint8Array = Buffer.concat(structures)
  return random.chance(0.1) ? joined.slice(0, random.below(joined.length + 1)) : joined
}

/** Cuts the table behind the two zeros that end each structure with its strings. */
export function splitStructures(table: Uint8Array): Uint8Array[] {
  const structures: Uint8Array[] = []
  let start = 0
  while (start + HEADER_BYTES <= table.length) {
    let end = start + Math.max(HEADER_BYTES, table[start + 1] ?? 0)
    while (end + 1 < table.length && (table[end] !== 0 || table[end + 1] !== 0)) end++
    structures.push(table.slice(start, end + 2))
    start = end + 2
  }
  return structures
}

type Operation = (random: Random, structures: Uint8Array[]) => Uint8Array[]

/** Types that a reader looks at (DOMAIN §9.5), the end of the table, and those of vendors. */
const TYPES = [0, 1, 2, 4, 16, 17, 18, 19, 20, 21, 37, 126, 127, 128, 221, 255]

const OPERATIONS: readonly Operation[] = [
  changeOne((random, bytes) => {
    bytes[1] = random.pick([0, 1, 3, 4, 5, 0x15, 0x1b, 0x22, 0x28, 0x5c, 0x64, 0xff])
    return bytes
  }),
  changeOne((random, bytes) => {
    bytes[0] = random.pick(TYPES)
    return bytes
  }),
  // The handle, or one that refers to another structure, becomes the handle of some structure.
  (random, structures) => {
    const other = random.pick(structures)
    return changeOne((again, bytes) => {
      const at = again.pick([2, 4, 6, again.below(bytes.length)])
      bytes.set(other.subarray(2, 4), Math.min(at, Math.max(0, bytes.length - 2)))
      return bytes
    })(random, structures)
  },
  changeOne((random, bytes) => overwriteNumber(random, bytes, random.below(bytes.length))),
  changeOne((random, bytes) => overwriteNumber(random, bytes, random.below(bytes.length))),
  // Where sizes, addresses and numbers of strings stand in types 17 and 20.
  changeOne((random, bytes) => {
    const at = random.pick([
      4, 6, 8, 0xa, 0xc, 0x10, 0x11, 0x12, 0x15, 0x17, 0x18, 0x1c, 0x28, 0x34,
    ])
    return overwriteNumber(random, bytes, Math.min(at, bytes.length - 1))
  }),
  // Strings without end, or with bytes that are no text.
  changeOne((random, bytes) => bytes.slice(0, bytes.length - random.whole(1, 2))),
  changeOne((random, bytes) => {
    bytes.fill(random.pick([0, 0xff, 0x0a, 0x41]), random.below(bytes.length))
    return bytes
  }),
  (random, structures) => structures.toSpliced(random.below(structures.length), 1),
  (random, structures) => {
    const copies = random.pick([1, 2, 500])
    const again = new Array<Uint8Array>(copies).fill(random.pick(structures))
    return structures.toSpliced(random.below(structures.length), 0, ...again)
  },
  (random, structures) => {
    const from = random.below(structures.length)
    const moved = structures.slice(from, from + 1)
    return structures.toSpliced(from, 1).toSpliced(random.below(structures.length), 0, ...moved)
  },
]

function changeOne(change: (random: Random, bytes: Uint8Array) => Uint8Array): Operation {
  return (random, structures) => {
    const at = random.below(structures.length)
    const bytes = structures[at]
    return bytes === undefined || bytes.length === 0
      ? structures
      : structures.with(at, change(random, bytes.slice()))
  }
}

/** Changes an entry point (`_SM_` or `_SM3_`) and mends its checksum, so that what stands in it is believed. */
export function mutateSmbiosEntryPoint(random: Random, entryPoint: Uint8Array): Uint8Array {
  const bytes = entryPoint.slice()
  overwriteNumber(random, bytes, random.below(bytes.length))
  if (random.chance(0.2)) return mutateBytes(random, bytes)
  const checksumAt = bytes[3] === 0x33 ? 5 : 4
  bytes[checksumAt] = 0
  bytes[checksumAt] = -bytes.reduce((sum, byte) => sum + byte, 0)
  return bytes
}
