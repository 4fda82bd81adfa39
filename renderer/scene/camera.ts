import type { Point } from '../../shared/layout/display-list'
import { DEFAULT_VIEW, project, type View } from '../../shared/layout/projection'
import type { ScreenRect } from './fit'
import { screenAtPixel, type PixelPoint, type ViewportSize, type ViewState } from './view-state'

export interface ZoomLimits {
  readonly smallest: number
  readonly largest: number
}

interface Journey {
  readonly from: ViewState
  readonly to: ViewState
  readonly pivot: Point
  readonly startMs: number
  readonly durationMs: number
}

const START: ViewState = { ...DEFAULT_VIEW, centerU: 0, centerV: 0, pixelsPerUnit: 1 }

const mix = (from: number, to: number, part: number) => from + (to - from) * part
const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
const easeOut = (part: number) => 1 - (1 - part) ** 3

/** The same view with its azimuth in [0, 360). */
export function wound<V extends View>(view: V): V {
  return { ...view, azimuth: ((view.azimuth % 360) + 360) % 360 }
}

/** The state a part (0 to 1) of the way between two states; the pivot keeps its place on the screen or goes straight to its new one. */
export function between(from: ViewState, to: ViewState, pivot: Point, part: number): ViewState {
  const azimuth = mix(from.azimuth, to.azimuth, part)
  const elevation = mix(from.elevation, to.elevation, part)
  const pixelsPerUnit = Math.exp(
    mix(Math.log(from.pixelsPerUnit), Math.log(to.pixelsPerUnit), part),
  )
  const isZooming = Math.abs(from.pixelsPerUnit / to.pixelsPerUnit - 1) > 1e-6
  // Linear in 1/zoom: the point under the pointer then stays under it during the whole way.
  const way = isZooming
    ? (1 / pixelsPerUnit - 1 / from.pixelsPerUnit) / (1 / to.pixelsPerUnit - 1 / from.pixelsPerUnit)
    : part
  const start = project(pivot, from)
  const end = project(pivot, to)
  const now = project(pivot, { azimuth, elevation })
  return {
    azimuth,
    elevation,
    pixelsPerUnit,
    centerU: now.u + mix(from.centerU - start.u, to.centerU - end.u, way),
    centerV: now.v + mix(from.centerV - start.v, to.centerV - end.v, way),
  }
}

/**
 * Orthographic camera with two angles. State is plain f64; the picture is `shared/layout/projection.ts`, shifted and scaled.
 * Movements are interruptible: every change starts from where the last one was going to.
 */
export class Camera {
  #state: ViewState = START
  #journey: Journey | undefined
  #limits: ZoomLimits = { smallest: 1e-6, largest: 1e6 }

  get state(): ViewState {
    return this.#state
  }

  /** Where the camera is going, or is. */
  get target(): ViewState {
    return this.#journey?.to ?? this.#state
  }

  get isMoving(): boolean {
    return this.#journey !== undefined
  }

  setLimits(limits: ZoomLimits): void {
    this.#limits = limits
  }

  /** Goes there at once. */
  jump(to: ViewState): void {
    this.#journey = undefined
    this.#state = wound(this.#limited(to))
  }

  /** Sets out; `durationMs` 0 is a jump. The pivot is the point of the world that the eye follows while angles change. */
  travel(
    to: ViewState,
    pivot: Point,
    options: { readonly nowMs: number; readonly durationMs: number },
  ): void {
    if (options.durationMs <= 0) {
      this.jump(to)
      return
    }
    this.#journey = {
      from: this.#state,
      to: this.#limited(to),
      pivot,
      startMs: options.nowMs,
      durationMs: options.durationMs,
    }
  }

  /** Moves on to the given time; returns true while there is still some way to go. */
  advance(nowMs: number): boolean {
    const journey = this.#journey
    if (journey === undefined) return false
    const part = clamp((nowMs - journey.startMs) / journey.durationMs, 0, 1)
    if (part === 1) {
      this.#state = wound(journey.to)
      this.#journey = undefined
      return false
    }
    this.#state = between(journey.from, journey.to, journey.pivot, easeOut(part))
    return true
  }

  #limited(state: ViewState): ViewState {
    const pixelsPerUnit = clamp(state.pixelsPerUnit, this.#limits.smallest, this.#limits.largest)
    return { ...state, pixelsPerUnit, elevation: clamp(state.elevation, 0, 90) }
  }
}

/** The state after zooming by a factor so that what is under the pixel stays there. */
export function zoomed(
  state: ViewState,
  factor: number,
  options: { readonly at: PixelPoint; readonly size: ViewportSize; readonly limits: ZoomLimits },
): ViewState {
  const { at, size, limits } = options
  const pixelsPerUnit = clamp(state.pixelsPerUnit * factor, limits.smallest, limits.largest)
  const fixed = screenAtPixel(at, state, size)
  return {
    ...state,
    pixelsPerUnit,
    centerU: fixed.u - (at.x - size.width / 2) / pixelsPerUnit,
    centerV: fixed.v - (at.y - size.height / 2) / pixelsPerUnit,
  }
}

/** The state after the drawing moved by so many CSS pixels; its middle never leaves the rectangle, so the drawing cannot get lost. */
export function panned(
  state: ViewState,
  dx: number,
  dy: number,
  options: { readonly within: ScreenRect },
): ViewState {
  const { within } = options
  return {
    ...state,
    centerU: clamp(state.centerU - dx / state.pixelsPerUnit, within.u0, within.u1),
    centerV: clamp(state.centerV - dy / state.pixelsPerUnit, within.v0, within.v1),
  }
}

/** The same view with other angles; the pivot stays where it is on the screen. */
export function turnedAbout(
  state: ViewState,
  pivot: Point,
  angles: { readonly azimuth: number; readonly elevation: number },
): ViewState {
  const before = project(pivot, state)
  const after = project(pivot, angles)
  return {
    ...angles,
    pixelsPerUnit: state.pixelsPerUnit,
    centerU: state.centerU + after.u - before.u,
    centerV: state.centerV + after.v - before.v,
  }
}
