import type { Box, DisplayList, Point, Shape } from './display-list'
import { sight } from './outline'
import { depth, project, type ScreenPoint, type View } from './projection'

/** What yields to what at the same screen point: a floor or a dashed outline never hides a solid box. */
const RANK: Readonly<Record<Box['style'], number>> = { solid: 0, dashed: 1, floor: 2 }

/**
 * The shape that is seen at a screen point (plan units, as {@link project} gives them), found by arithmetic and exact.
 * Solid boxes win over dashed outlines, which win over floors, because one sees through the latter; lines are not picked.
 */
export function pick(list: DisplayList, at: ScreenPoint, view: View): Shape | undefined {
  const origin = pointAtDepthZero(at, view)
  const direction = sight(view)
  let best: Box | undefined
  let bestDepth = Infinity
  for (const shape of list.shapes) {
    if (shape.kind !== 'box') continue
    if (best !== undefined && RANK[shape.style] > RANK[best.style]) continue
    const entry = entryDepth(shape, origin, direction)
    if (entry === undefined) continue
    if (best === undefined || RANK[shape.style] < RANK[best.style] || entry < bestDepth) {
      best = shape
      bestDepth = entry
    }
  }
  return best
}

/** Whether a solid box stands between the eye and a point of the drawing. */
export function isHidden(list: DisplayList, point: Point, view: View): boolean {
  const at = project(point, view)
  const origin = pointAtDepthZero(at, view)
  const direction = sight(view)
  const own = depth(point, view) - TOUCH
  return list.shapes.some((shape) => {
    if (shape.kind !== 'box' || shape.style !== 'solid') return false
    const entry = entryDepth(shape, origin, direction)
    return entry !== undefined && entry < own
  })
}

/** Nearer than this is on the surface. */
const TOUCH = 1e-6

function pointAtDepthZero(at: ScreenPoint, view: View): Point {
  const a = (view.azimuth * Math.PI) / 180
  const e = (view.elevation * Math.PI) / 180
  const away = -at.v * Math.sin(e)
  return {
    x: at.u * Math.cos(a) - away * Math.sin(a),
    y: at.u * Math.sin(a) + away * Math.cos(a),
    z: -at.v * Math.cos(e),
  }
}

/** Depth at which the line of sight enters the box; undefined when it misses. */
function entryDepth(box: Box, origin: Point, direction: Point): number | undefined {
  const x = span(origin.x, direction.x, box.x0, box.x1)
  if (x === undefined) return undefined
  const y = span(origin.y, direction.y, box.y0, box.y1)
  if (y === undefined) return undefined
  const z = span(origin.z, direction.z, box.z0, box.z1)
  if (z === undefined) return undefined
  const near = Math.max(x.near, y.near, z.near)
  return near <= Math.min(x.far, y.far, z.far) ? near : undefined
}

const EVERYWHERE = { near: -Infinity, far: Infinity }

/** Depths between which the line of sight is inside one pair of planes; undefined when it runs beside them. */
function span(start: number, step: number, low: number, high: number) {
  if (Math.abs(step) < 1e-12) return start < low || start > high ? undefined : EVERYWHERE
  const first = (low - start) / step
  const second = (high - start) / step
  return first < second ? { near: first, far: second } : { near: second, far: first }
}
