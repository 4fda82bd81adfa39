import type { AccessMeasure, AccessTable, AttachedInitiator, DomainCache } from '../proximity-facts'
import { subtablesOf, type AcpiTable, type Subtable, type Wrong } from './table'

const LAYOUT = { start: 40, typeBytes: 2, lengthOffset: 4, lengthBytes: 4 } as const
/** MAX_NUMNODES of the largest kernel configuration (CONFIG_NODES_SHIFT 10). */
const MOST_DOMAINS = 1024

/** Data types of structure 1, by number (ACPI 6.5, table 5.146). */
const DATA_TYPES: readonly {
  readonly name: string
  readonly measures: readonly AccessMeasure[]
}[] = [
  { name: 'access latency', measures: ['readLatencyNs', 'writeLatencyNs'] },
  { name: 'read latency', measures: ['readLatencyNs'] },
  { name: 'write latency', measures: ['writeLatencyNs'] },
  { name: 'access bandwidth', measures: ['readBandwidthMBs', 'writeBandwidthMBs'] },
  { name: 'read bandwidth', measures: ['readBandwidthMBs'] },
  { name: 'write bandwidth', measures: ['writeBandwidthMBs'] },
]

/** A latency or bandwidth matrix of HMAT, of memory or of one of its caches. */
export interface HmatMatrix extends AccessTable {
  /** `read latency`, or `read latency of the level 1 memory-side cache`. */
  readonly name: string
  readonly isLatency: boolean
  /** 0 is memory itself, n the memory-side cache of level n. */
  readonly hierarchy: number
}

export interface HmatFacts {
  readonly initiators: readonly AttachedInitiator[]
  readonly matrices: readonly HmatMatrix[]
  readonly caches: readonly DomainCache[]
}

/** Heterogeneous memory attributes (ACPI 6.5, 5.2.27), by proximity domain. */
export function readHmat(table: AcpiTable, wrong: Wrong): HmatFacts {
  const subtables = subtablesOf(table, LAYOUT, wrong)
  const ofType = (type: number) => subtables.filter((subtable) => subtable.type === type)
  return {
    initiators: ofType(0).flatMap(readAttributes),
    matrices: ofType(1).flatMap((subtable) => readMatrix(subtable, table, wrong)),
    caches: ofType(2).flatMap((subtable) => readCache(subtable, table.path)),
  }
}

function readAttributes({ view }: Subtable): readonly AttachedInitiator[] {
  const flags = view.u16(8)
  const initiatorDomain = view.u32(12)
  const memoryDomain = view.u32(16)
  if (flags === undefined || initiatorDomain === undefined || memoryDomain === undefined) return []
  return (flags & 1) === 0 ? [] : [{ memoryDomain, initiatorDomain }]
}

function readMatrix(
  { view }: Subtable,
  { path, revision }: AcpiTable,
  wrong: Wrong,
): readonly HmatMatrix[] {
  const hierarchy = (view.u8(8) ?? 0) & 0xf
  const dataType = DATA_TYPES[view.u8(9) ?? DATA_TYPES.length]
  const rows = view.u32(12) ?? 0
  const columns = view.u32(16) ?? 0
  const base = view.u64(24)
  const entries = 32 + 4 * (rows + columns)
  if (dataType === undefined || base === undefined) {
    wrong(`a matrix of data type ${view.u8(9) ?? '?'} is not known; it is left out`)
    return []
  }
  if (rows > MOST_DOMAINS || columns > MOST_DOMAINS || entries + 2 * rows * columns > view.length) {
    wrong(
      `a matrix of ${rows} initiators and ${columns} targets does not fit its ${view.length} bytes; it is left out`,
    )
    return []
  }
  const isLatency = dataType.name.endsWith('latency')
  const domains = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => view.u32(from + 4 * index) ?? 0)
  return [
    {
      name:
        hierarchy === 0
          ? dataType.name
          : `${dataType.name} of the level ${hierarchy} memory-side cache`,
      isLatency,
      hierarchy,
      measures: dataType.measures,
      initiatorDomains: domains(32, rows),
      targetDomains: domains(32 + 4 * rows, columns),
      values: Array.from({ length: rows * columns }, (_, index) =>
        normalise(view.u16(entries + 2 * index) ?? 0, { base, revision, isLatency }),
      ),
      path,
    },
  ]
}

/** ns or MB/s as the kernel has them (drivers/acpi/numa/hmat.c, hmat_normalize); 0 where there is no value. */
function normalise(
  entry: number,
  unit: { readonly base: number; readonly revision: number; readonly isLatency: boolean },
): number {
  const value = entry * unit.base
  if (entry === 0xffff || value > 0xffff_ffff) return 0
  if (unit.revision === 1) return value < 10 ? 0 : Math.ceil(value / 10)
  return unit.isLatency ? Math.ceil(value / 1000) : value
}

function readCache({ view }: Subtable, path: string): readonly DomainCache[] {
  const domain = view.u32(8)
  const sizeBytes = view.u64(16)
  const attributes = view.u32(24)
  if (domain === undefined || sizeBytes === undefined || attributes === undefined) return []
  const level = (attributes >>> 4) & 0xf
  const lineBytes = attributes >>> 16
  // A domain without a cache has a structure that says so: no levels in all.
  if ((attributes & 0xf) === 0 || level === 0 || sizeBytes === 0) return []
  return [{ domain, cache: { level, sizeBytes, ...(lineBytes > 0 && { lineBytes }) }, path }]
}
