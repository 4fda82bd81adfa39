import type { Dimm, DimmRange, MemoryArray } from '../../model/memory-modules'
import type { ModelObject } from '../../model/model-object'
import type { ReadSource } from '../../model/source'
import { MAX_PHYSICAL_BYTES, type AddressRange } from '../../model/units'
import { FactSheet } from '../facts'
import { hexHandle } from './structures'

/** What one structure says of a module or an array, whether it was read from its bytes or from dmidecode's text. */
type FieldsOf<T extends ModelObject> = {
  readonly [K in keyof Omit<T, 'id' | 'sources'>]?: T[K] | undefined
}
export type ModuleFields = FieldsOf<Dimm>
export type ArrayFields = FieldsOf<MemoryArray> & { readonly handle: number }

/** Where a field was read, with the rounding of the text where there is one. */
export type SourceOfField<F> = (field: keyof F & string) => ReadSource

/** Of a slot without a module firmware tells only the place; the other fields are left-overs (dmidecode stops there, too). */
const FIELDS_OF_EMPTY_SLOT: readonly string[] = [
  'handle',
  'arrayId',
  'locator',
  'bank',
  'sizeBytes',
  'formFactor',
]

/** The memory module of a type-17 structure. Ids as {@link Dimm} says; `position` tells modules without handle and name apart. */
export function moduleOf(
  fields: ModuleFields,
  position: number,
  sourceOf: SourceOfField<ModuleFields>,
): Dimm {
  const sheet = new FactSheet<Dimm>(moduleId(fields, position))
  const { volatileBytes, nonVolatileBytes, cacheBytes } = fields
  const hasParts = [volatileBytes, nonVolatileBytes, cacheBytes].some((bytes) => (bytes ?? 0) > 0)
  for (const [key, value] of Object.entries(fields)) {
    if (fields.sizeBytes === 0 && !FIELDS_OF_EMPTY_SLOT.includes(key)) continue
    // Firmware that fills in none of the parts of a module says nothing about them.
    if (!hasParts && /^(volatile|nonVolatile|cache)Bytes$/.test(key)) continue
    const field = key as keyof ModuleFields
    sheet.set(field, value, sourceOf(field))
  }
  return sheet.finish()
}

function moduleId({ handle, bank, locator }: ModuleFields, position: number): string {
  if (handle !== undefined) return `dimm:${hexHandle(handle).toLowerCase()}`
  const place = [bank, locator].filter((part) => part !== undefined).join('/')
  return `dimm:${place === '' ? `#${position}` : place}`
}

/** The set of slots of a type-16 structure. */
export function arrayOf(fields: ArrayFields, sourceOf: SourceOfField<ArrayFields>): MemoryArray {
  const sheet = new FactSheet<MemoryArray>(arrayId(fields.handle))
  for (const [key, value] of Object.entries(fields)) {
    const field = key as keyof ArrayFields
    sheet.set(field, value, sourceOf(field))
  }
  return sheet.finish()
}

/** Id of the array with an SMBIOS handle: `memory-array:0x1000`. */
export function arrayId(handle: number): string {
  return `memory-array:${hexHandle(handle).toLowerCase()}`
}

/** A half-open range from an inclusive one; undefined where it is none, or lies beyond all physical memory. */
export function rangeOf(
  start: number | undefined,
  lastByte: number | undefined,
): { readonly start: number; readonly end: number } | undefined {
  if (start === undefined || lastByte === undefined || lastByte < start) return undefined
  return lastByte < MAX_PHYSICAL_BYTES ? { start, end: lastByte + 1 } : undefined
}

/** What type 20 says of a module: 0 means not interleaved, 0xFF unknown; both leave the fact out. */
export function interleaveOf(
  position: number | undefined,
  depth: number | undefined,
): Pick<DimmRange, 'interleavePosition' | 'interleaveDepth'> {
  const isKnown = (value: number | undefined) =>
    value !== undefined && value !== 0 && value !== 0xff
  return {
    ...(position !== undefined && isKnown(position) && { interleavePosition: position }),
    ...(depth !== undefined && isKnown(depth) && { interleaveDepth: depth }),
  }
}

/** By start address. */
export function sortedRanges<T extends AddressRange>(
  ranges: readonly T[] | undefined,
): readonly T[] | undefined {
  return ranges && [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)
}

/** A handle that occurs twice is a fault of the table (SMBIOS 3.9, 6.1.2); the first structure counts. */
export function uniqueById<T extends { readonly id: string }>(objects: readonly T[]): readonly T[] {
  const seen = new Set<string>()
  return objects.filter(({ id }) => !seen.has(id) && seen.add(id))
}
