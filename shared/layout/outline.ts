import type { Box, Point } from './display-list'
import { project, type ScreenPoint, type View } from './projection'

/** One visible face of a box: `top`, the one across y that faces the eye (`front`), the one across x (`side`). */
export interface Face {
  readonly kind: 'top' | 'front' | 'side'
  readonly corners: readonly Point[]
}

const EDGE_ON = 1e-9

/** Direction of the line of sight, into the scene. */
export function sight(view: View): Point {
  const a = (view.azimuth * Math.PI) / 180
  const e = (view.elevation * Math.PI) / 180
  return { x: -Math.sin(a) * Math.cos(e), y: Math.cos(a) * Math.cos(e), z: -Math.sin(e) }
}

/** The faces of a box that can be seen from above, in the order in which to paint them; faces without area are left out. */
export function visibleFaces(box: Box, view: View): readonly Face[] {
  const { x0, x1, y0, y1, z0, z1 } = box
  const direction = sight(view)
  const faces: Face[] = []
  if (z1 > z0 && Math.abs(direction.y) > EDGE_ON) {
    const y = direction.y > 0 ? y0 : y1
    faces.push({
      kind: 'front',
      corners: corners([x0, y, z1], [x1, y, z1], [x1, y, z0], [x0, y, z0]),
    })
  }
  if (z1 > z0 && Math.abs(direction.x) > EDGE_ON) {
    const x = direction.x > 0 ? x0 : x1
    faces.push({
      kind: 'side',
      corners: corners([x, y0, z1], [x, y1, z1], [x, y1, z0], [x, y0, z0]),
    })
  }
  faces.push({
    kind: 'top',
    corners: corners([x0, y0, z1], [x1, y0, z1], [x1, y1, z1], [x0, y1, z1]),
  })
  return faces
}

function corners(...points: readonly (readonly [number, number, number])[]): readonly Point[] {
  return points.map(([x, y, z]) => ({ x, y, z }))
}

/** The silhouette of a box on screen: a convex polygon of four to six points. */
export function outlineOf(box: Box, view: View): readonly ScreenPoint[] {
  const points: ScreenPoint[] = []
  for (const x of [box.x0, box.x1]) {
    for (const y of [box.y0, box.y1]) {
      for (const z of box.z0 === box.z1 ? [box.z0] : [box.z0, box.z1]) {
        points.push(project({ x, y, z }, view))
      }
    }
  }
  return convexHull(points)
}

/** Convex hull, counter-clockwise in u/v with v down (Andrew's monotone chain). */
export function convexHull(points: readonly ScreenPoint[]): readonly ScreenPoint[] {
  const sorted = [...points].sort((left, right) => left.u - right.u || left.v - right.v)
  const half = (list: readonly ScreenPoint[]) => {
    const chain: ScreenPoint[] = []
    for (const point of list) {
      for (;;) {
        const last = chain.at(-1)
        const before = chain.at(-2)
        if (last === undefined || before === undefined || turn(before, last, point) > EDGE_ON) break
        chain.pop()
      }
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

function turn(a: ScreenPoint, b: ScreenPoint, c: ScreenPoint): number {
  return (b.u - a.u) * (c.v - a.v) - (b.v - a.v) * (c.u - a.u)
}

const CURVE_STEPS = 16

/** A cubic Bézier of four points as a polyline; other lines as they are. */
export function curvePoints(points: readonly Point[]): readonly Point[] {
  const [a, b, c, d] = points
  if (points.length !== 4 || a === undefined || b === undefined) return points
  if (c === undefined || d === undefined) return points
  return Array.from({ length: CURVE_STEPS + 1 }, (_, index) => {
    const t = index / CURVE_STEPS
    const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3] as const
    const at = (axis: 'x' | 'y' | 'z') =>
      a[axis] * weights[0] + b[axis] * weights[1] + c[axis] * weights[2] + d[axis] * weights[3]
    return { x: at('x'), y: at('y'), z: at('z') }
  })
}
