import type { Point } from '../../shared/layout/display-list'
import { project, type ScreenPoint, type View } from '../../shared/layout/projection'

/** Where the camera is: angles in degrees, the plan-unit screen point in the middle of the picture, and CSS pixels per plan unit. */
export interface ViewState extends View {
  readonly centerU: number
  readonly centerV: number
  readonly pixelsPerUnit: number
}

/** Size of the scene in CSS pixels. */
export interface ViewportSize {
  readonly width: number
  readonly height: number
}

/** A place in the scene in CSS pixels from its upper left corner. */
export interface PixelPoint {
  readonly x: number
  readonly y: number
}

/** What lies under the pointer; x and y are CSS pixels from the scene's upper left corner. */
export interface HoverTarget extends PixelPoint {
  readonly objectId: string | undefined
  readonly title: string
}

/** Screen point in plan units that is seen at a pixel. */
export function screenAtPixel(
  pixel: PixelPoint,
  state: ViewState,
  size: ViewportSize,
): ScreenPoint {
  return {
    u: state.centerU + (pixel.x - size.width / 2) / state.pixelsPerUnit,
    v: state.centerV + (pixel.y - size.height / 2) / state.pixelsPerUnit,
  }
}

/** Pixel at which a screen point in plan units is seen. */
export function pixelAtScreen(
  screen: ScreenPoint,
  state: ViewState,
  size: ViewportSize,
): PixelPoint {
  return {
    x: (screen.u - state.centerU) * state.pixelsPerUnit + size.width / 2,
    y: (screen.v - state.centerV) * state.pixelsPerUnit + size.height / 2,
  }
}

/** Pixel at which a point of the world is seen. */
export function pixelAtPoint(point: Point, state: ViewState, size: ViewportSize): PixelPoint {
  return pixelAtScreen(project(point, state), state, size)
}
