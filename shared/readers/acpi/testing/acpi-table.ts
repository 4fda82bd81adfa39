import { bytesOf, charactersOf, sealed } from '../../testing/byte-builder'

/** A table with the header of ACPI 6.5, 5.2.6 and a right checksum; `body` begins at byte 36. */
export function acpiTable(
  signature: string,
  body: readonly number[],
  { revision = 2 }: { readonly revision?: number } = {},
): Uint8Array {
  const bytes = [
    ...charactersOf(signature),
    ...bytesOf(36 + body.length, 4),
    revision,
    0,
    ...charactersOf('FOLIO TESTTABL'),
    ...bytesOf(1, 4),
    ...charactersOf('TEST'),
    ...bytesOf(1, 4),
    ...body,
  ]
  return Uint8Array.from(sealed(bytes, { checksumAt: 9 }))
}

const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0)

export interface MemoryAffinity {
  readonly domain: number
  readonly start: number
  readonly size: number
  /** Bit 0 enabled, 1 hot-pluggable, 2 non-volatile. */
  readonly flags?: number
}

/** SRAT with memory affinity structures. */
export function sratTable(affinities: readonly MemoryAffinity[], revision = 3): Uint8Array {
  const body = affinities.flatMap(({ domain, start, size, flags = 1 }) => [
    1,
    40,
    ...bytesOf(domain, 4),
    ...zeros(2),
    ...bytesOf(start, 8),
    ...bytesOf(size, 8),
    ...zeros(4),
    ...bytesOf(flags, 4),
    ...zeros(8),
  ])
  return acpiTable('SRAT', [...bytesOf(1, 4), ...zeros(8), ...body], { revision })
}

/** SLIT of rows of distances. */
export function slitTable(rows: readonly (readonly number[])[]): Uint8Array {
  return acpiTable('SLIT', [...bytesOf(rows.length, 8), ...rows.flat()], { revision: 1 })
}

/** HMAT structure 0: memory of a domain attached to the processors of another. */
export function hmatAttributes(initiator: number, memory: number): readonly number[] {
  return [
    ...hmatHeader(0, 40),
    ...bytesOf(1, 2),
    ...zeros(2),
    ...bytesOf(initiator, 4),
    ...bytesOf(memory, 4),
    ...zeros(20),
  ]
}

export interface HmatMatrixParts {
  /** 0 access latency … 5 write bandwidth. */
  readonly dataType: number
  readonly hierarchy?: number
  /** ps or MB/s that an entry of 1 stands for. */
  readonly base: number
  readonly initiators: readonly number[]
  readonly targets: readonly number[]
  readonly entries: readonly number[]
}

/** HMAT structure 1. */
export function hmatMatrix(parts: HmatMatrixParts): readonly number[] {
  const lists = [...parts.initiators, ...parts.targets].flatMap((domain) => bytesOf(domain, 4))
  const entries = parts.entries.flatMap((entry) => bytesOf(entry, 2))
  return [
    ...hmatHeader(1, 32 + lists.length + entries.length),
    parts.hierarchy ?? 0,
    parts.dataType,
    ...zeros(2),
    ...bytesOf(parts.initiators.length, 4),
    ...bytesOf(parts.targets.length, 4),
    ...zeros(4),
    ...bytesOf(parts.base, 8),
    ...lists,
    ...entries,
  ]
}

/** HMAT structure 2: a direct-mapped write-back cache. */
export function hmatCache(
  domain: number,
  { level, sizeBytes, lineBytes }: { level: number; sizeBytes: number; lineBytes: number },
): readonly number[] {
  const attributes = level | (level << 4) | (1 << 8) | (1 << 12)
  return [
    ...hmatHeader(2, 32),
    ...bytesOf(domain, 4),
    ...zeros(4),
    ...bytesOf(sizeBytes, 8),
    ...bytesOf(attributes, 2),
    ...bytesOf(lineBytes, 2),
    ...zeros(4),
  ]
}

export function hmatTable(
  structures: readonly (readonly number[])[],
  options: { readonly revision?: number } = {},
): Uint8Array {
  return acpiTable('HMAT', [...zeros(4), ...structures.flat()], options)
}

