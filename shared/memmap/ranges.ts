import { roundDown, roundUp, type AddressRange } from '../model/units'

export function rangeBytes({ start, end }: AddressRange): number {
  return end - start
}

/** Sum of the lengths of ranges that do not overlap. */
export function totalBytes(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, range) => sum + rangeBytes(range), 0)
}

/** Sorts and joins ranges that touch or overlap. */
export function mergeRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (end <= start) continue
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** The parts of `range` that lie in none of `holes`, which must be merged. */
export function subtractRanges(
  range: AddressRange,
  holes: readonly AddressRange[],
): readonly AddressRange[] {
  const parts: AddressRange[] = []
  let start = range.start
  for (const hole of holes) {
    if (hole.end <= start || hole.start >= range.end) continue
    if (hole.start > start) parts.push({ start, end: hole.start })
    start = hole.end
  }
  if (start < range.end) parts.push({ start, end: range.end })
  return parts
}

/** The smallest range of whole units that holds `range`. */
export function widenTo(range: AddressRange, unitBytes: number): AddressRange {
  return { start: roundDown(range.start, unitBytes), end: roundUp(range.end, unitBytes) }
}

/** The largest range of whole units inside `range`; empty (end = start) when there is none. */
export function shrinkTo(range: AddressRange, unitBytes: number): AddressRange {
  const start = roundUp(range.start, unitBytes)
  return { start, end: Math.max(start, roundDown(range.end, unitBytes)) }
}
