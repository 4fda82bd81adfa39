import type { MemmapAccount } from '../memmap/types'
import type { Topology } from '../model/topology'
import type { Box, Label, Path, Shape, StoreyId } from './display-list'
import type { PlacedPlan } from './plan'
import type { Row } from './strips'

/** What every storey is drawn from. */
export interface DrawingInput {
  readonly topology: Topology
  readonly account: MemmapAccount
  readonly plan: PlacedPlan
  /** Height of each storey's floor. */
  readonly floors: Readonly<Record<'hardware' | 'address-space' | 'struct-pages', number>>
}

/** What one storey adds to the drawing. */
export interface StoreyDrawing {
  readonly shapes: readonly Shape[]
  readonly labels: readonly Label[]
}

/** With many rows behind each other, nodes are named at the end of their row, where there is room. */
export function isCrowded(input: DrawingInput): boolean {
  return input.plan.rows.length > 3
}

/** Floors lie this part of the depth under what stands on them, so that nothing shares their plane. */
const FLOOR_DROP = 0.02

/** The floor of one row: a sheet a little larger than all strips. */
export function floorOf(input: DrawingInput, row: Row, storey: FloorStorey): Box {
  const { geometry, x1 } = input.plan
  const z = input.floors[storey] - geometry.depth * FLOOR_DROP
  return {
    kind: 'box',
    id: `${storey}/${row.id}/floor`,
    objectId: row.id,
    storey,
    paint: 'floor',
    title: row.id,
    x0: -geometry.floorMargin.x,
    x1: x1 + geometry.floorMargin.x,
    y0: row.y0 - geometry.floorMargin.y,
    y1: row.y1 + geometry.floorMargin.y,
    z0: z,
    z1: z,
    style: 'floor',
  }
}

export type FloorStorey = Exclude<StoreyId, 'folios'>

/** A rectangle drawn as a closed line at one height. */
export function rectangleLine(
  base: Omit<Path, 'kind' | 'points' | 'style'>,
  area: { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number },
  z: number,
): Path {
  const { x0, x1, y0, y1 } = area
  return {
    ...base,
    kind: 'path',
    style: 'hairline',
    points: [
      { x: x0, y: y0, z },
      { x: x1, y: y0, z },
      { x: x1, y: y1, z },
      { x: x0, y: y1, z },
      { x: x0, y: y0, z },
    ],
  }
}