function hmatHeader(type: number, length: number): readonly number[] {
  return [...bytesOf(type, 2), 0, 0, ...bytesOf(length, 4)]
}

export const PERSISTENT_MEMORY = '79d3f066f3b47440ac430d3318b78cdb'

export interface SpaRangeParts {
  readonly index: number
  readonly domain?: number
  readonly guid?: string
  readonly start: number
  readonly size: number
}

/** NFIT structure 0. */
export function nfitRange(parts: SpaRangeParts): readonly number[] {
  const { index, domain, guid = PERSISTENT_MEMORY, start, size } = parts
  return [
    ...bytesOf(0, 2),
    ...bytesOf(56, 2),
    ...bytesOf(index, 2),
    ...bytesOf(domain === undefined ? 0 : 2, 2),
    ...zeros(4),
    ...bytesOf(domain ?? 0, 4),
    ...(guid.match(/../g) ?? []).map((pair) => parseInt(pair, 16)),
    ...bytesOf(start, 8),
    ...bytesOf(size, 8),
    ...zeros(8),
  ]
}

export interface RangeMappingParts {
  readonly handle: number
  readonly physicalId: number
  readonly rangeIndex: number
  readonly controlIndex?: number
  readonly size: number
  readonly regionOffset?: number
  readonly dpaStart?: number
}

/** NFIT structure 1. */
export function nfitMapping(parts: RangeMappingParts): readonly number[] {
  return [
    ...bytesOf(1, 2),
    ...bytesOf(48, 2),
    ...bytesOf(parts.handle, 4),
    ...bytesOf(parts.physicalId, 2),
    ...zeros(2),
    ...bytesOf(parts.rangeIndex, 2),
    ...bytesOf(parts.controlIndex ?? 0, 2),
    ...bytesOf(parts.size, 8),
    ...bytesOf(parts.regionOffset ?? 0, 8),
    ...bytesOf(parts.dpaStart ?? 0, 8),
    ...zeros(8),
  ]
}

export interface ControlRegionParts {
  readonly index: number
  readonly vendor: number
  readonly device: number
  readonly serial: number
  /** Manufacturing location and date, where they are valid. */
  readonly made?: readonly [location: number, date: number]
}

/** NFIT structure 4. */
export function nfitControl(parts: ControlRegionParts): readonly number[] {
  return [
    ...bytesOf(4, 2),
    ...bytesOf(80, 2),
    ...bytesOf(parts.index, 2),
    ...bytesOf(parts.vendor, 2),
    ...bytesOf(parts.device, 2),
    ...zeros(8),
    parts.made === undefined ? 0 : 1,
    parts.made?.[0] ?? 0,
    ...bytesOf(parts.made?.[1] ?? 0, 2),
    ...zeros(2),
    ...bytesOf(parts.serial, 4),
    ...zeros(52),
  ]
}

export function nfitTable(structures: readonly (readonly number[])[]): Uint8Array {
  return acpiTable('NFIT', [...zeros(4), ...structures.flat()], { revision: 1 })
}

export interface WindowParts {
  readonly start: number
  readonly size: number
  readonly encodedWays?: number
  readonly arithmetic?: number
  readonly encodedGranularity?: number
  readonly restrictions?: number
  readonly qosClass?: number
  readonly targets?: readonly number[]
}

/** CEDT structure 1, a fixed memory window. */
export function cedtWindow(parts: WindowParts): readonly number[] {
  const targets = (parts.targets ?? [0]).flatMap((uid) => bytesOf(uid, 4))
  return [
    1,
    0,
    ...bytesOf(36 + targets.length, 2),
    ...zeros(4),
    ...bytesOf(parts.start, 8),
    ...bytesOf(parts.size, 8),
    parts.encodedWays ?? 0,
    parts.arithmetic ?? 0,
    ...zeros(2),
    ...bytesOf(parts.encodedGranularity ?? 0, 4),
    ...bytesOf(parts.restrictions ?? 0, 2),
    ...bytesOf(parts.qosClass ?? 0, 2),
    ...targets,
  ]
}

export function cedtTable(structures: readonly (readonly number[])[]): Uint8Array {
  return acpiTable('CEDT', structures.flat(), { revision: 1 })
}
