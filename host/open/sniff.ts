import { FormatError } from '../../shared/model/errors'
import { firmwareKind } from '../../shared/readers/firmware-files'
import { HEAD_BYTES, WRONG_KINDS } from './wrong-kinds'

export type Compression = 'gzip' | 'zstd' | 'bzip2' | 'xz'

const TAR_BLOCK_BYTES = 512

/** Tells by the first bytes how something is compressed; names are never asked. */
export function sniffCompression(bytes: Uint8Array): Compression | undefined {
  if (startsWith(bytes, '\x1f\x8b')) return 'gzip'
  if (startsWith(bytes, '\x28\xb5\x2f\xfd')) return 'zstd'
  // pzstd begins with a skippable frame (RFC 8878, 3.1.2).
  if (/^[\x50-\x5f]\x2a\x4d\x18/.test(latin1(bytes, 4))) return 'zstd'
  if (/^BZh[1-9](1AY&SY|\x17rE8P\x90)/.test(latin1(bytes, 10))) return 'bzip2'
  if (startsWith(bytes, '\xfd7zXZ\0')) return 'xz'
  return undefined
}

/** True when the bytes begin with a tar header (its checksum is right), or are an empty archive. */
export function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < TAR_BLOCK_BYTES) return false
  const header = bytes.subarray(0, TAR_BLOCK_BYTES)
  if (header.every((byte) => byte === 0)) {
    return bytes.length >= 2 * TAR_BLOCK_BYTES && bytes.every((byte) => byte === 0)
  }
  const stored = /^[\0 ]*([0-7]+)/.exec(latin1(header.subarray(148, 156), 8))?.[1]
  // POSIX ustar: the sum of all header bytes, the checksum field itself counted as eight blanks.
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  return stored !== undefined && parseInt(stored, 8) === sum
}

/** Refuses a file that is no archive, no text and no table of firmware, and names what it is instead. */
export function refuseWrongKind(bytes: Uint8Array, where: string): void {
  if (bytes.length === 0) {
    throw new FormatError({
      code: 'empty-file',
      what: 'the file is empty (0 bytes)',
      where,
      hint: 'a tool that finds nothing prints nothing; else capture or copy it again',
    })
  }
  const head = latin1(bytes, HEAD_BYTES)
  const kind = WRONG_KINDS.find(({ pattern }) => pattern.test(head))
  if (kind !== undefined) {
    throw new FormatError({ code: kind.code, what: kind.what, where, hint: kind.hint })
  }
  if (isBinary(bytes) && firmwareKind(bytes) === undefined) {
    throw new FormatError({
      code: 'not-an-archive',
      what: 'this is neither an archive (tar, gzip, zstd, bzip2, xz) nor text',
      where,
      hint: 'give a snapshot, a tar of /sys and /proc, or the output of a tool',
    })
  }
}

function isBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 8192)
  if (head.includes(0)) return true
  try {
    // `stream`: a character may be cut at the end of the piece.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return false
  } catch {
    return true
  }
}

function startsWith(bytes: Uint8Array, prefix: string): boolean {
  return latin1(bytes, prefix.length) === prefix
}

/** The first bytes as one character each, so that regular expressions can look at them. */
function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, length)).toString(
    'latin1',
  )
}
