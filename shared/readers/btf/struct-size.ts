/** include/uapi/linux/btf.h */
const MAGIC = 0xeb9f
const HEADER_BYTES = 24
const TYPE_BYTES = 12
const KIND_STRUCT = 4

/**
 * Bytes that follow a type, by its kind: fixed ones, and ones for each of its members. Kinds 2, 7 to 12, 16 and 18 have
 * none. Types are not indexed, so a kind that is not known ends the reading.
 */
const FIXED: Readonly<Record<number, number>> = { 1: 4, 3: 12, 14: 4, 17: 4 }
const EACH_MEMBER: Readonly<Record<number, number>> = { 4: 12, 5: 12, 6: 8, 13: 8, 15: 12, 19: 12 }
const LAST_KIND = 19

/**
 * The size in bytes of a structure, from the type information that a kernel carries of itself.
 * @param name such as `page`; the first structure of that name counts
 * @returns undefined when there is no such structure, or the bytes are not BTF
 */
export function structSize(bytes: Uint8Array, name: string): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // The magic is written in the machine's own byte order; s390 is big-endian.
  const isLittle = view.getUint16(0, true) === MAGIC
  if (!isLittle && view.getUint16(0, false) !== MAGIC) return undefined
  const word = (at: number) => view.getUint32(at, isLittle)
  const headerBytes = word(4)
  const typesStart = headerBytes + word(8)
  const typesEnd = Math.min(typesStart + word(12), bytes.length)
  const stringsStart = headerBytes + word(16)
  const stringsEnd = Math.min(stringsStart + word(20), bytes.length)
  const wanted = Uint8Array.from(`${name}\0`, (letter) => letter.charCodeAt(0))
  const isWanted = (offset: number) =>
    stringsStart + offset + wanted.length <= stringsEnd &&
    wanted.every((byte, index) => bytes[stringsStart + offset + index] === byte)
  for (let at = typesStart; at + TYPE_BYTES <= typesEnd;) {
    const info = word(at + 4)
    const kind = (info >>> 24) & 0x1f
    if (kind === 0 || kind > LAST_KIND) return undefined
    if (kind === KIND_STRUCT && isWanted(word(at))) return word(at + 8)
    at += TYPE_BYTES + (FIXED[kind] ?? 0) + (info & 0xffff) * (EACH_MEMBER[kind] ?? 0)
  }
  return undefined
}
