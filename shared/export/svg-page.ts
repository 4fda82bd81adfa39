import { boundsOf, type Rectangle } from '../layout/rectangles'
import { outlineOf } from '../layout/outline'
import { project, type ScreenPoint, type View } from '../layout/projection'
import type { DisplayList, Point } from '../layout/display-list'

/** Where things stand on the page, in pixels of the design. */
export interface Page {
  readonly width: number
  readonly height: number
  readonly view: View
  /** Pixels for one plan unit. */
  readonly scale: number
  /** Pixels of the origin. */
  readonly shift: ScreenPoint
  readonly toPage: (point: Point) => ScreenPoint
  /** The drawing without its labels. */
  readonly drawing: Rectangle
}

/** The page is composed once, 1660 wide; a document of another width is the same picture, larger or smaller. */
export const PAGE = {
  width: 1660,
  left: 316,
  right: 176,
  top: 232,
  bottom: 130,
  margin: 60,
} as const
/** A tall drawing is made smaller, so that the whole stays near the shape of a sheet of paper. */
const TALLEST = 1500

export function pageOf(list: DisplayList, view: View): Page {
  const corners = list.shapes.flatMap((shape) =>
    shape.kind === 'box'
      ? outlineOf(shape, view)
      : shape.points.map((point) => project(point, view)),
  )
  const bounds =
    corners.length === 0 ? { left: 0, top: 0, right: 1, bottom: 0.1 } : boundsOf(corners)
  const room = PAGE.width - PAGE.left - PAGE.right
  const spanU = Math.max(bounds.right - bounds.left, 1e-9)
  const spanV = Math.max(bounds.bottom - bounds.top, 1e-9)
  const scale = Math.min(room / spanU, TALLEST / spanV)
  const left = PAGE.left + (room - spanU * scale) / 2
  const shift = { u: left - bounds.left * scale, v: PAGE.top - bounds.top * scale }
  const height = Math.ceil(PAGE.top + spanV * scale + PAGE.bottom)
  return {
    width: PAGE.width,
    height,
    view,
    scale,
    shift,
    toPage: (point) => {
      const { u, v } = project(point, view)
      return { u: u * scale + shift.u, v: v * scale + shift.v }
    },
    drawing: {
      left,
      right: left + spanU * scale,
      top: PAGE.top,
      bottom: PAGE.top + spanV * scale,
    },
  }
}
