import type { AddressRange } from '../model/units'

/**
 * Makes a counter of what several owners share: it takes half-open ranges of whole numbers and returns how many of these
 * numbers no earlier call took.
 */
export function claimRanges(): (ranges: readonly AddressRange[]) => number {
  /** In order, and apart from each other: merging all of them at every call would take the square of the devices. */
  const claimed: AddressRange[] = []
  return (ranges) => ranges.reduce((total, range) => total + claim(claimed, range), 0)
}

function claim(claimed: AddressRange[], { start, end }: AddressRange): number {
  if (end <= start) return 0
  const from = firstEndingFrom(claimed, start)
  let known = 0
  let joined: AddressRange = { start, end }
  let to = from
  for (let other = claimed[to]; other !== undefined && other.start <= end; other = claimed[++to]) {
    known += Math.min(other.end, end) - Math.max(other.start, start)
    joined = { start: Math.min(joined.start, other.start), end: Math.max(joined.end, other.end) }
  }
  claimed.splice(from, to - from, joined)
  return end - start - known
}

/** Position of the first range that ends at `start` or behind it. */
function firstEndingFrom(claimed: readonly AddressRange[], start: number): number {
  let low = 0
  let high = claimed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((claimed[middle]?.end ?? Infinity) < start) low = middle + 1
    else high = middle
  }
  return low
}
