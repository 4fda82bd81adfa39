import { extentsByOwner } from '../memmap/extents-by-owner'
import type { MemmapExtent } from '../memmap/types'
import type { DaxDevice } from '../model/topology'
import { formatBytes } from '../model/units'
import type { Box, Shape } from './display-list'
import { floorOf, type DrawingInput, type StoreyDrawing } from './drawing'
import { lookupOf } from './lookup'
import { ribbons } from './ribbons'
import { structPageLabels } from './struct-page-labels'
import { xOfAddress, type Piece, type Row, type Strip } from './strips'

/** The struct pages of one stretch of memory, with a place in the plan. */
export interface Slab {
  readonly id: string
  readonly ownerId: string
  readonly extents: readonly MemmapExtent[]
  readonly row: Row
  /** Where its strip begins, which names the strip within the row. */
  readonly stripX0: number
  readonly x0: number
  readonly x1: number
  readonly fullBytes: number
  readonly residentBytes: number
}

/** The struct-pages storey: a slab above the memory it describes, as high as what is really backed. */
export function drawStructPages(input: DrawingInput): StoreyDrawing {
  const shapes: Shape[] = []
  const slabs = slabsOf(input)
  for (const row of input.plan.rows) shapes.push(floorOf(input, row, 'struct-pages'))
  for (const slab of slabs) shapes.push(...slabShapes(input, slab))
  shapes.push(...ribbons(input, slabs))
  return { shapes, labels: structPageLabels(input, slabs) }
}

/** One slab for each run of extents of an owner that have the same mechanism; memory without struct pages makes an empty one. */
export function slabsOf(input: DrawingInput): readonly Slab[] {
  const byOwner = extentsByOwner(input.account)
  return input.plan.rows.flatMap((row) =>
    row.strips.flatMap((strip) => {
      const owners = ownersOf(strip)
      return owners.flatMap((owner) => ownerSlabs(input, { row, strip, owner, byOwner }))
    }),
  )
}

interface Owner {
  readonly objectId: string
  readonly pieces: readonly Piece[]
}

/** The objects of a strip in order; unused space belongs to the region and each stretch of it stands alone. */
function ownersOf(strip: Strip): readonly Owner[] {
  if (strip.kind === 'ram') return [{ objectId: strip.ownerId, pieces: strip.pieces }]
  const owners: { objectId: string; pieces: Piece[] }[] = []
  for (const piece of strip.pieces) {
    const last = owners.at(-1)
    if (last !== undefined && last.objectId === piece.objectId) last.pieces.push(piece)
    else owners.push({ objectId: piece.objectId, pieces: [piece] })
  }
  return owners
}

function ownerSlabs(
  input: DrawingInput,
  at: {
    readonly row: Row
    readonly strip: Strip
    readonly owner: Owner
    readonly byOwner: ReadonlyMap<string, readonly MemmapExtent[]>
  },
): readonly Slab[] {
  const { row, strip, owner, byOwner } = at
  const first = owner.pieces[0]
  const last = owner.pieces.at(-1)
  if (first === undefined || last === undefined) return []
  const devices = lookupOf(input.topology).daxOfNamespace.get(owner.objectId) ?? []
  const extents = [
    ...(byOwner.get(owner.objectId) ?? []),
    ...devices.flatMap((device: DaxDevice) => byOwner.get(device.id) ?? []),
  ].filter((extent) => isOnStrip(extent, strip))
  const whole = { x0: first.x0, x1: last.x1 }
  const present = extents.filter((extent) => extent.fullBytes > 0)
  if (present.length === 0) {
    return [
      slab(`${first.id}`, { ownerId: owner.objectId, row, stripX0: strip.x0, extents, ...whole }),
    ]
  }
  return joinAlike(present, strip.kind === 'ram').map((group, index, groups) => {
    const place = groups.length === 1 && strip.kind !== 'ram' ? whole : xRange(group, strip, whole)
    return slab(group[0]?.id ?? `${owner.objectId}-${index}`, {
      ownerId: owner.objectId,
      row,
      stripX0: strip.x0,
      extents: group,
      ...place,
    })
  })
}

