import type { Nvdimm } from '../../model/memory-modules'
import type { ReadSource } from '../../model/source'
import type { FirmwareRange, PmemRegion, RegionMapping } from '../../model/topology'
import { formatHex, MAX_PHYSICAL_BYTES } from '../../model/units'
import { FactSheet } from '../facts'
import { subtablesOf, type AcpiTable, type Subtable, type Wrong } from './table'

const LAYOUT = { start: 40, typeBytes: 2, lengthOffset: 2, lengthBytes: 2 } as const

/** Range type GUIDs (ACPI 6.5, table 5.130), as the bytes stand in the table. */
const PURPOSES: Readonly<Record<string, string>> = {
  '79d3f066f3b47440ac430d3318b78cdb': 'persistent memory',
  '4f940573dafde344b16c3f22d252e5d0': 'volatile memory',
  f601f792b4135d40910b299367e8234c: 'control region',
  '3005af91865d0e47a6b00a2db9408249': 'block data window',
  '5a53ab77fc454b625560f7b281d1f96e': 'volatile virtual disk',
  '30bd5a3d7541ce876d64d2ade523c4bb': 'volatile virtual CD',
  c902ea5c074dd369269f4496fbe096f9: 'persistent virtual disk',
  '88810108cd4248bb100f5387d53ded3d': 'persistent virtual CD',
}

export interface NfitFacts {
  readonly firmwareRanges: readonly FirmwareRange[]
  readonly nvdimms: readonly Nvdimm[]
  readonly regions: readonly PmemRegion[]
}

/** NVDIMMs, the address ranges that they fill, and how they are interleaved (ACPI 6.5, 5.2.25; DOMAIN §9.4). */
export function readNfit(table: AcpiTable, wrong: Wrong): NfitFacts {
  const subtables = subtablesOf(table, LAYOUT, wrong)
  const ofType = (type: number) => subtables.filter((subtable) => subtable.type === type)
  const source = (key: string): ReadSource => ({
    kind: 'read',
    reader: 'acpi',
    path: table.path,
    key,
  })
  const ranges = ofType(0).flatMap((subtable) => readRange(subtable, source, wrong))
  const mappings = ofType(1).flatMap(readMapping)
  const controls = new Map(ofType(4).map((subtable) => [subtable.view.u16(4), subtable]))
  return {
    firmwareRanges: uniqueById(ranges.map(({ firmwareRange }) => firmwareRange)),
    nvdimms: readNvdimms(mappings, controls, source),
    regions: uniqueById(ranges.flatMap((range) => regionOf(range, mappings, source))),
  }
}

interface SpaRange {
  readonly index: number
  readonly firmwareRange: FirmwareRange
}
type SourceOf = (key: string) => ReadSource

function readRange({ view }: Subtable, source: SourceOf, wrong: Wrong): readonly SpaRange[] {
  const index = view.u16(4)
  const flags = view.u16(6)
  const guid = view.hex(16, 16)
  const start = view.u64(32)
  const size = view.u64(40)
  if (index === undefined || flags === undefined || guid === undefined || size === 0) return []
  if (start === undefined || size === undefined || start + size > MAX_PHYSICAL_BYTES) {
    wrong(`range ${index} lies beyond all physical memory`)
    return []
  }
  const id = `nfit:${formatHex(start)}-${formatHex(start + size)}`
  const from = source(`range ${index}`)
  const firmwareRange = new FactSheet<FirmwareRange>(id)
    .set('proximityDomain', (flags & 2) === 0 ? undefined : view.u32(12), from)
    .set('purpose', PURPOSES[guid], from)
    .set('isNonVolatile', PURPOSES[guid]?.startsWith('persistent'), from)
    .finish({ table: 'NFIT', startAddress: start, sizeBytes: size })
  return [{ index, firmwareRange }]
}

/** Structure 1: the part of an NVDIMM that belongs to a range. */
interface Mapping {
  readonly handle: number
  readonly physicalId: number
  readonly rangeIndex: number
  readonly controlIndex: number
  readonly sizeBytes: number | undefined
  readonly regionOffset: bigint
  readonly dpaStart: number | undefined
}

