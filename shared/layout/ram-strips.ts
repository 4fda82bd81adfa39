import { extentsByOwner } from '../memmap/extents-by-owner'
import type { MemmapAccount, MemmapExtent } from '../memmap/types'
import type { ObjectId } from '../model/model-object'
import type { NumaNode, Topology } from '../model/topology'
import { formatBytes, formatHex, type AddressRange } from '../model/units'
import { structPagesInRam } from './backing'
import type { PaintId } from './display-list'
import { lookupOf } from './lookup'
import { blockRuns, joinRanges, runsInside, type BlockRun } from './memory-blocks'
import { ramPaint } from './memory-paint'
import { blockMarks, type PieceSpec, type StripSpec } from './strips'
import { MOST_MARKS } from './system-ram-pieces'

/** Who has RAM: a node, or the machine where the input does not tell the nodes apart. */
interface RamOwner {
  readonly id: ObjectId
  readonly nodeId?: number
  readonly paint: PaintId
  readonly structPageBytes: number
  readonly bytesWithoutAddresses: number
}

interface RamContext {
  readonly owner: RamOwner
  readonly runs: readonly BlockRun[]
  readonly blockBytes: number | undefined
}

/**
 * The strips of boot RAM: for each node its ranges from the account, cut where memory blocks go offline. Ranges that a hole
 * larger than half their span parts are strips of their own. The struct pages that a node's RAM holds stand, to scale and
 * as one piece, at the head of the node's largest range.
 */
export function ramStrips(topology: Topology, account: MemmapAccount): readonly StripSpec[] {
  const runs = blockRuns(topology)
  const blockBytes = topology.machine.memoryBlockBytes
  const extents = extentsByOwner(account)
  return ramOwners(topology, account).flatMap((owner) => {
    const context: RamContext = { owner, runs, blockBytes }
    const ranges = ramRanges(extents.get(owner.id) ?? [])
    if (ranges.length > 0) return stripsOf(context, ranges, true)
    const bytes = owner.bytesWithoutAddresses
    return bytes > 0 ? stripsOf(context, [{ start: 0, end: bytes }], false) : []
  })
}

function ramOwners(topology: Topology, account: MemmapAccount): readonly RamOwner[] {
  const held = structPagesInRam(account, topology)
  const extents = extentsByOwner(account)
  const described = (id: ObjectId) =>
    (extents.get(id) ?? []).reduce(
      (sum, { memoryBytes, isDevicePrivate }) => sum + (isDevicePrivate === true ? 0 : memoryBytes),
      0,
    )
  const nodes = topology.nodes.map((node): RamOwner => {
    const bytes = described(node.id)
    return {
      id: node.id,
      nodeId: node.nodeId,
      paint: ramPaint(node),
      structPageBytes: held.get(node.nodeId) ?? 0,
      bytesWithoutAddresses:
        bytes > 0 || isHotAdded(node, topology) ? bytes : (node.memoryBytes ?? 0),
    }
  })
  const { machine } = topology
  return [
    ...nodes,
    {
      id: machine.id,
      paint: 'dram',
      structPageBytes: held.get(undefined) ?? 0,
      bytesWithoutAddresses: nodes.length > 0 ? described(machine.id) : (machine.memoryBytes ?? 0),
    },
  ]
}

/** Memory that a dax device brought is drawn with that device. */
function isHotAdded(node: NumaNode, topology: Topology): boolean {
  return lookupOf(topology).systemRamOfNode.has(node.nodeId)
}

function ramRanges(extents: readonly MemmapExtent[]): readonly AddressRange[] {
  const ranges = extents.flatMap(({ range, isDevicePrivate }) =>
    range !== undefined && isDevicePrivate !== true ? [range] : [],
  )
  return joinRanges(ranges.filter((range) => range.end > range.start))
}