function isOnStrip(extent: MemmapExtent, strip: Strip): boolean {
  const { range } = extent
  if (range === undefined || !strip.hasAddresses) return true
  return range.start < strip.end && range.end > strip.start
}

/** Extents next to each other that look the same become one slab. Holes in RAM part them; the metadata before a namespace's data does not. */
function joinAlike(
  extents: readonly MemmapExtent[],
  needsTouching: boolean,
): readonly (readonly MemmapExtent[])[] {
  const groups: MemmapExtent[][] = []
  for (const extent of extents) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (
      group !== undefined &&
      last !== undefined &&
      (!needsTouching || last.range?.end === extent.range?.start) &&
      Math.abs(ratio(last) - ratio(extent)) < 0.01
    ) {
      group.push(extent)
    } else {
      groups.push([extent])
    }
  }
  return groups
}

function ratio(extent: MemmapExtent): number {
  return extent.residentBytes / extent.fullBytes
}

function xRange(
  group: readonly MemmapExtent[],
  strip: Strip,
  whole: { readonly x0: number; readonly x1: number },
) {
  const start = group[0]?.range?.start
  const end = group.at(-1)?.range?.end
  if (start === undefined || end === undefined || !strip.hasAddresses) return whole
  return {
    x0: Math.max(whole.x0, xOfAddress(strip, start)),
    x1: Math.min(whole.x1, xOfAddress(strip, end)),
  }
}

function slab(
  id: string,
  part: Pick<Slab, 'ownerId' | 'row' | 'stripX0' | 'extents' | 'x0' | 'x1'>,
): Slab {
  const sum = (pick: (extent: MemmapExtent) => number) =>
    part.extents.reduce((total, extent) => total + pick(extent), 0)
  return {
    id,
    ...part,
    fullBytes: sum((extent) => extent.fullBytes),
    residentBytes: sum((extent) => extent.residentBytes),
  }
}

/** How high a slab stands: resident over full, but never invisible. */
export function slabHeight(input: DrawingInput, part: Slab): number {
  const { fullHeight, minimumHeight } = input.plan.geometry
  if (part.fullBytes === 0) return 0
  const height = (fullHeight * part.residentBytes) / part.fullBytes
  return Math.max(minimumHeight, height)
}

function slabShapes(input: DrawingInput, part: Slab): readonly Shape[] {
  const z0 = input.floors['struct-pages']
  const height = slabHeight(input, part)
  const base = {
    kind: 'box' as const,
    objectId: part.ownerId,
    storey: 'struct-pages' as const,
    x0: part.x0,
    x1: part.x1,
    y0: part.row.y0,
    y1: part.row.y1,
  }
  if (part.fullBytes === 0) {
    return [
      {
        ...base,
        id: `struct-pages/${part.id}`,
        paint: 'empty-slot',
        title: `${part.ownerId} · no struct pages`,
        z0,
        z1: z0,
        style: 'dashed',
      },
    ]
  }
  const solid: Box = {
    ...base,
    id: `struct-pages/${part.id}`,
    paint: 'struct-page',
    title: `${part.ownerId} · struct pages · ${formatBytes(part.residentBytes)}`,
    z0,
    z1: z0 + height,
    style: 'solid',
  }
  const top = z0 + input.plan.geometry.fullHeight
  if (top - solid.z1 < input.plan.geometry.minimumHeight) return [solid]
  const saved: Box = {
    ...base,
    id: `struct-pages/${part.id}/saved`,
    paint: 'struct-page-full',
    title: `${part.ownerId} · saved · ${formatBytes(part.fullBytes - part.residentBytes)}`,
    z0: solid.z1,
    z1: top,
    style: 'dashed',
  }
  return [solid, saved]
}
