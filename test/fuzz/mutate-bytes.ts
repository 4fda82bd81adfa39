import type { Random } from './random'

/** No mutated file grows beyond this: the fuzz run is after mistakes, not after large files. */
export const MOST_BYTES = 4 * 1024 * 1024

/** Changes bytes without knowing what they mean: 1 to 6 times flipped, cut, doubled, moved or overwritten. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let result: Uint8Array = Uint8Array.from(bytes)
  const rounds = random.rounds(6)
  for (let round = 0; round < rounds; round++) {
    result = random.pick(OPERATIONS)(random, result).slice(0, Math.max(bytes.length, MOST_BYTES))
  }
  return result
}

type Operation = (random: Random, bytes: Uint8Array) => Uint8Array

const OPERATIONS: readonly Operation[] = [
  (random, bytes) => {
    for (let count = random.whole(1, 8); count > 0; count--) {
      const at = random.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    }
    return bytes
  },
  (random, bytes) => {
    bytes.fill(random.pick([0, 0xff, 0x20, random.below(256)]), ...someRange(random, bytes, 16))
    return bytes
  },
  (random, bytes) => bytes.slice(0, random.below(bytes.length + 1)),
  (random, bytes) => {
    const [start, end] = someRange(random, bytes)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  },
  (random, bytes) => {
    const [start, end] = someRange(random, bytes, 4096)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)])
  },
  (random, bytes) => {
    const [start, end] = someRange(random, bytes)
    const middle = random.whole(start, end)
    return Buffer.concat([
      bytes.subarray(0, start),
      bytes.subarray(middle, end),
      bytes.subarray(start, middle),
      bytes.subarray(end),
    ])
  },
  (random, bytes) => overwriteNumber(random, bytes, random.below(bytes.length)),
]

/** A random range of the bytes as start and end, at most `most` long. */
function someRange(random: Random, bytes: Uint8Array, most = bytes.length): [number, number] {
  const start = random.below(bytes.length + 1)
  return [start, start + random.below(Math.min(most, bytes.length - start) + 1)]
}

const EDGES = [0n, 1n, 2n, 3n, 0x7fn, 0x80n, 0x7fffn, 0x8000n, 0x7fffffffn, 2n ** 63n, -1n, -2n]

/** Writes a number at the edge of its width, 1 to 8 bytes in either order, as far as the bytes reach. */
export function overwriteNumber(random: Random, bytes: Uint8Array, at: number): Uint8Array {
  const width = random.pick([1, 2, 4, 8])
  const value = random.chance(0.7) ? random.pick(EDGES) : BigInt(random.below(2 ** 32))
  const isLittle = random.chance(0.8)
  for (let index = 0; index < width && at + index < bytes.length; index++) {
    const shift = BigInt(8 * (isLittle ? index : width - 1 - index))
    bytes[at + index] = Number(BigInt.asUintN(8, value >> shift))
  }
  return bytes
}
