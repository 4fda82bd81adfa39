import { formatBytes } from '../model/units'
import { bytesAt, ramBackingByNode } from './backing'
import type { Path, Point } from './display-list'
import type { DrawingInput } from './drawing'
import type { Slab } from './struct-pages'
import type { Piece, Row } from './strips'

interface Ribbon {
  readonly slab: Slab
  readonly target: Target
  readonly bytes: number
  readonly title: string
}

/** A place in the address space where struct pages lie. */
interface Target {
  readonly id: string
  readonly piece: Piece
  readonly row: Row
}

/** Lines from slabs down to where their bytes lie: RAM of a node, or the device itself. RAM that holds its own has none. */
export function ribbons(input: DrawingInput, slabs: readonly Slab[]): readonly Path[] {
  const targets = targetsOf(input)
  const byTarget = new Map<string, Ribbon[]>()
  for (const ribbon of slabs.flatMap((slab) => ribbonsOf(input, slab, targets))) {
    const siblings = byTarget.get(ribbon.target.id)
    if (siblings === undefined) byTarget.set(ribbon.target.id, [ribbon])
    else siblings.push(ribbon)
  }
  return [...byTarget.values()].flatMap((siblings) =>
    siblings.map((ribbon, index) => draw(input, ribbon, { index, count: siblings.length })),
  )
}

/** All places in the address space that hold struct pages, by the object that they belong to. */
function targetsOf(input: DrawingInput): ReadonlyMap<string, readonly Target[]> {
  const targets = new Map<string, Target[]>()
  for (const row of input.plan.rows) {
    for (const piece of row.strips.flatMap((strip) => strip.pieces)) {
      if (piece.paint !== 'struct-page') continue
      const target = { id: piece.id, piece, row }
      const own = targets.get(piece.objectId)
      if (own === undefined) targets.set(piece.objectId, [target])
      else own.push(target)
    }
  }
  return targets
}

function ribbonsOf(
  input: DrawingInput,
  slab: Slab,
  targets: ReadonlyMap<string, readonly Target[]>,
): readonly Ribbon[] {
  const bytes = new Map<number | undefined, number>()
  for (const extent of slab.extents) {
    for (const [nodeId, part] of ramBackingByNode(extent, input.topology)) {
      bytes.set(nodeId, (bytes.get(nodeId) ?? 0) + part)
    }
  }
  const found: Ribbon[] = []
  for (const [nodeId, part] of bytes) {
    const home = nodeId === undefined ? input.topology.machine.id : `node${nodeId}`
    const [target] = targets.get(home) ?? []
    if (target === undefined || part === 0 || slab.ownerId === target.piece.objectId) continue
    found.push({
      slab,
      target,
      bytes: part,
      title: `struct pages of ${slab.ownerId} in the RAM of ${home} · ${formatBytes(part)}`,
    })
  }
  return [...found, ...ownRibbons(slab, targets.get(slab.ownerId) ?? [])]
}

/** Struct pages on the memory that they describe: on the namespace, or at the head of each memory block. */
function ownRibbons(slab: Slab, targets: readonly Target[]): readonly Ribbon[] {
  const onDevice = bytesAt(slab.extents, 'device')
  const bytes = onDevice + bytesAt(slab.extents, 'self')
  if (bytes === 0) return []
  const where = onDevice > 0 ? 'on the device itself' : 'at the head of each memory block'
  const title = `struct pages of ${slab.ownerId} ${where} · ${formatBytes(bytes)}`
  return targets.map((target) => ({ slab, target, bytes: bytes / targets.length, title }))
}

/** Bytes on the memory itself hang straight below: near the front, where the line starts. */
const OWN_DEPTH = 0.12

/** Leaves the slab straight down and reaches the place from straight above. */
function draw(
  input: DrawingInput,
  ribbon: Ribbon,
  order: { readonly index: number; readonly count: number },
): Path {
  const { slab, target } = ribbon
  const { geometry } = input.plan
  const isOwn = target.piece.objectId === slab.ownerId
  const start: Point = {
    x: isOwn ? startOverOwn(slab, target, geometry.depth) : (slab.x0 + slab.x1) / 2,
    y: slab.row.y0,
    z: input.floors['struct-pages'],
  }
  const part = order.count === 1 ? 0.4 : (order.index + 1) / (order.count + 1)
  const end: Point = {
    x: (target.piece.x0 + target.piece.x1) / 2,
    y: target.row.y0 + (target.row.y1 - target.row.y0) * (isOwn ? OWN_DEPTH : part),
    z: input.floors['address-space'] + geometry.memoryHeight,
  }
  const reach = (start.z - end.z) * 0.46
  return {
    kind: 'path',
    id: `struct-pages/${slab.id}/to/${target.id}`,
    objectId: slab.ownerId,
    storey: 'struct-pages',
    paint: 'struct-page',
    title: ribbon.title,
    points: [start, { ...start, z: start.z - reach }, { ...end, z: end.z + reach }, end],
    isCurve: true,
    style: 'ribbon',
  }
}

/** Above the place where the bytes lie, or a little inside the slab when that is beside it. */
function startOverOwn(slab: Slab, target: Target, depth: number): number {
  const x = (target.piece.x0 + target.piece.x1) / 2
  const inset = Math.min((slab.x1 - slab.x0) / 2, depth * 0.3)
  return Math.min(Math.max(x, slab.x0 + inset), slab.x1)
}
