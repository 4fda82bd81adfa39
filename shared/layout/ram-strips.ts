import type { MemmapAccount } from '../memmap/types'
import type { NumaNode, Topology } from '../model/topology'
import { formatBytes, formatHex, type AddressRange } from '../model/units'
import { structPagesInRam } from './backing'
import { blockRuns, joinRanges, runsInside, type BlockRun } from './memory-blocks'
import { ramPaint } from './memory-paint'
import { blockMarks, type PieceSpec, type StripSpec } from './strips'
import { MOST_MARKS } from './system-ram-pieces'

interface RamContext {
  readonly node: NumaNode
  readonly runs: readonly BlockRun[]
  readonly blockBytes: number | undefined
  readonly structPageBytes: number
}

/**
 * The strips of boot RAM: for each node its ranges from the account, cut where memory blocks go offline. Ranges that a hole
 * larger than half their span parts are strips of their own. The struct pages that a node's RAM holds stand, to scale and
 * as one piece, at the head of the node's largest range.
 */
export function ramStrips(topology: Topology, account: MemmapAccount): readonly StripSpec[] {
  const runs = blockRuns(topology)
  const held = structPagesInRam(account, topology)
  return topology.nodes.flatMap((node) => {
    const context: RamContext = {
      node,
      runs,
      blockBytes: topology.machine.memoryBlockBytes,
      structPageBytes: held.get(node.nodeId) ?? 0,
    }
    const ranges = ramRanges(node, account)
    if (ranges.length > 0) return stripsOf(context, ranges, true)
    const bytes = bytesWithoutAddresses(node, topology, account)
    return bytes > 0 ? stripsOf(context, [{ start: 0, end: bytes }], false) : []
  })
}

function ramRanges(node: NumaNode, account: MemmapAccount): readonly AddressRange[] {
  const ranges = account.extents.flatMap((extent) =>
    extent.ownerId === node.id && extent.range !== undefined ? [extent.range] : [],
  )
  return joinRanges(ranges.filter((range) => range.end > range.start))
}

/** Size of a node's own RAM where no addresses are known; memory that a dax device brought is drawn with that device. */
function bytesWithoutAddresses(node: NumaNode, topology: Topology, account: MemmapAccount): number {
  const described = account.extents.reduce(
    (sum, extent) => sum + (extent.ownerId === node.id ? extent.memoryBytes : 0),
    0,
  )
  if (described > 0) return described
  const isHotAdded = topology.daxDevices.some(
    (device) => device.mode === 'system-ram' && device.targetNode === node.nodeId,
  )
  return isHotAdded ? 0 : (node.memoryBytes ?? 0)
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
      ownerId: context.node.id,
      nodeId: context.node.nodeId,
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
    id: `${context.node.id}/hole-${formatHex(start)}`,
    objectId: context.node.id,
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
  const { node, structPageBytes } = context
  const pieces: PieceSpec[] = []
  let start = range.start
  if (options.isHead && structPageBytes > 0) {
    start = Math.min(range.end, start + structPageBytes)
    pieces.push({
      id: `${node.id}/struct-pages`,
      objectId: node.id,
      start: range.start,
      end: start,
      paint: 'struct-page',
      title: `struct pages in the RAM of ${node.id} · ${formatBytes(structPageBytes)}`,
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
    id: `${context.node.id}/${formatHex(start)}`,
    objectId: context.node.id,
    start,
    end,
    paint: ramPaint(context.node),
    title: `${context.node.id} · RAM · ${formatBytes(end - start)} from ${formatHex(start)}`,
    marks: blockMarks({ start, end }, context.blockBytes, MOST_MARKS),
  }
}

function offlineRam(context: RamContext, run: AddressRange): PieceSpec {
  return {
    id: `${context.node.id}/offline-${formatHex(run.start)}`,
    objectId: context.node.id,
    start: run.start,
    end: run.end,
    paint: 'dram-offline',
    title: `${context.node.id} · offline · ${formatBytes(run.end - run.start)} from ${formatHex(run.start)}`,
    marks: blockMarks(run, context.blockBytes, MOST_MARKS),
  }
}