function stripsOf(
  context: RamContext,
  ranges: readonly AddressRange[],
  hasAddresses: boolean,
): readonly StripSpec[] {
  const head = headRange(ranges)
  return clusters(ranges).map((cluster) => {
    const pieces: PieceSpec[] = []
    for (const range of cluster) {
      const last = pieces.at(-1)
      if (last !== undefined) pieces.push(hole(context, last.end, range.start))
      pieces.push(...rangePieces(context, range, { isHead: range === head, hasAddresses }))
    }
    return {
      kind: 'ram' as const,
      ownerId: context.owner.id,
      ...(context.owner.nodeId === undefined ? {} : { nodeId: context.owner.nodeId }),
      start: cluster[0]?.start ?? 0,
      end: cluster.at(-1)?.end ?? 0,
      hasAddresses,
      pieces,
    }
  })
}

function headRange(ranges: readonly AddressRange[]): AddressRange | undefined {
  return ranges.reduce<AddressRange | undefined>(
    (best, range) =>
      best === undefined || range.end - range.start > best.end - best.start ? range : best,
    undefined,
  )
}

/** Groups ranges into strips: a hole stays inside a strip when the ranges around it are larger than it. */
function clusters(ranges: readonly AddressRange[]): readonly (readonly AddressRange[])[] {
  const groups: AddressRange[][] = []
  for (const range of ranges) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const holeBytes = last === undefined ? 0 : range.start - last.end
    const present = (group ?? []).reduce((sum, part) => sum + part.end - part.start, 0)
    if (group !== undefined && holeBytes <= (present + range.end - range.start) / 2) {
      group.push(range)
    } else {
      groups.push([range])
    }
  }
  return groups
}

function hole(context: RamContext, start: number, end: number): PieceSpec {
  return {
    id: `${context.owner.id}/hole-${formatHex(start)}`,
    objectId: context.owner.id,
    start,
    end,
    title: `hole · ${formatBytes(end - start)}`,
  }
}

function rangePieces(
  context: RamContext,
  range: AddressRange,
  options: { readonly isHead: boolean; readonly hasAddresses: boolean },
): readonly PieceSpec[] {
  const { owner } = context
  const { structPageBytes } = owner
  const pieces: PieceSpec[] = []
  let start = range.start
  if (options.isHead && structPageBytes > 0) {
    start = Math.min(range.end, start + structPageBytes)
    pieces.push({
      id: `${owner.id}/struct-pages`,
      objectId: owner.id,
      start: range.start,
      end: start,
      paint: 'struct-page',
      title: `struct pages in the RAM of ${owner.id} · ${formatBytes(structPageBytes)}`,
    })
  }
  const offline = options.hasAddresses
    ? runsInside(context.runs, { start, end: range.end }).filter((run) => !run.isOnline)
    : []
  for (const run of offline) {
    if (run.start > start) pieces.push(ram(context, start, run.start))
    pieces.push(offlineRam(context, run))
    start = run.end
  }
  if (range.end > start) pieces.push(ram(context, start, range.end))
  return pieces
}

function ram(context: RamContext, start: number, end: number): PieceSpec {
  return {
    id: `${context.owner.id}/${formatHex(start)}`,
    objectId: context.owner.id,
    start,
    end,
    paint: context.owner.paint,
    title: `${context.owner.id} · RAM · ${formatBytes(end - start)} from ${formatHex(start)}`,
    marks: blockMarks({ start, end }, context.blockBytes, MOST_MARKS),
  }
}

function offlineRam(context: RamContext, run: AddressRange): PieceSpec {
  return {
    id: `${context.owner.id}/offline-${formatHex(run.start)}`,
    objectId: context.owner.id,
    start: run.start,
    end: run.end,
    paint: 'dram-offline',
    title: `${context.owner.id} · offline · ${formatBytes(run.end - run.start)} from ${formatHex(run.start)}`,
    marks: blockMarks(run, context.blockBytes, MOST_MARKS),
  }
}
