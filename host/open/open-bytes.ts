import { FormatError } from '../../shared/model/errors'
import type { OpenedTree } from '../../shared/readers/source-tree'
import { BrokenArchive, type WatchUnpacking } from './broken-archive'
import { throwIfCancelled } from './cancel'
import { decompress } from './decompress'
import { DEFAULT_LIMITS, type OpenLimits } from './limits'
import { withLooseFiles } from './loose-files'
import { MemoryTreeBuilder } from './memory-tree'
import type { OpenOptions } from './open-tree'
import { printable } from './printable'
import { readTar } from './read-tar'
import { isTar, refuseWrongKind, sniffCompression, type Compression } from './sniff'
import { findRoot } from './tree-root'

/** Enough to tell a tar: its first header. */
const TAR_HEAD_BYTES = 1024
const PACKED_SUFFIX = /\.(gz|zst|bz2|xz)$/

/**
 * Opens a file that is already in memory: an archive, packed or not, or one loose file, told apart by content.
 * `name` is its base name. Throws FormatError when it is none of these, HostFailure when the load is cancelled.
 */
export async function openBytes(
  name: string,
  bytes: Uint8Array,
  options: OpenOptions,
): Promise<OpenedTree> {
  const where = printable(name)
  const limits = options.limits ?? DEFAULT_LIMITS
  const compression = sniffCompression(bytes)
  if (compression === undefined) {
    if (isTar(bytes)) return openArchive(once(bytes), name, limits)
    return openLooseFile(name, bytes, where, limits)
  }
  const unpacked = unpack(bytes, compression, where, options)
  const { head, pieces } = await peek(unpacked, where)
  if (isTar(head)) return openArchive(pieces, name, limits)
  return openLooseFile(name.replace(PACKED_SUFFIX, ''), await join(pieces, where), where, limits)
}

async function openArchive(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  limits: OpenLimits,
): Promise<OpenedTree> {
  const tree = await readTar(pieces, printable(name), limits)
  const root = findRoot(tree, name)
  const machine = withLooseFiles(tree.below(root), tree, root)
  return { tree: machine, name, origin: 'archive', diagnostics: [] }
}

function openLooseFile(
  name: string,
  bytes: Uint8Array,
  where: string,
  limits: OpenLimits,
): OpenedTree {
  refuseWrongKind(bytes, where)
  if (bytes.length > limits.fileBytes) {
    throw tooLarge(where, `the file has more than ${limits.fileBytes} bytes`)
  }
  const builder = new MemoryTreeBuilder()
  builder.addFile(name.replaceAll('/', '_'), bytes)
  return { tree: builder.build(), name, origin: 'file', diagnostics: [] }
}

/** Unpacks with progress in packed bytes; stops at a limit, or when the load is cancelled. */
function unpack(
  bytes: Uint8Array,
  compression: Compression,
  where: string,
  { report, signal, limits = DEFAULT_LIMITS }: OpenOptions,
): AsyncGenerator<Uint8Array, void> {
  const watch: WatchUnpacking = (packedBytes, unpackedBytes) => {
    throwIfCancelled(signal)
    if (unpackedBytes > limits.totalBytes) {
      throw tooLarge(where, `it unpacks to more than ${limits.totalBytes} bytes`)
    }
    if (unpackedBytes > limits.ratioFromBytes && unpackedBytes > limits.ratio * bytes.length) {
      throw tooLarge(where, `it unpacks to more than ${limits.ratio} times its size`)
    }
    report({ phase: 'opening', done: packedBytes, total: bytes.length })
  }
  return decompress(bytes, compression, watch)
}

function tooLarge(where: string, what: string): FormatError {
  return new FormatError({
    code: 'input-too-large',
    what,
    where,
    hint: 'unpack it yourself and give the directory, if you trust it',
  })
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** The first bytes, and all pieces with these again at their front. */
async function peek(
  source: AsyncGenerator<Uint8Array, void>,
  where: string,
): Promise<{ readonly head: Uint8Array; readonly pieces: AsyncIterable<Uint8Array> }> {
  const first: Uint8Array[] = []
  let firstBytes = 0
  try {
    while (firstBytes < TAR_HEAD_BYTES) {
      const next = await source.next()
      if (next.done) break
      first.push(next.value)
      firstBytes += next.value.length
    }
  } catch (error) {
    throw explainLooseFile(error, where)
  }
  async function* pieces() {
    yield* first
    yield* source
  }
  return { head: Buffer.concat(first), pieces: pieces() }
}

async function join(pieces: AsyncIterable<Uint8Array>, where: string): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  try {
    for await (const piece of pieces) all.push(piece)
  } catch (error) {
    throw explainLooseFile(error, where)
  }
  return Buffer.concat(all)
}

function explainLooseFile(error: unknown, where: string): unknown {
  if (!(error instanceof BrokenArchive)) return error
  return new FormatError({
    code: `${error.reason}-archive`,
    what:
      error.reason === 'truncated'
        ? 'the packed data breaks off before its end'
        : 'the packed data is damaged',
    where,
    hint: 'copy or download it again',
  })
}
