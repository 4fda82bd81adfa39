import { type AddressRange, roundDown } from '../model/units'
import type { KernelRules } from './kernel-rules'
import { memoryBytesPerPteTable, vmemmapPages } from './kernel-rules'
import { rangeBytes, subtractRanges, totalBytes, widenTo } from './ranges'

/** A ZONE_DEVICE range by what its sections cost (DOMAIN §1.3, §1.5). */
export interface DeviceSections {
  /** Whole sections of its own. */
  readonly wholeBytes: number
  /** Memory in sections that it fills only in part. */
  readonly partialBytes: number
  /** Memory inside sections of boot RAM, whose struct pages are there already. */
  readonly alreadyPaidBytes: number
  /** The partial parts themselves. */
  readonly partialRanges: readonly AddressRange[]
}

/** Splits a ZONE_DEVICE range at section borders; `bootSections` are whole sections, merged. */
export function splitDeviceRange(
  range: AddressRange,
  bootSections: readonly AddressRange[],
  rules: KernelRules,
): DeviceSections {
  let wholeBytes = 0
  const partialRanges: AddressRange[] = []
  const unpaid = subtractRanges(range, bootSections)
  for (const part of unpaid) {
    const wide = widenTo(part, rules.sectionBytes)
    // Whole sections begin at the first border inside the part, and are none when it lies inside one section.
    const firstWhole = part.start === wide.start ? part.start : wide.start + rules.sectionBytes
    const lastWhole = roundDown(part.end, rules.sectionBytes)
    if (firstWhole >= lastWhole) {
      partialRanges.push(...splitAt(part, firstWhole))
      continue
    }
    wholeBytes += lastWhole - firstWhole
    if (part.start < firstWhole) partialRanges.push({ start: part.start, end: firstWhole })
    if (lastWhole < part.end) partialRanges.push({ start: lastWhole, end: part.end })
  }
  const unpaidBytes = totalBytes(unpaid)
  return {
    wholeBytes,
    partialBytes: unpaidBytes - wholeBytes,
    alreadyPaidBytes: rangeBytes(range) - unpaidBytes,
    partialRanges,
  }
}

function splitAt(range: AddressRange, border: number): readonly AddressRange[] {
  if (border <= range.start || border >= range.end) return [range]
  return [
    { start: range.start, end: border },
    { start: border, end: range.end },
  ]
}

/** Resident vmemmap pages of `memoryBytes` of device-dax with compound pages of `alignBytes` (DOMAIN §4). */
export function dedupedPages(memoryBytes: number, alignBytes: number, rules: KernelRules): number {
  return Math.ceil(memoryBytes / alignBytes) * rules.daxKeptPages
}

/** Whether compound pages of this size are deduplicated: more vmemmap pages than are kept (DOMAIN §4, conditions). */
export function isDeduped(alignBytes: number, rules: KernelRules): boolean {
  return rules.dedupsDax && vmemmapPages(alignBytes, rules) > rules.daxKeptPages
}

/** The numbers of the PTE tables that map the struct pages of a range, as a half-open range of numbers. */
export function pteTablesOf(range: AddressRange, rules: KernelRules): AddressRange {
  const reach = memoryBytesPerPteTable(rules)
  return { start: Math.floor(range.start / reach), end: Math.ceil(range.end / reach) }
}
