import { project } from '../../shared/layout/projection'
import type { ViewState } from './view-state'

/** A round number of bytes and how long it is on the screen, measured along the address axis. */
export interface ScaleBar {
  readonly bytes: number
  readonly parts: number
  readonly lengthPx: number
}

const LONGEST_PX = 240
const PARTS = 4

/**
 * The largest power of two of bytes that is at most 240 CSS pixels long in this view; undefined when the address axis is seen end-on
 * or a byte would be longer than that.
 */
export function scaleBar(squareBytes: number, state: ViewState): ScaleBar | undefined {
  const origin = project({ x: 0, y: 0, z: 0 }, state)
  const unit = project({ x: 1, y: 0, z: 0 }, state)
  const pixelsPerByte =
    (Math.hypot(unit.u - origin.u, unit.v - origin.v) * state.pixelsPerUnit) / squareBytes
  const exponent = Math.floor(Math.log2(LONGEST_PX / pixelsPerByte))
  if (!Number.isFinite(exponent) || exponent < Math.log2(PARTS) || exponent > 60) return undefined
  const bytes = 2 ** exponent
  return { bytes, parts: PARTS, lengthPx: bytes * pixelsPerByte }
}
