import { extentsByOwner } from '../memmap/extents-by-owner'
import type { MemmapAccount, MemmapExtent } from '../memmap/types'
import type { Namespace, PmemRegion, Topology } from '../model/topology'
import { formatBytes, formatHex, MIB, type AddressRange } from '../model/units'
import { bytesAt } from './backing'
import { lookupOf } from './lookup'
import { blockRuns, type BlockRun } from './memory-blocks'
import type { PieceSpec, StripSpec } from './strips'
import { systemRamPieces } from './system-ram-pieces'
import { describeNamespace } from './wording'

interface RegionContext {
  readonly topology: Topology
  readonly extents: ReadonlyMap<string, readonly MemmapExtent[]>
  readonly runs: readonly BlockRun[]
}

interface Slot extends AddressRange {
  readonly namespace: Namespace
}

/** A strip for each PMEM region: its namespaces side by side, and what is unused. */
export function regionStrips(topology: Topology, account: MemmapAccount): readonly StripSpec[] {
  const context: RegionContext = {
    topology,
    extents: extentsByOwner(account),
    runs: blockRuns(topology),
  }
  const { regions } = lookupOf(topology)
  const orphans = topology.namespaces.filter(
    ({ regionId }) => regionId === undefined || !regions.has(regionId),
  )
  return [
    ...topology.regions.flatMap((region) => regionStrip(context, region)),
    ...orphans.flatMap((namespace) => orphanStrip(context, namespace)),
  ]
}

function regionStrip(context: RegionContext, region: PmemRegion): readonly StripSpec[] {
  const namespaces = lookupOf(context.topology).namespacesOfRegion.get(region.id) ?? []
  const sizes = namespaces.reduce((sum, item) => sum + (item.rawBytes ?? item.usableBytes ?? 0), 0)
  const bytes = region.sizeBytes ?? sizes
  if (bytes <= 0) return []
  const hasAddresses =
    region.startAddress !== undefined &&
    namespaces.every((item) => item.startAddress !== undefined || sizeOf(item) === 0)
  const start = hasAddresses ? (region.startAddress ?? 0) : 0
  const slots = slotsOf(namespaces, { start, end: start + bytes }, hasAddresses)
  const end = Math.max(start + bytes, slots.at(-1)?.end ?? 0)
  const pieces: PieceSpec[] = []
  let at = start
  for (const slot of slots) {
    if (slot.start > at) pieces.push(unused(region, at, slot.start))
    pieces.push(...namespacePieces(context, slot, hasAddresses))
    at = slot.end
  }
  if (end > at) pieces.push(unused(region, at, end))
  const nodeId = region.numaNode ?? region.targetNode
  return [
    {
      kind: 'region',
      ownerId: region.id,
      ...(nodeId === undefined ? {} : { nodeId }),
      start,
      end,
      hasAddresses,
      pieces,
    },
  ]
}

function orphanStrip(context: RegionContext, namespace: Namespace): readonly StripSpec[] {
  const bytes = sizeOf(namespace)
  if (bytes === 0) return []
  const hasAddresses = namespace.startAddress !== undefined
  const start = namespace.startAddress ?? 0
  const nodeId = namespace.numaNode ?? namespace.targetNode
  return [
    {
      kind: 'region',
      ownerId: namespace.id,
      ...(nodeId === undefined ? {} : { nodeId }),
      start,
      end: start + bytes,
      hasAddresses,
      pieces: namespacePieces(context, { namespace, start, end: start + bytes }, hasAddresses),
    },
  ]
}

function sizeOf(namespace: Namespace): number {
  return namespace.rawBytes ?? namespace.usableBytes ?? 0
}

/** Places of the namespaces: their own, or one after the other in order of id; never overlapping. */
function slotsOf(
  namespaces: readonly Namespace[],
  region: AddressRange,
  hasAddresses: boolean,
): readonly Slot[] {
  const sized = namespaces.filter((namespace) => sizeOf(namespace) > 0)
  const order = hasAddresses
    ? [...sized].sort((a, b) => (a.startAddress ?? 0) - (b.startAddress ?? 0))
    : sized
  const slots: Slot[] = []
  let at = region.start
  for (const namespace of order) {
    const start = Math.max(at, hasAddresses ? (namespace.startAddress ?? at) : at)
    const end = (hasAddresses ? (namespace.startAddress ?? start) : start) + sizeOf(namespace)
    if (end <= start) continue
    slots.push({ namespace, start, end })
    at = end
  }
  return slots
}

