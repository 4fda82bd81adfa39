import type { Box, Path, Point, Shape } from '../../shared/layout/display-list'
import { lookIndex, type LineLook } from './palette'

/** One straight line of the drawing. */
export interface LineSegment {
  readonly start: Point
  readonly end: Point
  /** Row of the palette's table of lines. */
  readonly look: number
  /** Bits of the faces that the line borders, see `visibleFaceBits`; it is drawn when one of them is seen. */
  readonly faces: number
  /** Smallest extent in plan units of what the line borders: lines fade before they fill what they border. */
  readonly extent: number
  /** Length in plan units of the polyline before this segment: dashes run on around corners. */
  readonly offset: number
}

/** Faces of lines that no box hides. */
export const ALWAYS = 63

const CURVE_STEPS = 120

interface Edge {
  readonly from: readonly [0 | 1, 0 | 1, 0 | 1]
  readonly to: readonly [0 | 1, 0 | 1, 0 | 1]
  readonly faces: number
}

const TOP_EDGES: readonly Edge[] = [
  { from: [0, 0, 1], to: [1, 0, 1], faces: 16 | 8 },
  { from: [0, 1, 1], to: [1, 1, 1], faces: 16 | 4 },
  { from: [0, 0, 1], to: [0, 1, 1], faces: 16 | 2 },
  { from: [1, 0, 1], to: [1, 1, 1], faces: 16 | 1 },
]

const LOWER_EDGES: readonly Edge[] = [
  { from: [0, 0, 0], to: [1, 0, 0], faces: 32 | 8 },
  { from: [0, 1, 0], to: [1, 1, 0], faces: 32 | 4 },
  { from: [0, 0, 0], to: [0, 1, 0], faces: 32 | 2 },
  { from: [1, 0, 0], to: [1, 1, 0], faces: 32 | 1 },
  { from: [0, 0, 0], to: [0, 0, 1], faces: 2 | 8 },
  { from: [1, 0, 0], to: [1, 0, 1], faces: 1 | 8 },
  { from: [0, 1, 0], to: [0, 1, 1], faces: 2 | 4 },
  { from: [1, 1, 0], to: [1, 1, 1], faces: 1 | 4 },
]

function corner(box: Box, choice: readonly [0 | 1, 0 | 1, 0 | 1]): Point {
  return {
    x: choice[0] === 1 ? box.x1 : box.x0,
    y: choice[1] === 1 ? box.y1 : box.y0,
    z: choice[2] === 1 ? box.z1 : box.z0,
  }
}

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y, b.z - a.z)

function boxSegments(box: Box, look: number): LineSegment[] {
  const edges = box.z0 === box.z1 ? TOP_EDGES : [...TOP_EDGES, ...LOWER_EDGES]
  const extent = Math.min(box.x1 - box.x0, box.y1 - box.y0)
  return edges.map((edge) => ({
    start: corner(box, edge.from),
    end: corner(box, edge.to),
    look,
    faces: edge.faces,
    extent,
    offset: 0,
  }))
}

/** Points of a path; a curve becomes a polyline of equal steps of its parameter. */
export function pathPoints(path: Path): readonly Point[] {
  const [a, b, c, d] = path.points
  if (path.isCurve !== true || !a || !b || !c || !d) return path.points
  return Array.from({ length: CURVE_STEPS + 1 }, (_, step) => {
    const t = step / CURVE_STEPS
    const s = 1 - t
    const bend = (axis: 'x' | 'y' | 'z') =>
      s ** 3 * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t ** 3 * d[axis]
    return { x: bend('x'), y: bend('y'), z: bend('z') }
  })
}

function pathSegments(path: Path, look: number): LineSegment[] {
  const points = pathPoints(path)
  const segments: LineSegment[] = []
  let offset = 0
  for (let index = 1; index < points.length; index++) {
    const start = points[index - 1]
    const end = points[index]
    if (start === undefined || end === undefined) continue
    segments.push({ start, end, look, faces: ALWAYS, extent: Infinity, offset })
    offset += distance(start, end)
  }
  return segments
}

function lookOf(shape: Shape): LineLook {
  if (shape.kind === 'path') return shape.style
  return shape.style === 'solid' ? 'edge' : shape.style
}

/** Whether a shape is drawn as a ribbon: these run in front of the floors. */
export const isRibbon = (shape: Shape) => shape.kind === 'path' && shape.style === 'ribbon'

/** What is dashed stays dashed when it is highlighted. */
function highlightOf(shape: Shape, highlight: 'selected' | 'hovered'): LineLook {
  return shape.style === 'dashed' || shape.style === 'tie' ? `${highlight}-dashed` : highlight
}

/** The shapes of an object that stand for it: without floors and the lines on its boxes, unless it has nothing else. */
export function standingFor(shapes: readonly Shape[]): readonly Shape[] {
  const standing = shapes.filter(({ style }) => style !== 'floor' && style !== 'hairline')
  return standing.length > 0 ? standing : shapes
}

/** The outlines and lines of shapes, as they are or as a highlight. */
export function lineSegments(
  shapes: readonly Shape[],
  highlight?: 'selected' | 'hovered',
): readonly LineSegment[] {
  return shapes.flatMap((shape) => {
    const look = highlight === undefined ? lookOf(shape) : highlightOf(shape, highlight)
    const row = lookIndex(look, shape.paint)
    return shape.kind === 'box' ? boxSegments(shape, row) : pathSegments(shape, row)
  })
}
