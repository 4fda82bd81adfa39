import { ReadableStream } from 'node:stream/web'
import { spawn } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import xz from 'xz-decompress'
import { BrokenArchive, type WatchUnpacking } from './broken-archive'
import { unpackBzip2 } from './bzip2'
import type { Compression } from './sniff'

const FEED_BYTES = 256 * 1024
// With zlib's own 16 KiB a capture with 80 MiB of page flags took three times as long (measured, Node 24.21).
const UNPACKED_PIECE_BYTES = 1024 * 1024

/** Unpacks in pieces. Throws BrokenArchive where the packed bytes break off or are damaged, and whatever `watch` throws. */
export async function* decompress(
  packed: Uint8Array,
  compression: Compression,
  watch: WatchUnpacking,
): AsyncGenerator<Uint8Array, void> {
  if (compression === 'bzip2') {
    yield* unpackBzip2(packed, watch)
    return
  }
  let packedBytes = 0
  let unpackedBytes = 0
  const consumed = (bytes: number) => {
    packedBytes = bytes
  }
  for await (const piece of UNPACKERS[compression](packed, consumed)) {
    unpackedBytes += piece.length
    watch(packedBytes, unpackedBytes)
    yield piece
  }
}

type Consumed = (packedBytes: number) => void
type Unpacker = (packed: Uint8Array, consumed: Consumed) => AsyncIterable<Uint8Array>

const UNPACKERS: Readonly<Record<Exclude<Compression, 'bzip2'>, Unpacker>> = {
  gzip: unpackGzip,
  zstd: unpackZstd,
  xz: unpackXz,
}

function* feed(packed: Uint8Array, consumed: Consumed): Iterable<Uint8Array> {
  for (let start = 0; start < packed.length; start += FEED_BYTES) {
    consumed(start)
    yield packed.subarray(start, start + FEED_BYTES)
  }
}

async function* unpackGzip(packed: Uint8Array, consumed: Consumed): AsyncIterable<Uint8Array> {
  const unpacker = createGunzip({ chunkSize: UNPACKED_PIECE_BYTES })
  // Whatever goes wrong here reaches the reader of `unpacker` as well.
  pipeline(feed(packed, consumed), unpacker).catch(() => undefined)
  try {
    yield* unpacker as AsyncIterable<Uint8Array>
  } catch (error) {
    throw broken(error)
  }
}

/** Frame by frame: Node's decoder (24.21) ends after the first and says nothing of the others, which pzstd writes. */
async function* unpackZstd(packed: Uint8Array, consumed: Consumed): AsyncIterable<Uint8Array> {
  let start = 0
  while (start < packed.length) {
    const unpacker = createZstdDecompress({ chunkSize: UNPACKED_PIECE_BYTES })
    const frameStart = start
    const frames = feed(packed.subarray(frameStart), (bytes) => consumed(frameStart + bytes))
    pipeline(frames, unpacker).catch(() => undefined)
    try {
      yield* unpacker as AsyncIterable<Uint8Array>
    } catch (error) {
      throw broken(error)
    }
    if (unpacker.bytesWritten === 0) throw new BrokenArchive('damaged')
    start += unpacker.bytesWritten
  }
}

function broken(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'Z_BUF_ERROR') return new BrokenArchive('truncated')
  return /^Z_|^ZSTD_|^ERR_ZSTD/.test(code) ? new BrokenArchive('damaged') : error
}

/** Return values of xz-embedded that xz-decompress puts into its messages: XZ_DATA_ERROR and XZ_BUF_ERROR. */
const XZ_DAMAGED = /error code 7$/
const XZ_TRUNCATED = /error code 8$/

async function* unpackXz(packed: Uint8Array, consumed: Consumed): AsyncIterable<Uint8Array> {
  let unpackedBytes = 0
  try {
    const stream = new xz.XzReadableStream(
      ReadableStream.from(feed(packed, consumed)) as globalThis.ReadableStream<Uint8Array>,
    )
    for await (const piece of stream as unknown as AsyncIterable<Uint8Array>) {
      unpackedBytes += piece.length
      // The WebAssembly memory behind the piece may be used again for the next.
      yield piece.slice()
    }
    return
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (XZ_TRUNCATED.test(message)) throw new BrokenArchive('truncated')
    if (XZ_DAMAGED.test(message)) throw new BrokenArchive('damaged')
  }
  // Filters and checks that xz-decompress lacks (x86, SHA-256). The program gives the same bytes from the start.
  let left = unpackedBytes
  for await (const piece of unpackXzByProgram(packed, consumed)) {
    if (piece.length > left) yield piece.subarray(left)
    left = Math.max(0, left - piece.length)
  }
}

async function* unpackXzByProgram(
  packed: Uint8Array,
  consumed: Consumed,
): AsyncIterable<Uint8Array> {
  const program = spawn('xz', ['-dc', '--memlimit-decompress=1GiB'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exitCode = new Promise<number | null>((resolve) => {
    program.once('error', () => resolve(null))
    program.once('close', resolve)
  })
  pipeline(feed(packed, consumed), program.stdin).catch(() => undefined)
  try {
    yield* program.stdout as AsyncIterable<Uint8Array>
    if ((await exitCode) !== 0) throw new BrokenArchive('damaged')
  } finally {
    program.kill()
  }
}
