import type { Point, Shape } from '../../shared/layout/display-list'
import { project, type View } from '../../shared/layout/projection'
import type { ViewportSize, ViewState } from './view-state'

/** CSS pixels around the drawing that are kept free for captions, labels and the scale bar. */
export interface Margins {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface ScreenRect {
  readonly u0: number
  readonly u1: number
  readonly v0: number
  readonly v1: number
}

function outermostPoints(shape: Shape): readonly Point[] {
  if (shape.kind === 'path') return shape.points
  const { x0, x1, y0, y1, z0, z1 } = shape
  const corners: Point[] = []
  for (const x of [x0, x1]) {
    for (const y of [y0, y1]) {
      for (const z of [z0, z1]) corners.push({ x, y, z })
    }
  }
  return corners
}

/** Smallest rectangle on the screen, in plan units, around all shapes; undefined when there are none. */
export function screenRect(shapes: readonly Shape[], view: View): ScreenRect | undefined {
  let u0 = Infinity
  let u1 = -Infinity
  let v0 = Infinity
  let v1 = -Infinity
  for (const shape of shapes) {
    for (const point of outermostPoints(shape)) {
      const { u, v } = project(point, view)
      u0 = Math.min(u0, u)
      u1 = Math.max(u1, u)
      v0 = Math.min(v0, v)
      v1 = Math.max(v1, v)
    }
  }
  return u0 <= u1 ? { u0, u1, v0, v1 } : undefined
}

/** View state that shows the rectangle as large as the margins allow; margins shrink before they eat up half of a small window. */
export function fitRect(
  rect: ScreenRect,
  view: View,
  options: {
    readonly size: ViewportSize
    readonly margins: Margins
    readonly largestPixelsPerUnit?: number
  },
): ViewState {
  const { size, margins } = options
  const shrinkX = Math.min(1, (size.width * 0.4) / (margins.left + margins.right))
  const shrinkY = Math.min(1, (size.height * 0.4) / (margins.top + margins.bottom))
  const left = margins.left * shrinkX
  const right = margins.right * shrinkX
  const top = margins.top * shrinkY
  const bottom = margins.bottom * shrinkY
  const pixelsPerUnit = Math.min(
    (size.width - left - right) / Math.max(rect.u1 - rect.u0, 1e-9),
    (size.height - top - bottom) / Math.max(rect.v1 - rect.v0, 1e-9),
    options.largestPixelsPerUnit ?? Infinity,
  )
  return {
    azimuth: view.azimuth,
    elevation: view.elevation,
    centerU: (rect.u0 + rect.u1) / 2 - (left - right) / 2 / pixelsPerUnit,
    centerV: (rect.v0 + rect.v1) / 2 - (top - bottom) / 2 / pixelsPerUnit,
    pixelsPerUnit,
  }
}
