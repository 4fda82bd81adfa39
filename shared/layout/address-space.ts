import type { DaxDevice } from '../model/topology'
import type { Box, Path, Shape } from './display-list'
import { floorOf, rectangleLine, type DrawingInput, type StoreyDrawing } from './drawing'
import { addressSpaceLabels } from './address-space-labels'
import { xOfAddress, type Piece, type Row, type Strip } from './strips'

/** The address-space storey: every physical range to scale, on the floor of its node. */
export function drawAddressSpace(input: DrawingInput): StoreyDrawing {
  const shapes: Shape[] = []
  for (const row of input.plan.rows) {
    shapes.push(floorOf(input, row, 'address-space'))
    for (const strip of row.strips) {
      shapes.push(...strip.pieces.flatMap((piece) => pieceShapes(input, row, piece)))
      shapes.push(...outlines(input, row, strip))
    }
  }
  return { shapes, labels: addressSpaceLabels(input) }
}

function pieceShapes(input: DrawingInput, row: Row, piece: Piece): readonly Shape[] {
  if (piece.paint === undefined) return []
  const z0 = input.floors['address-space']
  const z1 = z0 + input.plan.geometry.memoryHeight
  const box: Box = {
    kind: 'box',
    id: `address-space/${piece.id}`,
    objectId: piece.objectId,
    storey: 'address-space',
    paint: piece.paint,
    title: piece.title,
    x0: piece.x0,
    x1: piece.x1,
    y0: row.y0,
    y1: row.y1,
    z0,
    z1,
    style: piece.paint === 'dram-offline' ? 'dashed' : 'solid',
    ...(piece.isEnlarged ? { isEnlarged: true as const } : {}),
  }
  return [
    box,
    ...markLines(input, row, { piece, z: z1 }),
    ...hatchLines(input, row, { piece, z: z1 }),
  ]
}

/** Hairlines come no closer than this part of the depth. */
const MARK_PITCH = 0.3

/** Boundaries of memory blocks: all of them, or every 2nd, 4th, 8th … so that they stay apart. */
function markLines(
  input: DrawingInput,
  row: Row,
  at: { readonly piece: Piece; readonly z: number },
): readonly Path[] {
  const { piece, z } = at
  const marks = piece.marks ?? []
  const [first = 0, second = first] = marks
  const width = piece.x1 - piece.x0
  let step = second - first
  const most = width / (input.plan.geometry.depth * MARK_PITCH)
  while (step > 0 && (piece.end - piece.start) / step > most) step *= 2
  return marks
    .filter((mark) => step === 0 || mark % step === 0)
    .map((mark): Path => {
      const x = piece.x0 + (width * (mark - piece.start)) / (piece.end - piece.start)
      return {
        kind: 'path',
        id: `address-space/${piece.id}/block-0x${mark.toString(16)}`,
        objectId: piece.objectId,
        storey: 'address-space',
        paint: piece.paint ?? 'dram',
        title: `memory block at 0x${mark.toString(16)}`,
        points: [
          { x, y: row.y0, z },
          { x, y: row.y1, z },
        ],
        style: 'hairline',
      }
    })
}

/** Slant and distance of hatching as parts of the depth; a wide piece has no more lines than MOST. */
const HATCH = { slant: 0.9, pitch: 0.26, most: 48 }

/** Oblique lines over memory that has no struct pages. */
function hatchLines(
  input: DrawingInput,
  row: Row,
  at: { readonly piece: Piece; readonly z: number },
): readonly Path[] {
  const { piece, z } = at
  if (piece.isHatched !== true) return []
  const { depth } = input.plan.geometry
  const slant = depth * HATCH.slant
  const pitch = Math.max(depth * HATCH.pitch, (piece.x1 - piece.x0) / HATCH.most)
  const count = Math.floor((piece.x1 - piece.x0 + slant) / pitch)
  return Array.from({ length: count }, (_, index) => {
    const front = piece.x0 + pitch * (index + 0.5)
    const pointAt = (x: number) => ({ x, y: row.y0 + ((front - x) / slant) * depth, z })
    return {
      kind: 'path',
      id: `address-space/${piece.id}/hatch-${index}`,
      objectId: piece.objectId,
      storey: 'address-space',
      paint: piece.paint ?? 'pmem',
      title: piece.title,
      points: [pointAt(Math.min(front, piece.x1)), pointAt(Math.max(front - slant, piece.x0))],
      style: 'hairline',
    }
  })
}

/** Lines around what has no box of its own: a region, and the dax devices and hot-added nodes on it. */
function outlines(input: DrawingInput, row: Row, strip: Strip): readonly Shape[] {
  if (strip.kind !== 'region') return []
  const z = input.floors['address-space'] + input.plan.geometry.memoryHeight
  const lines: Path[] = [
    rectangleLine(
      {
        id: `address-space/${strip.ownerId}`,
        objectId: strip.ownerId,
        storey: 'address-space',
        paint: 'pmem',
        title: strip.ownerId,
      },
      { x0: strip.x0, x1: strip.x1, y0: row.y0, y1: row.y1 },
      input.floors['address-space'],
    ),
  ]
  for (const device of input.topology.daxDevices) {
    const range = daxRange(device, strip)
    if (range === undefined) continue
    lines.push(
      rectangleLine(
        {
          id: `address-space/${device.id}`,
          objectId: device.id,
          storey: 'address-space',
          paint: device.mode === 'system-ram' ? 'system-ram' : 'pmem',
          title: device.id,
        },
        { ...range, y0: row.y0, y1: row.y1 },
        z,
      ),
    )
  }
  return lines
}

/** Where a dax device lies on a strip: the pieces of its namespace that hold data. */
function daxRange(
  device: DaxDevice,
  strip: Strip,
): { readonly x0: number; readonly x1: number } | undefined {
  const pieces = strip.pieces.filter(
    (piece) =>
      piece.objectId === device.namespaceId &&
      piece.paint !== 'info-block' &&
      piece.paint !== 'reserved' &&
      !piece.id.endsWith('/struct-pages'),
  )
  const first = pieces[0]
  const last = pieces.at(-1)
  if (first === undefined || last === undefined) return undefined
  const start = strip.hasAddresses ? device.startAddress : undefined
  return { x0: start === undefined ? first.x0 : xOfAddress(strip, start), x1: last.x1 }
}
