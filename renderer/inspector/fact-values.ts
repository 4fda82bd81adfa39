import type { CxlDport, CxlRegionTarget } from '../../shared/model/cxl'
import type { DimmRange } from '../../shared/model/memory-modules'
import type {
  AccessClass,
  HugepagePool,
  MemoryAttribute,
  MemorySideCache,
  RegionMapping,
  TransparentHugepages,
} from '../../shared/model/topology'
import { formatBytes, formatCount, formatHex, type AddressRange } from '../../shared/model/units'
import { fieldStyle } from './fact-fields'

/** A value as the inspector shows it. */
export interface FactValue {
  /** One line, or several for a list of structures. */
  readonly lines: readonly string[]
  /** The same value exactly, where the line rounds or names it: `1 073 741 824 B`. */
  readonly exact?: string
  /** The object that the value names. */
  readonly objectId?: string
}

/** Formatters of structured fields, by field name. */
const SHAPES: Readonly<Record<string, (value: never) => readonly string[]>> = {
  distances: (value: Readonly<Record<string, number>>) =>
    Object.entries(value).map(([nodeId, distance]) => `node${nodeId}: ${distance}`),
  hugepagePools: (value: readonly HugepagePool[]) => value.map(describePool),
  hugepageSizes: (value: readonly number[]) => value.map(formatBytes),
  memorySideCaches: (value: readonly MemorySideCache[]) =>
    value.map((cache) => `level ${cache.level}: ${formatBytes(cache.sizeBytes)}`),
  accessClasses: (value: readonly AccessClass[]) => value.map(describeAccess),
  mappings: (value: readonly RegionMapping[]) =>
    value.map(
      (mapping) =>
        `${mapping.nvdimmId}: ${formatBytes(mapping.sizeBytes)} at DPA ${formatHex(mapping.dpaStart)}`,
    ),
  ranges: (value: readonly DimmRange[]) => value.map(describeDimmRange),
  dports: (value: readonly CxlDport[]) =>
    value.map(({ device, dportId }) => (dportId === undefined ? device : `${dportId}: ${device}`)),
  targets: (value: readonly (string | CxlRegionTarget)[]) =>
    value.map((target, position) =>
      typeof target === 'string'
        ? `${position}: ${target}`
        : `${target.position}: ${[target.memdevId, target.decoderId].filter((id) => id !== undefined).join(' · ')}`,
    ),
  memoryAttributes: (value: readonly MemoryAttribute[]) =>
    value.map(
      ({ name, value: amount, initiator }) =>
        `${name} ${formatCount(amount)}${initiator === undefined ? '' : ` from ${initiator}`}`,
    ),
  transparentHugepages: (value: readonly TransparentHugepages[]) =>
    value.map(describeTransparentHugepages),
  values: (value: readonly number[]) => matrixLines(value),
  hugetlbFreeableBytes: (value: Readonly<Record<string, number>>) =>
    Object.entries(value).map(
      ([pageBytes, freed]) =>
        `${formatBytes(freed)} of each ${formatBytes(Number(pageBytes))} page`,
    ),
  hugetlbSections: (value: readonly unknown[]) => [`${formatCount(value.length)} sections`],
}

/** Writes the value of a field of a model object. */
export function factValue(field: string, value: unknown): FactValue {
  const style = fieldStyle(field, value)
  if (typeof value === 'number') {
    switch (style.format) {
      case 'bytes':
        return bytesValue(value)
      case 'address':
      case 'handle':
        return { lines: [formatHex(value)] }
      case 'node':
        return { lines: [`node${value}`], objectId: `node${value}` }
      default: {
        const unit = style.unit === undefined ? '' : ` ${style.unit}`
        return { lines: [`${formatCount(value)}${unit}`] }
      }
    }
  }
  if (typeof value === 'boolean') return { lines: [value ? 'on' : 'off'] }
  if (typeof value === 'string') {
    if (style.format === 'object') return { lines: [value], objectId: value }
    // A CPU-less node has a list of CPUs, and it is empty.
    return { lines: [value === '' ? 'none' : value] }
  }
  const shape = SHAPES[field]
  if (shape !== undefined) return { lines: shape(value as never) }
  if (Array.isArray(value)) return { lines: [describeList(value)] }
  return { lines: [JSON.stringify(value)] }
}

/** A size for people with its exact bytes beside it; bytes alone need no second form. */
export function bytesValue(bytes: number): FactValue {
  const text = formatBytes(bytes)
  const exact = `${formatCount(bytes)} B`
  return text === `${bytes} B` ? { lines: [text] } : { lines: [text], exact }
}

export function describeRange(range: AddressRange): string {
  return `${formatHex(range.start)}–${formatHex(range.end)}`
}

function describeDimmRange(range: DimmRange): string {
  const { interleavePosition: position, interleaveDepth: depth } = range
  const interleave =
    position === undefined || depth === undefined ? '' : `, ${position} of ${depth}`
  return describeRange(range) + interleave
}

function describeTransparentHugepages(size: TransparentHugepages): string {
  const count = size.counters?.['nr_anon']
  return [
    `${formatBytes(size.sizeBytes)}:`,
    size.enabled ?? size.shmemEnabled ?? '',
    count === undefined ? '' : `${formatCount(count)} anonymous folios`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** A square matrix row by row; a large one by its size alone. */
function matrixLines(values: readonly number[]): readonly string[] {
  const side = Math.sqrt(values.length)
  if (!Number.isInteger(side) || side > 16) return [`${formatCount(values.length)} values`]
  return Array.from({ length: side }, (_, row) =>
    values.slice(row * side, (row + 1) * side).join(' '),
  )
}

function describePool(pool: HugepagePool): string {
  const free = pool.free === undefined ? '' : `, ${formatCount(pool.free)} free`
  return `${formatBytes(pool.sizeBytes)}: ${formatCount(pool.total)}${free}`
}

function describeAccess(access: AccessClass): string {
  const parts = [
    measure(access.readBandwidthMBs, 'MB/s read'),
    measure(access.writeBandwidthMBs, 'MB/s write'),
    measure(access.readLatencyNs, 'ns read'),
    measure(access.writeLatencyNs, 'ns write'),
  ].filter((part) => part !== undefined)
  const from = access.initiatorNodeIds.map((nodeId) => `node${nodeId}`).join(', ')
  return `class ${access.accessClass} from ${from}: ${parts.join(', ')}`
}

function measure(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${formatCount(value)} ${unit}`
}

/** Numbers as the kernel lists them: `0-3,8`. */
function describeList(values: readonly unknown[]): string {
  if (!values.every((value) => typeof value === 'number')) return values.join(', ')
  const runs: [number, number][] = []
  for (const value of values.toSorted((left, right) => left - right)) {
    const last = runs.at(-1)
    if (last !== undefined && value === last[1] + 1) last[1] = value
    else runs.push([value, value])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}
