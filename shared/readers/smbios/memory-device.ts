import { KIB, MIB } from '../../model/units'
import type { ByteView } from '../byte-view'
import { arrayId, type ModuleFields } from './module-facts'
import { FORM_FACTORS, MEMORY_TYPES, TECHNOLOGIES } from './names'
import { stringAt, type SmbiosStructure } from './structures'

/** Offset of each field in a type-17 structure (SMBIOS 3.9, 7.18; DOMAIN §9.5), as the key of its source. */
export const DEVICE_OFFSETS: Readonly<Partial<Record<keyof ModuleFields, string>>> = {
  handle: '02h',
  arrayId: '04h',
  totalWidthBits: '08h',
  dataWidthBits: '0Ah',
  sizeBytes: '0Ch',
  formFactor: '0Eh',
  locator: '10h',
  bank: '11h',
  memoryType: '12h',
  speedMTs: '15h',
  manufacturer: '17h',
  serial: '18h',
  assetTag: '19h',
  partNumber: '1Ah',
  rank: '1Bh',
  configuredSpeedMTs: '20h',
  configuredMillivolts: '26h',
  technology: '28h',
  firmwareVersion: '2Bh',
  nonVolatileBytes: '34h',
  volatileBytes: '3Ch',
  cacheBytes: '44h',
}

/** What a type-17 structure says, as far as it reaches: older versions of SMBIOS end earlier. */
export function readMemoryDevice(
  structure: SmbiosStructure,
  wrong: (problem: string) => void,
): ModuleFields {
  const { area, handle } = structure
  const text = (offset: number) => stringAt(structure, offset, wrong)
  const array = area.u16(0x04)
  return {
    handle,
    arrayId: array === undefined ? undefined : arrayId(array),
    totalWidthBits: knownOf(area.u16(0x08), 0, 0xffff),
    dataWidthBits: knownOf(area.u16(0x0a), 0, 0xffff),
    sizeBytes: sizeOf(area),
    formFactor: FORM_FACTORS[area.u8(0x0e) ?? 0],
    locator: text(0x10),
    bank: text(0x11),
    memoryType: MEMORY_TYPES[area.u8(0x12) ?? 0],
    speedMTs: speedOf(area, 0x15, 0x54),
    manufacturer: text(0x17),
    serial: text(0x18),
    assetTag: text(0x19),
    partNumber: text(0x1a),
    rank: knownOf((area.u8(0x1b) ?? 0) & 0xf, 0),
    configuredSpeedMTs: speedOf(area, 0x20, 0x58),
    configuredMillivolts: knownOf(area.u16(0x26), 0),
    technology: TECHNOLOGIES[area.u8(0x28) ?? 0],
    firmwareVersion: text(0x2b),
    nonVolatileBytes: area.u64(0x34),
    volatileBytes: area.u64(0x3c),
    cacheBytes: area.u64(0x44),
  }
}

/** 0 is an empty slot, FFFF unknown, 7FFF leads to the extended size in MiB; bit 15 means KiB. */
function sizeOf(area: ByteView): number | undefined {
  const size = area.u16(0x0c)
  if (size === undefined || size === 0xffff) return undefined
  if (size === 0x7fff && area.u32(0x1c) !== undefined) {
    return ((area.u32(0x1c) ?? 0) & 0x7fff_ffff) * MIB
  }
  return (size & 0x7fff) * ((size & 0x8000) === 0 ? MIB : KIB)
}

/** MT/s; FFFF leads to the extended speed of 3.3. */
function speedOf(area: ByteView, offset: number, extendedOffset: number): number | undefined {
  const speed = area.u16(offset)
  if (speed !== 0xffff) return knownOf(speed, 0)
  const extended = area.u32(extendedOffset)
  return extended === undefined ? undefined : knownOf(extended & 0x7fff_ffff, 0)
}

function knownOf(value: number | undefined, ...unknown: readonly number[]): number | undefined {
  return value === undefined || unknown.includes(value) ? undefined : value
}
