import type { Nvdimm } from '../../model/memory-modules'
import type { PmemRegion, RegionMapping } from '../../model/topology'
import {
  formatBytes,
  formatHex,
  GIB,
  MIB,
  roundDown,
  roundUp,
  type AddressRange,
} from '../../model/units'
import { FactSheet } from '../facts'
import { contradiction, derived, type Placed, type SpecContext } from './context'
import { placeNamespace, type PlacedNamespace } from './namespaces'
import { sum } from './numbers'
import { checkPages } from './ram'
import type { SpecPmem } from './schema'
import type { SpecNamespace } from './schema-cxl'
import type { Slot, Socket } from './sockets'
import { expandSlots } from './slots'
import type { Path } from './yaml-document'

/** Allocation granule of a region (default_align in drivers/nvdimm/region_devs.c; DOMAIN §6.3). */
const REGION_ALIGN_BYTES = 16 * MIB
/** Regions and devices that are placed for the writer begin at whole GiB. */
export const PLACEMENT_BYTES = GIB

/** A libnvdimm region with its address, its parts of NVDIMMs, and its namespaces. */
export interface PlacedRegion extends Placed {
  readonly index: number
  readonly mappings: readonly RegionMapping[]
  readonly alignBytes: number
  readonly numaNode: number | undefined
  readonly targetNode: number | undefined
  readonly namespaces: readonly PlacedNamespace[]
}

/** A region that an entry of `pmem` describes. */
export interface InterleaveSet extends PlacedRegion {
  readonly written: SpecPmem
}

export interface PersistentMemory {
  readonly regions: readonly InterleaveSet[]
  /** NVDIMM in a slot, by locator. */
  readonly nvdimmIds: ReadonlyMap<string, string>
}

/** Lays out all interleave sets behind `endOfRam`, or where they say. */
export function placeRegions(
  context: SpecContext,
  sockets: readonly Socket[],
  { endOfRam, nodeIdOfSocket }: { endOfRam: number; nodeIdOfSocket: ReadonlyMap<number, number> },
): PersistentMemory {
  const slots = new Map(
    sockets.flatMap((socket) => socket.slots.map((slot) => [slot.locator, slot] as const)),
  )
  const nvdimmIds = new Map<string, string>()
  const usedBytes = new Map<string, number>()
  let cursor = endOfRam
  const regions = (context.written.spec.pmem ?? []).map((written, index): InterleaveSet => {
    const path = ['pmem', index]
    const members = membersOf(context, index, slots)
    const size = sizeOf(context, index, members)
    if (written.start !== undefined) checkPages(context, written.start, [...path, 'start'])
    const start = written.start ?? roundUp(cursor, PLACEMENT_BYTES)
    const range = { start, end: start + size }
    cursor = Math.max(cursor, range.end)
    const mappings = members.map((slot, position): RegionMapping => {
      const nvdimmId = nvdimmIds.get(slot.locator) ?? `nmem${nvdimmIds.size}`
      nvdimmIds.set(slot.locator, nvdimmId)
      const dpaStart = usedBytes.get(slot.locator) ?? 0
      const sizeBytes = size / members.length
      if (dpaStart + sizeBytes > (slot.dimms.size ?? 0)) {
        throw contradiction(context, [...path, written.size === undefined ? 'dimms' : 'size'], {
          what: `region${index} needs ${formatBytes(sizeBytes)} of ${slot.locator}, and ${formatBytes((slot.dimms.size ?? 0) - dpaStart)} are left of it`,
          hint: 'lower size, or use another module',
        })
      }
      usedBytes.set(slot.locator, dpaStart + sizeBytes)
      return { nvdimmId, dpaStart, sizeBytes, position }
    })
    const alignBytes = regionAlign(context, size, members.length)
    const socketIds = new Set(members.map(({ socketId }) => socketId))
    const [socketId = -1] = socketIds
    return {
      ...range,
      index,
      path,
      name: `region${index}`,
      written,
      mappings,
      alignBytes,
      numaNode: written.node ?? (socketIds.size === 1 ? nodeIdOfSocket.get(socketId) : undefined),
      targetNode: written.targetNode,
      namespaces: placeNamespaces(context, {
        regionIndex: index,
        range,
        alignBytes,
        written: written.namespaces ?? [],
        path: [...path, 'namespaces'],
      }),
    }
  })
  return { regions, nvdimmIds }
}

function membersOf(
  context: SpecContext,
  index: number,
  slots: ReadonlyMap<string, Slot>,
): readonly Slot[] {
  const patterns = context.written.spec.pmem?.[index]?.dimms ?? []
  const members = patterns.flatMap((pattern, position) => {
    const path = ['pmem', index, 'dimms', position]
    return (expandSlots(pattern, 0) ?? [pattern]).map((locator) => {
      const slot = slots.get(locator)
      if (slot === undefined || slot.dimms.empty === true) {
        throw contradiction(context, path, {
          what: slot === undefined ? `there is no slot ${locator}` : `the slot ${locator} is empty`,
          hint: 'name slots of sockets that hold modules',
        })
      }
      return slot
    })
  })
  const names = members.map(({ locator }) => locator)
  // ND_MAX_MAPPINGS, include/linux/libnvdimm.h.
  if (members.length === 0 || members.length > 32 || new Set(names).size < names.length) {
    throw contradiction(context, ['pmem', index, 'dimms'], {
      what: 'an interleave set has 1 to 32 modules, each once',
      hint: 'list slots, such as [P0_DIMM_A2, P0_DIMM_B2], or a pattern',
    })
  }
  return members
}

