import type { DisplayList, Point, Shape } from './display-list'

/** Beyond so many shapes a drawing changes at once: every frame of a morph makes all of its geometry anew. */
const MOST_SHAPES = 6000

/** True when one drawing can turn into the other: the same scale, and shapes in common. */
export function canMorph(from: DisplayList, to: DisplayList): boolean {
  if (from.plan.squareBytes !== to.plan.squareBytes || to.shapes.length > MOST_SHAPES) return false
  const ids = new Set(from.shapes.map(({ id }) => id))
  const common = to.shapes.filter(({ id }) => ids.has(id)).length
  return common * 2 > to.shapes.length
}

/**
 * A drawing on its way to another one: shapes that both have lie between their two places, all others are those of `to`.
 * @param part 0 for the places of `from`, 1 for those of `to`
 */
export function morphed(from: DisplayList, to: DisplayList, part: number): DisplayList {
  if (part >= 1) return to
  const before = new Map(from.shapes.map((shape) => [shape.id, shape]))
  return { ...to, shapes: to.shapes.map((shape) => between(before.get(shape.id), shape, part)) }
}

function between(from: Shape | undefined, to: Shape, part: number): Shape {
  if (from === undefined || from === to) return to
  const mix = (a: number, b: number) => a + (b - a) * part
  if (from.kind === 'box' && to.kind === 'box') {
    return {
      ...to,
      x0: mix(from.x0, to.x0),
      x1: mix(from.x1, to.x1),
      y0: mix(from.y0, to.y0),
      y1: mix(from.y1, to.y1),
      z0: mix(from.z0, to.z0),
      z1: mix(from.z1, to.z1),
    }
  }
  if (from.kind === 'path' && to.kind === 'path' && from.points.length === to.points.length) {
    const points = to.points.map((point, index): Point => {
      const start = from.points[index] ?? point
      return { x: mix(start.x, point.x), y: mix(start.y, point.y), z: mix(start.z, point.z) }
    })
    return { ...to, points }
  }
  return to
}
