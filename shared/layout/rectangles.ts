import type { ScreenPoint } from './projection'

/** Pixels of the view; `top` is smaller than `bottom`. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Whether two rectangles come closer than `margin`. */
export function overlaps(a: Rectangle, b: Rectangle, margin: number): boolean {
  return (
    a.left < b.right + margin &&
    b.left < a.right + margin &&
    a.top < b.bottom + margin &&
    b.top < a.bottom + margin
  )
}

/** Whether a segment touches a rectangle (Liang and Barsky's clipping). */
export function segmentHits(from: ScreenPoint, to: ScreenPoint, box: Rectangle): boolean {
  const du = to.u - from.u
  const dv = to.v - from.v
  let enter = 0
  let leave = 1
  const sides = [
    [-du, from.u - box.left],
    [du, box.right - from.u],
    [-dv, from.v - box.top],
    [dv, box.bottom - from.v],
  ] as const
  for (const [step, distance] of sides) {
    if (step === 0) {
      if (distance < 0) return false
      continue
    }
    const time = distance / step
    if (step < 0) enter = Math.max(enter, time)
    else leave = Math.min(leave, time)
  }
  return enter <= leave
}

/** Whether two segments cross in their inner parts. */
export function segmentsCross(
  a: ScreenPoint,
  b: ScreenPoint,
  c: ScreenPoint,
  d: ScreenPoint,
): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

function turn(a: ScreenPoint, b: ScreenPoint, c: ScreenPoint): number {
  return (b.u - a.u) * (c.v - a.v) - (b.v - a.v) * (c.u - a.u)
}

/** Whether a convex polygon, of either direction, holds a point. */
export function insideConvex(at: ScreenPoint, polygon: readonly ScreenPoint[]): boolean {
  let sign = 0
  for (const [index, corner] of polygon.entries()) {
    const next = polygon[(index + 1) % polygon.length]
    if (next === undefined) return false
    const side = Math.sign(turn(corner, next, at))
    if (side === 0) continue
    if (sign !== 0 && side !== sign) return false
    sign = side
  }
  return sign !== 0
}

/** A convex polygon with its bounds, computed once. */
export interface Outline {
  readonly polygon: readonly ScreenPoint[]
  readonly bounds: Rectangle
}

export function toOutline(polygon: readonly ScreenPoint[]): Outline {
  return { polygon, bounds: boundsOf(polygon) }
}

/** Text that comes as near as this to an outline covers it. */
const BESIDE = 4
const COLUMNS = [0, 0.25, 0.5, 0.75, 1]
const ROWS = [0, 0.5, 1]

/** Part of a rectangle, 0 to 1, that outlines cover, from fifteen samples. */
export function coverage(box: Rectangle, outlines: readonly Outline[]): number {
  const near = outlines.filter(({ bounds }) => overlaps(box, bounds, BESIDE))
  if (near.length === 0) return 0
  let covered = 0
  for (const column of COLUMNS) {
    for (const row of ROWS) {
      const at = {
        u: box.left - BESIDE + (box.right - box.left + 2 * BESIDE) * column,
        v: box.top - BESIDE + (box.bottom - box.top + 2 * BESIDE) * row,
      }
      if (near.some(({ polygon }) => insideConvex(at, polygon))) covered++
    }
  }
  return covered / (COLUMNS.length * ROWS.length)
}

const STEPS = [0.2, 0.4, 0.6, 0.8, 1]

/** Part of a line, 0 to 1, that runs over outlines, from five samples. */
export function shareInside(
  line: { readonly from: ScreenPoint; readonly to: ScreenPoint },
  outlines: readonly Outline[],
): number {
  const bounds = boundsOf([line.from, line.to])
  const near = outlines.filter((outline) => overlaps(bounds, outline.bounds, 0))
  if (near.length === 0) return 0
  const inside = STEPS.filter((step) => {
    const at = {
      u: line.from.u + (line.to.u - line.from.u) * step,
      v: line.from.v + (line.to.v - line.from.v) * step,
    }
    return near.some(({ polygon }) => insideConvex(at, polygon))
  })
  return inside.length / STEPS.length
}

export function boundsOf(points: readonly ScreenPoint[]): Rectangle {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const { u, v } of points) {
    if (u < left) left = u
    if (u > right) right = u
    if (v < top) top = v
    if (v > bottom) bottom = v
  }
  return { left, top, right, bottom }
}