function readMapping({ view }: Subtable): readonly Mapping[] {
  const handle = view.u32(4)
  const physicalId = view.u16(8)
  const rangeIndex = view.u16(12)
  const controlIndex = view.u16(14)
  const regionOffset = view.big64(24)
  if (
    handle === undefined ||
    physicalId === undefined ||
    rangeIndex === undefined ||
    controlIndex === undefined ||
    regionOffset === undefined
  ) {
    return []
  }
  const place = { sizeBytes: view.u64(16), dpaStart: view.u64(32) }
  return [{ handle, physicalId, rangeIndex, controlIndex, regionOffset, ...place }]
}

function readNvdimms(
  mappings: readonly Mapping[],
  controls: ReadonlyMap<number | undefined, Subtable>,
  source: SourceOf,
): readonly Nvdimm[] {
  const nvdimms = new Map<string, Nvdimm>()
  for (const { handle, physicalId, controlIndex } of mappings) {
    const id = nvdimmId(handle)
    if (nvdimms.has(id)) continue
    const from = source(id)
    const control = controls.get(controlIndex)?.view
    const vendor = control?.hex(6, 2)
    const serial = control?.hex(24, 4)
    const device = control?.hex(8, 2)
    const made =
      ((control?.u8(18) ?? 0) & 1) === 0 ? '' : `-${control?.hex(19, 1)}-${control?.hex(20, 2)}`
    nvdimms.set(
      id,
      new FactSheet<Nvdimm>(id)
        .set('handle', handle, from)
        .set('physicalId', physicalId, from)
        .set('vendor', prefixed(vendor), from)
        .set('device', prefixed(device), from)
        .set('serial', prefixed(serial), from)
        // As the kernel's nfit/id (drivers/acpi/nfit/core.c, id_show).
        .set(
          'uniqueId',
          vendor === undefined || serial === undefined ? undefined : `${vendor}${made}-${serial}`,
          from,
        )
        .finish(),
    )
  }
  return [...nvdimms.values()]
}

/** The numbers of a control region are in the order of their bytes (JEDEC), and so the kernel prints them. */
function prefixed(digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : `0x${digits}`
}

function nvdimmId(handle: number): string {
  return `nvdimm:0x${handle.toString(16).padStart(4, '0')}`
}

/** The region that libnvdimm makes of a range of memory; other purposes make none. */
function regionOf(
  { index, firmwareRange }: SpaRange,
  mappings: readonly Mapping[],
  source: SourceOf,
): readonly PmemRegion[] {
  const { purpose, startAddress, sizeBytes } = firmwareRange
  const isPersistent = purpose === 'persistent memory'
  if (!isPersistent && purpose !== 'volatile memory') return []
  const from = source(`range ${index}`)
  const own = mappings.filter(({ rangeIndex }) => rangeIndex === index)
  return [
    new FactSheet<PmemRegion>(`nfit-region:${formatHex(startAddress)}`)
      .set('regionType', isPersistent ? 'pmem' : 'volatile', from)
      .set('sizeBytes', sizeBytes, from)
      .set('startAddress', startAddress, from)
      .set('mappings', own.length === 0 ? undefined : regionMappings(own), from)
      .finish(),
  ]
}

/** Positions follow the offsets in the region (drivers/acpi/nfit/core.c, acpi_nfit_init_interleave_set). */
function regionMappings(own: readonly Mapping[]): readonly RegionMapping[] | undefined {
  const byOffset = [...own].sort((a, b) =>
    a.regionOffset < b.regionOffset ? -1 : a.regionOffset > b.regionOffset ? 1 : 0,
  )
  const positions = new Map(byOffset.map((mapping, position) => [mapping, position]))
  const mappings = own.flatMap((mapping) => {
    const { handle, dpaStart, sizeBytes } = mapping
    if (dpaStart === undefined || sizeBytes === undefined) return []
    const position = positions.get(mapping) ?? 0
    return [{ nvdimmId: nvdimmId(handle), dpaStart, sizeBytes, position }]
  })
  return mappings.length === own.length ? mappings : undefined
}

function uniqueById<T extends { readonly id: string }>(objects: readonly T[]): readonly T[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()]
}
