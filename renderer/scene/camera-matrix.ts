import { Matrix4 } from 'three'
import type { Bounds, Point } from '../../shared/layout/display-list'
import { project, type View } from '../../shared/layout/projection'
import type { ViewportSize, ViewState } from './view-state'

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Unit vectors of the screen in the world: to the right, up, and towards the viewer. */
export function screenAxes(view: View): {
  readonly right: Point
  readonly up: Point
  readonly back: Point
} {
  const a = radians(view.azimuth)
  const e = radians(view.elevation)
  const sinA = Math.sin(a)
  const cosA = Math.cos(a)
  const sinE = Math.sin(e)
  const cosE = Math.cos(e)
  return {
    right: { x: cosA, y: sinA, z: 0 },
    up: { x: -sinA * sinE, y: cosA * sinE, z: cosE },
    back: { x: sinA * cosE, y: -cosA * cosE, z: sinE },
  }
}

/**
 * View matrix for geometry that is stored relative to `origin`. The large subtraction (origin − centre of the picture) happens here
 * in f64, so that the GPU's f32 sees only small numbers.
 */
export function viewMatrix(state: ViewState, origin: Point): Matrix4 {
  const { right, up, back } = screenAxes(state)
  const { u, v } = project(origin, state)
  const matrix = new Matrix4()
  matrix.set(
    right.x,
    right.y,
    right.z,
    u - state.centerU,
    up.x,
    up.y,
    up.z,
    state.centerV - v,
    back.x,
    back.y,
    back.z,
    0,
    0,
    0,
    0,
    1,
  )
  return matrix
}

/** Projection to clip space: plan units to the picture, and the whole world's depth to −1 … 1 at any zoom. */
export function projectionMatrix(state: ViewState, size: ViewportSize, radius: number): Matrix4 {
  const { pixelsPerUnit } = state
  return new Matrix4().makeScale(
    (2 * pixelsPerUnit) / size.width,
    (2 * pixelsPerUnit) / size.height,
    -1 / radius,
  )
}

/** The middle of the world, and the radius of a sphere around it that holds everything. */
export function worldSphere(bounds: Bounds): { readonly origin: Point; readonly radius: number } {
  const { min, max } = bounds
  const origin = { x: (min.x + max.x) / 2, y: (min.y + max.y) / 2, z: (min.z + max.z) / 2 }
  const radius = Math.hypot(max.x - min.x, max.y - min.y, max.z - min.z) / 2
  return { origin, radius: Math.max(radius * 1.02, 1e-3) }
}

/** Bits of the faces that a box shows in this view: 1 +x, 2 −x, 4 +y, 8 −y, 16 +z, 32 −z. */
export function visibleFaceBits(view: View): number {
  const { back } = screenAxes(view)
  const seen = (component: number, plus: number, minus: number) =>
    component > 1e-6 ? plus : component < -1e-6 ? minus : 0
  return seen(back.x, 1, 2) | seen(back.y, 4, 8) | seen(back.z, 16, 32)
}
