import type { DimmRange } from '../../model/memory-modules'
import { KIB, type AddressRange } from '../../model/units'
import type { ByteView } from '../byte-view'
import { interleaveOf, rangeOf, type ArrayFields } from './module-facts'
import { ARRAY_LOCATIONS, ARRAY_USES, ERROR_CORRECTIONS } from './names'
import type { SmbiosStructure } from './structures'

/** Offset of each field in a type-16 structure (SMBIOS 3.9, 7.17), as the key of its source. */
export const ARRAY_OFFSETS: Readonly<Partial<Record<keyof ArrayFields, string>>> = {
  handle: '02h',
  location: '04h',
  use: '05h',
  errorCorrection: '06h',
  maximumBytes: '07h',
  slotCount: '0Dh',
}

/** What a type-16 structure says, as far as it reaches; capacity in bytes. */
export function readMemoryArray({ area, handle }: SmbiosStructure): ArrayFields {
  return {
    handle,
    location: ARRAY_LOCATIONS[area.u8(0x04) ?? 0],
    use: ARRAY_USES[area.u8(0x05) ?? 0],
    errorCorrection: ERROR_CORRECTIONS[area.u8(0x06) ?? 0],
    maximumBytes: maximumOf(area),
    slotCount: area.u16(0x0d),
  }
}

/** In KiB; 80000000h leads to the extended capacity in bytes. 0 cannot be a capacity. */
function maximumOf(area: ByteView): number | undefined {
  const kibibytes = area.u32(0x07)
  const bytes = kibibytes === 0x8000_0000 ? area.u64(0x0f) : (kibibytes ?? 0) * KIB
  return bytes === 0 ? undefined : bytes
}

/** A range of addresses that belongs to the structure with `ownerHandle`. */
export interface MappedRange<T extends AddressRange> {
  readonly ownerHandle: number
  readonly range: T
}

/** Type 19: what an array holds of the address space; undefined where the range is none. */
export function readArrayRange({ area }: SmbiosStructure): MappedRange<AddressRange> | undefined {
  const ownerHandle = area.u16(0x0c)
  const range = mappedRange(area, 0x0f)
  return ownerHandle === undefined || range === undefined ? undefined : { ownerHandle, range }
}

/** Type 20: what a module holds of the address space; undefined where the range is none. */
export function readDeviceRange({ area }: SmbiosStructure): MappedRange<DimmRange> | undefined {
  const ownerHandle = area.u16(0x0c)
  const range = mappedRange(area, 0x13)
  if (ownerHandle === undefined || range === undefined) return undefined
  return { ownerHandle, range: { ...range, ...interleaveOf(area.u8(0x11), area.u8(0x12)) } }
}

/** Start and end in KiB, the end inclusive; FFFFFFFF leads to two addresses in bytes (DOMAIN §9.5). */
function mappedRange(area: ByteView, extendedOffset: number): AddressRange | undefined {
  const start = area.u32(0x04)
  const last = area.u32(0x08)
  if (start === undefined || last === undefined) return undefined
  if (start === 0xffff_ffff) return rangeOf(area.u64(extendedOffset), area.u64(extendedOffset + 8))
  return rangeOf(start * KIB, last * KIB + KIB - 1)
}
