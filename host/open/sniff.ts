import { FormatError } from '../../shared/model/errors'
import { firmwareKind } from '../../shared/readers/firmware-files'

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

interface Signature {
  readonly code: string
  readonly pattern: RegExp
  readonly what: string
  readonly hint: string
}

const SNAPSHOT_HINT = 'give a snapshot, a tar of /sys and /proc, or the output of a tool'

/** Files that people open by mistake. Patterns see the first bytes, one character each. */
const WRONG_KINDS: readonly Signature[] = [
  wrong('pdf', /^%PDF-/, 'this is a PDF document'),
  wrong('png', /^\x89PNG/, 'this is a PNG picture'),
  wrong('jpeg', /^\xff\xd8\xff/, 'this is a JPEG picture'),
  {
    code: 'html',
    pattern: /^(\xef\xbb\xbf)?\s*(<!doctype html|<html[\s>])/i,
    what: 'this is an HTML page',
    hint: 'a download may have given a login or error page: download the file itself',
  },
  {
    code: 'git-lfs-pointer',
    pattern: /^version https:\/\/git-lfs\.github\.com\/spec\//,
    what: 'this is a Git LFS pointer, not the file itself',
    hint: "fetch the file with 'git lfs pull'",
  },
  wrong(
    'core-dump',
    /^\x7fELF[\s\S]{11}\0\x04|^\x7fELF[\s\S]{12}\x04\0/,
    'this is an ELF core dump',
  ),
  wrong('elf', /^\x7fELF/, 'this is an ELF program or library'),
  wrong('core-dump', /^(KDUMP {3}|DISKDUMP)/, 'this is a kernel crash dump'),
  {
    code: 'unsupported-archive',
    pattern: /^(PK[\x03\x05]|7z\xbc\xaf\x27\x1c|Rar!|!<arch>|0707|\xed\xab\xee\xdb)/,
    what: 'this kind of archive is not read (zip, 7z, rar, cpio, deb, rpm)',
    hint: 'unpack it and give the directory',
  },
  {
    code: 'unsupported-archive',
    pattern: /^(\x04\x22\x4d\x18|\x5d\0\0|LZIP|\x1f\x9d|\x89LZO)/,
    what: 'this kind of compression is not read (lz4, lzma, lzip, lzo, compress)',
    hint: 'unpack it, or pack it with gzip, zstd, bzip2 or xz',
  },
]

function wrong(code: string, pattern: RegExp, what: string): Signature {
  return { code, pattern, what, hint: SNAPSHOT_HINT }
}

/** Refuses a file that is no archive, no text and no table of firmware, and names what it is instead. */
export function refuseWrongKind(bytes: Uint8Array, where: string): void {
  if (bytes.length === 0) {
    throw new FormatError({
      code: 'empty-file',
      what: 'the file is empty (0 bytes)',
      where,
      hint: 'capture or copy it again',
    })
  }
  const head = latin1(bytes, 1024)
  const kind = WRONG_KINDS.find(({ pattern }) => pattern.test(head))
  if (kind !== undefined) {
    throw new FormatError({ code: kind.code, what: kind.what, where, hint: kind.hint })
  }
  if (isBinary(bytes) && firmwareKind(bytes) === undefined) {
    throw new FormatError({
      code: 'not-an-archive',
      what: 'this is neither an archive (tar, gzip, zstd, bzip2, xz) nor text',
      where,
      hint: SNAPSHOT_HINT,
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
