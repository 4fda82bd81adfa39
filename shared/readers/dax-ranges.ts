import type { AddressRange } from '../model/units'

/** A device has as many ranges as free stretches it was made of; each is drawn and counted by itself. */
const MOST_RANGES = 1024

/**
 * The ranges of a dax device in order of address. The kernel gives an address to one range only (drivers/dax/bus.c), so
 * what overlaps the range before it is left out, as is everything beyond 1024 ranges.
 * @returns the ranges, undefined when there are none, and whether all are among them
 */
export function daxRanges(ranges: readonly AddressRange[]): {
  readonly ranges: readonly AddressRange[] | undefined
  readonly isWhole: boolean
} {
  const kept: AddressRange[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    if (range.start >= (kept.at(-1)?.end ?? 0) && kept.length < MOST_RANGES) kept.push(range)
  }
  return { ranges: kept.length === 0 ? undefined : kept, isWhole: kept.length === ranges.length }
}
