/** One header of a tar and what follows it, as bytes: nothing is understood away (POSIX pax, "ustar Interchange Format"). */
export interface RawMember {
  readonly header: Uint8Array
  readonly content: Uint8Array
}

export const TAR_BLOCK_BYTES = 512

/** Fields of a header: offset and length in bytes. */
export const TAR_FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  linkName: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const

export type TarField = keyof typeof TAR_FIELDS

export function readField(header: Uint8Array, field: TarField): string {
  const [offset, length] = TAR_FIELDS[field]
  const text = Buffer.from(header.subarray(offset, offset + length)).toString('latin1')
  return text.replace(/\0.*$/s, '')
}

/** The name with its prefix. Names in pax headers are not looked at. */
export function memberName({ header }: RawMember): string {
  const prefix = readField(header, 'prefix')
  return prefix === '' ? readField(header, 'name') : `${prefix}/${readField(header, 'name')}`
}

export function isFile({ header }: RawMember): boolean {
  return ['0', ''].includes(readField(header, 'type'))
}

/** Splits an unpacked tar; what cannot be a header ends it. */
export function parseTar(bytes: Uint8Array): readonly RawMember[] {
  const members: RawMember[] = []
  let at = 0
  while (at + TAR_BLOCK_BYTES <= bytes.length) {
    const header = bytes.subarray(at, at + TAR_BLOCK_BYTES)
    // A directory has no content, whatever its size says.
    const isDirectory = readField(header, 'type') === '5'
    const size = isDirectory ? 0 : parseInt(readField(header, 'size').trim() || '0', 8)
    if (header[0] === 0 || Number.isNaN(size)) break
    at += TAR_BLOCK_BYTES
    members.push({ header, content: bytes.subarray(at, at + size) })
    at += paddedBytes(size)
  }
  return members
}

function paddedBytes(size: number): number {
  return Math.ceil(size / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES
}

/** Writes the members as they are, each padded, and the two blocks of zeros that end a tar. */
export function joinTar(members: readonly RawMember[]): Uint8Array {
  const total = members.reduce(
    (sum, { content }) => sum + TAR_BLOCK_BYTES + paddedBytes(content.length),
    2 * TAR_BLOCK_BYTES,
  )
  const bytes = new Uint8Array(total)
  let at = 0
  for (const { header, content } of members) {
    bytes.set(header, at)
    bytes.set(content, at + TAR_BLOCK_BYTES)
    at += TAR_BLOCK_BYTES + paddedBytes(content.length)
  }
  return bytes
}

/** A copy of the header with one field overwritten and a checksum that is right. */
export function withField(
  header: Uint8Array,
  field: TarField,
  value: Uint8Array | string,
): Uint8Array {
  // Not slice: that of a Buffer is no copy.
  const copy = new Uint8Array(header)
  const [offset, length] = TAR_FIELDS[field]
  const bytes = Buffer.from(value).subarray(0, length)
  copy.fill(0, offset, offset + length)
  copy.set(bytes, offset)
  return mendChecksum(copy)
}

/** Writes the checksum that belongs to the header: the sum of its bytes, the field itself taken as blanks. */
export function mendChecksum(header: Uint8Array): Uint8Array {
  const [offset, length] = TAR_FIELDS.checksum
  header.fill(0x20, offset, offset + length)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), offset)
  return header
}

/** The member with other content, its size told in the header. */
export function withContent({ header }: RawMember, content: Uint8Array): RawMember {
  return {
    header: withField(header, 'size', `${content.length.toString(8).padStart(11, '0')}\0`),
    content,
  }
}

/** A new member of ustar kind; `type` is the type flag, '0' a file, '1' a hard link, '2' a symbolic link, 'x' pax. */
export function newMember(
  name: string,
  {
    type,
    linkName = '',
    content = new Uint8Array(),
  }: { readonly type: string; readonly linkName?: string; readonly content?: Uint8Array },
): RawMember {
  let header: Uint8Array = new Uint8Array(TAR_BLOCK_BYTES)
  header = withField(header, 'name', name)
  header = withField(header, 'mode', '0000644\0')
  header = withField(header, 'mtime', '00000000000\0')
  header = withField(header, 'magic', 'ustar\x0000')
  header = withField(header, 'type', type)
  header = withField(header, 'linkName', linkName)
  return withContent({ header, content }, content)
}