function sizeOf(context: SpecContext, index: number, members: readonly Slot[]): number {
  const written = context.written.spec.pmem?.[index]?.size
  const bytes = written ?? sum(members.map(({ dimms }) => dimms.size ?? 0))
  const unit = members.length * context.rules.basePageBytes
  if (bytes % unit !== 0) {
    throw contradiction(context, ['pmem', index, 'size'], {
      what: `${formatBytes(bytes)} cannot be divided evenly among ${members.length} modules`,
      hint: `write ${multiplesAround(bytes, unit)}`,
    })
  }
  return bytes
}

/** 16 MiB, times the number of modules where that does not divide it; one page in tiny regions (DOMAIN §6.3). */
export function regionAlign({ rules }: SpecContext, size: number, ways: number): number {
  if (size < REGION_ALIGN_BYTES) return rules.basePageBytes
  return REGION_ALIGN_BYTES % ways === 0 ? REGION_ALIGN_BYTES : REGION_ALIGN_BYTES * ways
}

/** Room for namespaces, and what is written of them. */
interface NamespaceRoom {
  readonly regionIndex: number
  readonly range: AddressRange
  readonly alignBytes: number
  readonly written: readonly SpecNamespace[]
  readonly path: Path
}

/** Lays out the namespaces of a region behind each other, or where they say. */
export function placeNamespaces(
  context: SpecContext,
  { regionIndex, range, alignBytes, written: all, path: listPath }: NamespaceRoom,
): readonly PlacedNamespace[] {
  let cursor = range.start
  return all.map((written, index) => {
    const path = [...listPath, index]
    if (written.start !== undefined) {
      checkStart(context, written.start, { cursor, range, path: [...path, 'start'] })
      cursor = written.start
    }
    const left = range.end - cursor
    if (written.size === undefined && index < all.length - 1) {
      throw contradiction(context, path, {
        what: 'only the last namespace of a region may leave out its size',
        hint: 'write the raw size, such as 378GiB',
      })
    }
    const size = written.size ?? roundDown(left, alignBytes)
    if (size === 0 || size > left) {
      throw contradiction(context, written.size === undefined ? path : [...path, 'size'], {
        what: `region${regionIndex} is too small: ${formatBytes(left)} are left for this namespace`,
        hint: 'make the namespaces smaller or the region larger',
      })
    }
    if (size % alignBytes !== 0) {
      throw contradiction(context, [...path, 'size'], {
        what: `the size is not a multiple of ${formatBytes(alignBytes)}, the alignment of region${regionIndex}`,
        hint: `write ${multiplesAround(size, alignBytes)}`,
      })
    }
    const place = { start: cursor, end: cursor + size, regionIndex, index, path }
    cursor += size
    return placeNamespace(context, written, place)
  })
}

function checkStart(
  context: SpecContext,
  start: number,
  at: { readonly cursor: number; readonly range: AddressRange; readonly path: Path },
): void {
  checkPages(context, start, at.path)
  if (start >= at.cursor && start < at.range.end) return
  throw contradiction(context, at.path, {
    what: `${formatHex(start)} does not lie behind the namespaces before it and inside its region`,
    hint: `write ${formatHex(at.cursor)} or more, below ${formatHex(at.range.end)}`,
  })
}

function multiplesAround(bytes: number, unit: number): string {
  const below = roundDown(bytes, unit)
  const above = mebibytes(roundUp(bytes, unit))
  return below === 0 ? above : `${mebibytes(below)} or ${above}`
}

function mebibytes(bytes: number): string {
  return bytes % MIB === 0 ? `${bytes / MIB}MiB` : String(bytes)
}

/** Bytes of a region that its namespaces take. */
export function usedBytesOf({ namespaces }: Pick<PlacedRegion, 'namespaces'>): number {
  return sum(namespaces.map(({ start, end }) => end - start))
}

export function regionFacts(context: SpecContext, region: InterleaveSet): PmemRegion {
  const { written, path } = region
  const source = (key: keyof SpecPmem) => context.written.source([...path, key])
  return new FactSheet<PmemRegion>(`region${region.index}`)
    .set('regionType', 'pmem', context.written.source(path))
    .set(
      'sizeBytes',
      region.end - region.start,
      written.size === undefined ? derived('sum of its modules') : source('size'),
    )
    .set(
      'availableBytes',
      region.end - region.start - usedBytesOf(region),
      derived('what its namespaces leave'),
    )
    .set(
      'alignBytes',
      region.alignBytes,
      derived('16 MiB, times the number of modules where that does not divide it'),
    )
    .set(
      'startAddress',
      region.start,
      written.start === undefined
        ? derived('at the next whole GiB behind RAM and the regions before it')
        : source('start'),
    )
    .set('mappings', region.mappings, source('dimms'))
    .set(
      'numaNode',
      region.numaNode,
      written.node === undefined ? derived('the only node of its modules’ socket') : source('node'),
    )
    .set('targetNode', written.targetNode, source('targetNode'))
    .finish()
}

/** NVDIMMs in order of their first use. */
export function nvdimmFacts(
  context: SpecContext,
  sockets: readonly Socket[],
  { nvdimmIds }: PersistentMemory,
): readonly Nvdimm[] {
  const slots = sockets.flatMap((socket) => socket.slots)
  return [...nvdimmIds].map(([locator, id]) => {
    const slot = slots.find((one) => one.locator === locator)
    const source = context.written.source([...(slot?.path ?? []), 'slots'])
    return new FactSheet<Nvdimm>(id).set('packageId', slot?.socketId, source).finish()
  })
}
