import type { KernelRules } from '../../memmap/kernel-rules'
import type { FormatError } from '../../model/errors'
import type { DefaultSource, DerivedSource } from '../../model/source'
import type { Machine } from '../../model/topology'
import { formatBytes, formatHex, MAX_PHYSICAL_BYTES, type AddressRange } from '../../model/units'
import type { WrittenSpec } from './read-spec'
import type { Path } from './yaml-document'

/** What the parts of this reader share. */
export interface SpecContext {
  readonly written: WrittenSpec
  readonly machine: Machine
  readonly rules: KernelRules
}

/** A place in the physical address space, and what in the specification asked for it. */
export interface Placed extends AddressRange {
  readonly name: string
  readonly path: Path
}

export function derived(rule: string): DerivedSource {
  return { kind: 'derived', reader: 'spec', rule }
}

export function byDefault(rule: string): DefaultSource {
  return { kind: 'default', reader: 'spec', rule }
}

/** Values that do not fit together. */
export function contradiction(
  { written }: Pick<SpecContext, 'written'>,
  path: Path,
  { what, hint }: { readonly what: string; readonly hint: string },
): FormatError {
  return written.mistake(path, { code: 'spec-contradiction', what, hint })
}

/**
 * Checks that no two places share an address and that none lies above the address space.
 * @throws FormatError `spec-overlap`, or `spec-contradiction` for an address above 2^52
 */
export function checkPlaces(context: SpecContext, places: readonly Placed[]): void {
  const sorted = [...places].sort((a, b) => a.start - b.start)
  sorted.forEach((place, index) => {
    if (place.end > MAX_PHYSICAL_BYTES) {
      throw contradiction(context, place.path, {
        what: `${place.name} ends above ${formatHex(MAX_PHYSICAL_BYTES)}, the end of all physical addresses`,
        hint: 'give it less memory or a lower start',
      })
    }
    const previous = sorted[index - 1]
    if (previous === undefined || previous.end <= place.start) return
    const shared = Math.min(previous.end, place.end) - place.start
    throw context.written.mistake(place.path, {
      code: 'spec-overlap',
      what: `${place.name} at ${formatHex(place.start)} overlaps ${previous.name}, which ends at ${formatHex(previous.end)}, by ${formatBytes(shared)}`,
      hint: 'move one of the two, or leave start out to have it placed',
    })
  })
}