function unused(region: PmemRegion, start: number, end: number): PieceSpec {
  return {
    id: `${region.id}/unused-${formatHex(start)}`,
    objectId: region.id,
    start,
    end,
    paint: 'pmem-unused',
    title: `${region.id} · unused · ${formatBytes(end - start)}`,
  }
}

function namespacePieces(
  context: RegionContext,
  slot: Slot,
  hasAddresses: boolean,
): readonly PieceSpec[] {
  const { namespace, start, end } = slot
  const size = end - start
  const device = lookupOf(context.topology).daxOfNamespace.get(namespace.id)?.[0]
  const own = context.extents.get(namespace.id) ?? []
  const onDevice = device === undefined ? own : [...own, ...(context.extents.get(device.id) ?? [])]
  const reserved = Math.min(reservedBytes(namespace), size)
  const structPages = namespace.map === 'dev' ? Math.min(bytesAt(onDevice, 'device'), reserved) : 0
  const pieces: PieceSpec[] = []
  let at = start
  const push = (
    piece: Omit<PieceSpec, 'id' | 'objectId' | 'start' | 'end'> & { bytes: number; name: string },
  ) => {
    const { bytes, name, ...rest } = piece
    if (bytes <= 0) return
    pieces.push({
      id: `${namespace.id}/${name}`,
      objectId: namespace.id,
      start: at,
      end: at + bytes,
      ...rest,
    })
    at += bytes
  }
  const infoBlock =
    namespace.mode === 'sector' ? reserved : Math.min(reserved - structPages, MOST_INFO_BLOCK)
  const padding = reserved - structPages - infoBlock
  const info = namespace.mode === 'sector' ? 'BTT metadata' : 'info block'
  push({
    name: 'info-block',
    bytes: infoBlock,
    paint: 'info-block',
    title: `${namespace.id} · ${info} · ${formatBytes(infoBlock)}`,
  })
  push({
    name: 'struct-pages',
    bytes: structPages,
    paint: 'struct-page',
    title: `${namespace.id} · struct pages on the device · ${formatBytes(structPages)}`,
  })
  push({
    name: 'padding',
    bytes: padding,
    paint: 'reserved',
    title: `${namespace.id} · reserved, not used · ${formatBytes(padding)}`,
  })
  if (device?.mode === 'system-ram') {
    const node = device.targetNode === undefined ? '' : ` of node${device.targetNode}`
    const memory = systemRamPieces({
      ownerId: namespace.id,
      name: `${namespace.id} · ${device.id} as RAM${node}`,
      paint: 'system-ram',
      start: at,
      end,
      hasAddresses,
      runs: context.runs,
      blockBytes: context.topology.machine.memoryBlockBytes,
      bytesOnItself: bytesAt(onDevice, 'self'),
    })
    return [...pieces, ...memory]
  }
  push({
    name: 'data',
    bytes: end - at,
    paint: 'pmem',
    title: describeNamespace(namespace),
    ...(namespace.mode === 'raw' || namespace.mode === 'sector' ? { isHatched: true } : {}),
  })
  return pieces
}

/** The info block and its reserve; what else lies before the data is there for alignment. */
const MOST_INFO_BLOCK = 2 * MIB

/** What lies before the data: known from the addresses, or from the sizes. */
function reservedBytes(namespace: Namespace): number {
  const { startAddress, dataStartAddress, rawBytes, usableBytes, mode } = namespace
  if (mode === 'raw' || mode === undefined) return 0
  if (startAddress !== undefined && dataStartAddress !== undefined) {
    return Math.max(0, dataStartAddress - startAddress)
  }
  if (rawBytes !== undefined && usableBytes !== undefined)
    return Math.max(0, rawBytes - usableBytes)
  return 0
}
