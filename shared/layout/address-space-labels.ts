import type { DaxDevice, NumaNode } from '../model/topology'
import { compareIds } from '../model/order'
import { formatBytes } from '../model/units'
import { structPagesInRam } from './backing'
import type { Label, Point } from './display-list'
import { isCrowded, type DrawingInput } from './drawing'
import { lookupOf } from './lookup'
import { planLookupOf } from './plan-lookup'
import type { Piece, Row, Strip } from './strips'
import {
  countOf,
  cxlRegionName,
  describeCxlRegion,
  describeRegion,
  dotted,
  namespaceMode,
} from './wording'

/** Priorities: nodes and regions name the drawing, then what is large. */
const PRIORITY = { node: 90, region: 84, device: 78, namespace: 50 }

export function addressSpaceLabels(input: DrawingInput): readonly Label[] {
  return input.plan.rows.flatMap((row) => [
    ...nodeLabel(input, row),
    ...row.strips.flatMap((strip) => [
      ...stripLabel(input, row, strip),
      ...namespaceLabels(input, row, strip),
    ]),
    ...hotAddedNodeLabels(input, row),
  ])
}

/** A point on the top of the address space. */
function topPoint(input: DrawingInput, row: Row, at: { x: number; depth: number }): Point {
  return {
    x: at.x,
    y: row.y0 + (row.y1 - row.y0) * at.depth,
    z: input.floors['address-space'] + input.plan.geometry.memoryHeight,
  }
}

function nodeLabel(input: DrawingInput, row: Row): readonly Label[] {
  const node = lookupOf(input.topology).nodes.get(row.id)
  const strips = row.strips.filter((strip) => strip.kind === 'ram')
  const widest = [...strips].sort((a, b) => b.x1 - b.x0 - (a.x1 - a.x0))[0]
  if (node === undefined || widest === undefined) return []
  const bytes = strips.reduce(
    (sum, strip) =>
      sum +
      strip.pieces.reduce(
        (part, piece) => part + (piece.paint === undefined ? 0 : piece.end - piece.start),
        0,
      ),
    0,
  )
  const held = structPagesInRam(input.account, input.topology).get(node.nodeId) ?? 0
  return [
    {
      id: `address-space/${node.id}`,
      objectId: node.id,
      storey: 'address-space',
      anchor: topPoint(
        input,
        row,
        isCrowded(input)
          ? { x: strips.at(-1)?.x1 ?? widest.x1, depth: 0.5 }
          : { x: widest.x0 + (widest.x1 - widest.x0) * 0.56, depth: 0.7 },
      ),
      title: `node ${node.nodeId}`,
      detail: dotted(
        formatBytes(bytes),
        held > 0 ? `${formatBytes(held)} of it struct pages` : undefined,
        isCrowded(input) ? undefined : hugepages(node),
      ),
      priority: PRIORITY.node,
      placement: 'leader',
    },
  ]
}

function hugepages(node: NumaNode): string | undefined {
  const pools = (node.hugepagePools ?? []).filter((pool) => pool.total > 0)
  const [first] = pools
  if (first === undefined || pools.length > 1) return undefined
  return `${first.total} hugepages of ${formatBytes(first.sizeBytes)}`
}

function stripLabel(input: DrawingInput, row: Row, strip: Strip): readonly Label[] {
  if (strip.kind === 'ram') return []
  const lookup = lookupOf(input.topology)
  const region = lookup.regions.get(strip.ownerId)
  const device = lookup.daxDevices.get(strip.ownerId)
  const cxlRegion = lookup.cxlRegions.get(strip.ownerId)
  if (region === undefined && device === undefined && cxlRegion === undefined) return []
  const unused = strip.pieces.reduce(
    (sum, piece) => sum + (piece.paint === 'pmem-unused' ? piece.end - piece.start : 0),
    0,
  )
  const behind = lookup.cxlRegions.get(device?.cxlRegionId ?? '')
  const use =
    cxlRegion === undefined
      ? dotted(
          deviceUse(device),
          behind === undefined ? undefined : `${behind.regionName}, ${describeCxlRegion(behind)}`,
        )
      : describeCxlRegion(cxlRegion)
  const detail =
    region === undefined
      ? dotted(use, formatBytes(strip.end - strip.start))
      : dotted(describeRegion(region), unused === 0 ? undefined : `${formatBytes(unused)} unused`)
  return [
    {
      id: `address-space/${strip.ownerId}`,
      objectId: strip.ownerId,
      storey: 'address-space',
      anchor: topPoint(input, row, { x: regionAnchor(strip), depth: 0.6 }),
      title: cxlRegion === undefined ? strip.ownerId : cxlRegionName(cxlRegion),
      ...(detail === '' ? {} : { detail }),
      priority: region === undefined ? PRIORITY.device : PRIORITY.region,
      placement: 'leader',
    },
  ]
}

