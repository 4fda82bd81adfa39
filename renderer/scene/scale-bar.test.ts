import { describe, expect, it } from 'vitest'
import { scaleBar } from './scale-bar'

const GIB = 1024 ** 3
const state = { azimuth: 0, elevation: 90, centerU: 0, centerV: 0, pixelsPerUnit: 20 }

describe('scaleBar', () => {
  it('has a round size and its true length', () => {
    expect(scaleBar(16 * GIB, state)).toEqual({ bytes: 128 * GIB, parts: 4, lengthPx: 160 })
  })

  it('follows the zoom and the foreshortening of the address axis', () => {
    expect(scaleBar(16 * GIB, { ...state, pixelsPerUnit: 2000 })).toMatchObject({
      bytes: GIB,
      lengthPx: 125,
    })
    const turned = scaleBar(16 * GIB, { ...state, azimuth: 60, elevation: 0 })
    expect(turned?.bytes).toBe(256 * GIB)
    expect(turned?.lengthPx).toBeCloseTo(160)
  })

  it('is absent when the axis is seen end-on', () => {
    expect(scaleBar(16 * GIB, { ...state, azimuth: 90, elevation: 0, pixelsPerUnit: 1e-3 })).toBe(
      undefined,
    )
  })
})
