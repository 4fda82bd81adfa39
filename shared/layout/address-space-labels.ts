import type { DaxDevice, NumaNode } from '../model/topology'
import { formatBytes } from '../model/units'
import { structPagesInRam } from './backing'
import type { Label, Point } from './display-list'
import { isCrowded, type DrawingInput } from './drawing'
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
  const node = input.topology.nodes.find((item) => item.id === row.id)
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
        hugepages(node),
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
  const region = input.topology.regions.find((item) => item.id === strip.ownerId)
  const device = input.topology.daxDevices.find((item) => item.id === strip.ownerId)
  const cxlRegion = input.topology.cxlRegions.find((item) => item.id === strip.ownerId)
  if (region === undefined && device === undefined && cxlRegion === undefined) return []
  const unused = strip.pieces.reduce(
    (sum, piece) => sum + (piece.paint === 'pmem-unused' ? piece.end - piece.start : 0),
    0,
  )
  const use = cxlRegion === undefined ? deviceUse(device) : describeCxlRegion(cxlRegion)
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
  return input.topology.namespaces.flatMap((namespace): readonly Label[] => {
    const own = pieces.get(namespace.id)
    const first = own?.[0]
    const last = own?.at(-1)
    if (first === undefined || last === undefined) return []
    const bytes = last.end - first.start
    const device = input.topology.daxDevices.find((item) => item.namespaceId === namespace.id)
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
  const rowIds = new Set(input.plan.rows.map((item) => item.id))
  return input.topology.nodes.flatMap((node): readonly Label[] => {
    if (rowIds.has(node.id)) return []
    const devices = input.topology.daxDevices.filter(
      (device) => device.mode === 'system-ram' && device.targetNode === node.nodeId,
    )
    const owners = new Set(
      devices.flatMap((device) => [device.id, device.namespaceId ?? device.id]),
    )
    const pieces = row.strips
      .flatMap((strip) => strip.pieces)
      .filter((piece) => owners.has(piece.objectId) && piece.paint === 'system-ram')
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