/** `as RAM of node 2`, or the mode of the device. */
function deviceUse(device: DaxDevice | undefined): string | undefined {
  if (device?.mode !== 'system-ram') return device?.mode
  return device.targetNode === undefined ? 'as RAM' : `as RAM of node ${device.targetNode}`
}

/** On the unused space at the end, or at the very end: not on a namespace, which has its own label. */
function regionAnchor(strip: Strip): number {
  const last = strip.pieces.at(-1)
  return last?.paint === 'pmem-unused' ? (last.x0 + last.x1) / 2 : strip.x1
}

/** One label a namespace; the share of the plan decides which stay when there is no room. */
function namespaceLabels(input: DrawingInput, row: Row, strip: Strip): readonly Label[] {
  const pieces = new Map<string, Piece[]>()
  for (const piece of strip.pieces) {
    const own = pieces.get(piece.objectId)
    if (own === undefined) pieces.set(piece.objectId, [piece])
    else own.push(piece)
  }
  const { namespaces, daxOfNamespace } = lookupOf(input.topology)
  const byId = [...pieces].sort(([a], [b]) => compareIds(a, b))
  return byId.flatMap(([objectId, own]): readonly Label[] => {
    const namespace = namespaces.get(objectId)
    if (namespace === undefined) return []
    const first = own[0]
    const last = own.at(-1)
    if (first === undefined || last === undefined) return []
    const bytes = last.end - first.start
    const device = daxOfNamespace.get(namespace.id)?.[0]
    const use =
      device?.mode === 'system-ram'
        ? `${device.id} ${deviceUse(device) ?? ''}`
        : namespaceMode(namespace)
    return [
      {
        id: `address-space/${namespace.id}`,
        objectId: namespace.id,
        storey: 'address-space',
        anchor: topPoint(input, row, { x: first.x0 + (last.x1 - first.x0) * 0.5, depth: 0.7 }),
        title: namespace.id,
        detail: dotted(use, formatBytes(bytes)),
        priority: PRIORITY.namespace + (20 * (last.x1 - first.x0)) / input.plan.x1,
        placement: 'leader',
      },
    ]
  })
}

/** Nodes without a row: their memory lies on a region or device of another row. */
function hotAddedNodeLabels(input: DrawingInput, row: Row): readonly Label[] {
  const { rowIds } = planLookupOf(input.plan)
  const { systemRamOfNode } = lookupOf(input.topology)
  return [...hotAddedPieces(input, row)].flatMap(([node, pieces]): readonly Label[] => {
    if (rowIds.has(node.id)) return []
    const devices = systemRamOfNode.get(node.nodeId) ?? []
    const first = pieces[0]
    const last = pieces.at(-1)
    if (first === undefined || last === undefined) return []
    const bytes = pieces.reduce((sum, piece) => sum + piece.end - piece.start, 0)
    return [
      {
        id: `address-space/${node.id}`,
        objectId: node.id,
        storey: 'address-space',
        anchor: topPoint(input, row, { x: first.x0 + (last.x1 - first.x0) * 0.3, depth: 0.7 }),
        title: `node ${node.nodeId}`,
        detail: `${formatBytes(bytes)} of PMEM as RAM, ${
          devices.length === 1 ? (devices[0]?.id ?? '') : countOf(devices.length, 'dax device')
        }`,
        priority: PRIORITY.node,
        placement: 'leader',
      },
    ]
  })
}

/** Pieces of a row that became memory of a node, by node. */
function hotAddedPieces(input: DrawingInput, row: Row): ReadonlyMap<NumaNode, readonly Piece[]> {
  const { daxDevices, daxOfNamespace, nodeByNumber } = lookupOf(input.topology)
  const pieces = new Map<NumaNode, Piece[]>()
  for (const piece of row.strips.flatMap((strip) => strip.pieces)) {
    if (piece.paint !== 'system-ram') continue
    const own = daxDevices.get(piece.objectId)
    const devices = [
      ...(own === undefined ? [] : [own]),
      ...(daxOfNamespace.get(piece.objectId) ?? []),
    ]
    const nodeIds = new Set(
      devices.flatMap(({ mode, targetNode }) => (mode === 'system-ram' ? [targetNode] : [])),
    )
    for (const nodeId of nodeIds) {
      const node = nodeId === undefined ? undefined : nodeByNumber.get(nodeId)
      if (node === undefined) continue
      const group = pieces.get(node)
      if (group === undefined) pieces.set(node, [piece])
      else group.push(piece)
    }
  }
  return new Map([...pieces].sort(([a], [b]) => compareIds(a.id, b.id)))
}
