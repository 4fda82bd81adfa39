import type { Point } from './display-list'

/** Orthographic view of the world. Angles in degrees. */
export interface View {
  /** Turn about the vertical axis; 0 looks along +y (elevation), the default 25 lets strips run level to the lower right. */
  readonly azimuth: number
  /** Height of the eye: 90 is plan view, 0 a pure elevation. */
  readonly elevation: number
}

export const DEFAULT_VIEW: View = { azimuth: 25, elevation: 25 }

export interface ScreenPoint {
  readonly u: number
  readonly v: number
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Screen coordinates in plan units: u to the right, v DOWN, as in SVG. */
export function project(point: Point, view: View): ScreenPoint {
  const a = radians(view.azimuth)
  const e = radians(view.elevation)
  const right = point.x * Math.cos(a) + point.y * Math.sin(a)
  const away = -point.x * Math.sin(a) + point.y * Math.cos(a)
  return { u: right, v: -(away * Math.sin(e) + point.z * Math.cos(e)) }
}

/** Distance along the line of sight: larger is farther away. */
export function depth(point: Point, view: View): number {
  const a = radians(view.azimuth)
  const e = radians(view.elevation)
  const away = -point.x * Math.sin(a) + point.y * Math.cos(a)
  return away * Math.cos(e) - point.z * Math.sin(e)
}

/** Point of the horizontal plane at height z that is seen at a screen point; undefined when the plane is seen edge-on. */
export function unproject(screen: ScreenPoint, z: number, view: View): Point | undefined {
  const a = radians(view.azimuth)
  const e = radians(view.elevation)
  if (Math.abs(Math.sin(e)) < 1e-9) return undefined
  const right = screen.u
  const away = (-screen.v - z * Math.cos(e)) / Math.sin(e)
  return {
    x: right * Math.cos(a) - away * Math.sin(a),
    y: right * Math.sin(a) + away * Math.cos(a),
    z,
  }
}
