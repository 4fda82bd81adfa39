import Bunzip from 'seek-bzip'
import { BrokenArchive, type WatchUnpacking } from './broken-archive'

const PIECE_BYTES = 1024 * 1024

/** Unpacks one or more bzip2 streams (pbzip2 writes many) at once; seek-bzip cannot pause. */
export function unpackBzip2(packed: Uint8Array, watch: WatchUnpacking): readonly Uint8Array[] {
  const output = new PieceOutput((unpackedBytes) => watch(input.position, unpackedBytes))
  const input = new PackedInput(packed, output)
  // seek-bzip 2.0 calls `new Buffer()`; in our bundle Node would print DEP0005 about it.
  const wasSilent = process.noDeprecation
  process.noDeprecation = true
  try {
    Bunzip.decode(input, output, true)
  } catch (error) {
    // Every complaint of seek-bzip about the data is a TypeError with a number.
    throw error instanceof TypeError && 'errorCode' in error ? new BrokenArchive('damaged') : error
  } finally {
    process.noDeprecation = wasSilent ?? false
  }
  return output.finish()
}

class PackedInput {
  position = 0
  private writtenAtLastAsk = 0

  constructor(
    private readonly packed: Uint8Array,
    private readonly output: PieceOutput,
  ) {}

  readByte(): number {
    const byte = this.packed[this.position++]
    if (byte === undefined) throw new BrokenArchive('truncated')
    return byte
  }

  read(buffer: Uint8Array, offset: number, length: number): number {
    const bytes = this.packed.subarray(this.position, this.position + length)
    buffer.set(bytes, offset)
    this.position += bytes.length
    return bytes.length
  }

  /**
   * seek-bzip asks after each block and after the end mark. After a block the answer is no, whatever is left:
   * it then looks for the end mark and finds out that the file was cut.
   */
  eof(): boolean {
    const isAfterBlock = this.output.writtenBytes !== this.writtenAtLastAsk
    this.writtenAtLastAsk = this.output.writtenBytes
    return !isAfterBlock && this.position >= this.packed.length
  }
}

class PieceOutput {
  writtenBytes = 0
  private readonly pieces: Uint8Array[] = []
  private piece = new Uint8Array(PIECE_BYTES)
  private used = 0

  constructor(private readonly watch: (unpackedBytes: number) => void) {}

  writeByte(byte: number): void {
    if (this.used === PIECE_BYTES) this.flush()
    this.piece[this.used++] = byte
    this.writtenBytes++
  }

  finish(): readonly Uint8Array[] {
    this.flush()
    return this.pieces
  }

  private flush(): void {
    this.pieces.push(this.piece.subarray(0, this.used))
    this.piece = new Uint8Array(PIECE_BYTES)
    this.used = 0
    this.watch(this.writtenBytes)
  }
}
