/**
 * Interleave arithmetic of CXL (DOMAIN §8; drivers/cxl/core/region.c of 7.3), for modulo decode only. All numbers are
 * bytes below 2^52, so plain numbers are exact.
 */
export interface CxlInterleave {
  readonly ways: number
  readonly granularityBytes: number
}

/** A byte of one device of an interleave set, counted from the start of its part. */
export interface CxlPlace {
  /** 0 to ways − 1. */
  readonly position: number
  readonly dpaOffsetBytes: number
}

/** Encoded as 0 to 4 and 8 to 10 in the hardware (DOMAIN §8). */
const WAYS: readonly number[] = [1, 2, 4, 8, 16, 3, 6, 12]
const LEAST_GRANULARITY = 256
const MOST_GRANULARITY = 16384

/** Why no hardware interleaves like this; undefined where some does. */
export function interleaveMistake({ ways, granularityBytes }: CxlInterleave): string | undefined {
  if (!WAYS.includes(ways)) return `${ways} ways; there are 1, 2, 3, 4, 6, 8, 12 and 16`
  const isPower = Number.isInteger(Math.log2(granularityBytes))
  return isPower && granularityBytes >= LEAST_GRANULARITY && granularityBytes <= MOST_GRANULARITY
    ? undefined
    : `a granularity of ${granularityBytes} B; it is a power of two from 256 to 16384`
}

/**
 * Which device holds a byte of a region, and where in it. Offset in bytes from the region's start.
 * @throws RangeError when no hardware interleaves like this: ask {@link interleaveMistake} first
 */
export function placeOfOffset(interleave: CxlInterleave, offsetBytes: number): CxlPlace {
  const { ways, granularityBytes } = checked(interleave)
  const chunk = Math.floor(offsetBytes / granularityBytes)
  return {
    position: chunk % ways,
    dpaOffsetBytes: Math.floor(chunk / ways) * granularityBytes + (offsetBytes % granularityBytes),
  }
}

/**
 * The inverse of {@link placeOfOffset}: the offset in the region of a byte of one device.
 * @throws RangeError as there
 */
export function offsetOfPlace(
  interleave: CxlInterleave,
  { position, dpaOffsetBytes }: CxlPlace,
): number {
  const { ways, granularityBytes } = checked(interleave)
  const row = Math.floor(dpaOffsetBytes / granularityBytes)
  return (row * ways + position) * granularityBytes + (dpaOffsetBytes % granularityBytes)
}

function checked(interleave: CxlInterleave): CxlInterleave {
  const mistake = interleaveMistake(interleave)
  if (mistake !== undefined) throw new RangeError(mistake)
  return interleave
}
