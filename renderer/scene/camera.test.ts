import fc from 'fast-check'
import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { depth, project } from '../../shared/layout/projection'
import { Camera, between, panned, turnedAbout, zoomed } from './camera'
import { projectionMatrix, viewMatrix, visibleFaceBits, worldSphere } from './camera-matrix'
import { fitRect, screenRect } from './fit'
import { pixelAtPoint, pixelAtScreen, screenAtPixel, type ViewState } from './view-state'

const size = { width: 1440, height: 900 }
const limits = { smallest: 1e-3, largest: 1e5 }
const bounds = { min: { x: -2, y: 0, z: 0 }, max: { x: 46, y: 12, z: 20 } }

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const angles = fc.record({ azimuth: number(-360, 720), elevation: number(0, 90) })
const point = fc.record({ x: number(-2, 46), y: number(0, 12), z: number(0, 20) })
const view: fc.Arbitrary<ViewState> = fc.record({
  azimuth: number(-360, 720),
  elevation: number(0, 90),
  centerU: number(-40, 40),
  centerV: number(-40, 40),
  pixelsPerUnit: number(1, 5000),
})
const pixel = fc.record({ x: number(0, size.width), y: number(0, size.height) })

describe('the matrices given to three', () => {
  it('project as shared/layout/projection.ts does, to 1e-6 plan units', () => {
    fc.assert(
      fc.property(view, point, (state, world) => {
        const { origin, radius } = worldSphere(bounds)
        const seen = new Vector3(world.x - origin.x, world.y - origin.y, world.z - origin.z)
          .applyMatrix4(viewMatrix(state, origin))
          .applyMatrix4(projectionMatrix(state, size, radius))
        const u = state.centerU + (seen.x * size.width) / 2 / state.pixelsPerUnit
        const v = state.centerV - (seen.y * size.height) / 2 / state.pixelsPerUnit
        const expected = project(world, state)
        expect(Math.abs(u - expected.u)).toBeLessThan(1e-6)
        expect(Math.abs(v - expected.v)).toBeLessThan(1e-6)
        expect(seen.z * radius).toBeCloseTo(depth(world, state) - depth(origin, state), 6)
        expect(Math.abs(seen.z)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('show the faces that look at the viewer', () => {
    expect(visibleFaceBits({ azimuth: 25, elevation: 25 })).toBe(1 | 8 | 16)
    expect(visibleFaceBits({ azimuth: 115, elevation: 25 })).toBe(1 | 4 | 16)
    expect(visibleFaceBits({ azimuth: 25, elevation: 90 })).toBe(16)
  })
})

describe('pixels', () => {
  it('go to plan units and back', () => {
    fc.assert(
      fc.property(view, pixel, (state, at) => {
        const back = pixelAtScreen(screenAtPixel(at, state, size), state, size)
        expect(back.x).toBeCloseTo(at.x, 6)
        expect(back.y).toBeCloseTo(at.y, 6)
      }),
    )
  })
})

describe('zoomed', () => {
  it('keeps what is under the pointer there, at any factor, and on the whole way', () => {
    fc.assert(
      fc.property(view, pixel, number(0.01, 100), number(0, 1), (from, at, factor, part) => {
        const to = zoomed(from, factor, { at, size, limits })
        const fixed = screenAtPixel(at, from, size)
        const way = between(from, to, { x: 3, y: 4, z: 5 }, part)
        for (const state of [to, way]) {
          const seen = pixelAtScreen(fixed, state, size)
          expect(Math.hypot(seen.x - at.x, seen.y - at.y)).toBeLessThan(1e-3)
        }
      }),
    )
  })

  it('stops at the limits', () => {
    const state = { azimuth: 25, elevation: 25, centerU: 0, centerV: 0, pixelsPerUnit: 10 }
    expect(zoomed(state, 1e9, { at: { x: 0, y: 0 }, size, limits }).pixelsPerUnit).toBe(1e5)
    expect(zoomed(state, 1e-9, { at: { x: 0, y: 0 }, size, limits }).pixelsPerUnit).toBe(1e-3)
  })
})

describe('turnedAbout', () => {
  it('leaves the pivot where it is on the screen', () => {
    fc.assert(
      fc.property(view, point, angles, (state, pivot, to) => {
        const before = pixelAtPoint(pivot, state, size)
        const after = pixelAtPoint(pivot, turnedAbout(state, pivot, to), size)
        expect(after.x).toBeCloseTo(before.x, 4)
        expect(after.y).toBeCloseTo(before.y, 4)
      }),
    )
  })
})

describe('panned', () => {
  it('moves with the hand and keeps the middle on the drawing', () => {
    const state = { azimuth: 25, elevation: 25, centerU: 1, centerV: 2, pixelsPerUnit: 10 }
    const within = { u0: -5, u1: 5, v0: -5, v1: 5 }
    expect(panned(state, 20, -10, { within })).toMatchObject({ centerU: -1, centerV: 3 })
    expect(panned(state, 1e6, -1e6, { within })).toMatchObject({ centerU: -5, centerV: 5 })
  })
})

describe('fitRect', () => {
  it('shows every shape inside the margins', () => {
    fc.assert(
      fc.property(angles, fc.array(point, { minLength: 2, maxLength: 9 }), (to, points) => {
        const shape = {
          kind: 'path',
          id: 'a',
          storey: 'hardware',
          paint: 'dram',
          title: '',
          style: 'tie',
          points,
        } as const
        const rect = screenRect([shape], to)
        if (rect === undefined) throw new Error('no rectangle')
        const margins = { left: 100, right: 50, top: 40, bottom: 60 }
        const state = fitRect(rect, to, { size, margins })
        for (const world of points) {
          const { x, y } = pixelAtPoint(world, state, size)
          expect(x).toBeGreaterThan(margins.left - 1e-3)
          expect(x).toBeLessThan(size.width - margins.right + 1e-3)
          expect(y).toBeGreaterThan(margins.top - 1e-3)
          expect(y).toBeLessThan(size.height - margins.bottom + 1e-3)
        }
      }),
    )
  })
})

describe('Camera', () => {
  const home: ViewState = {
    azimuth: 25,
    elevation: 25,
    centerU: 0,
    centerV: 0,
    pixelsPerUnit: 10,
  }
  const pivot = { x: 0, y: 0, z: 0 }

  it('travels, can be interrupted, and comes to rest', () => {
    const camera = new Camera()
    camera.jump(home)
    camera.travel({ ...home, azimuth: 115 }, pivot, { nowMs: 0, durationMs: 200 })
    expect(camera.advance(100)).toBe(true)
    const halfway = camera.state
    expect(halfway.azimuth).toBeGreaterThan(25)
    expect(halfway.azimuth).toBeLessThan(115)
    camera.travel(home, pivot, { nowMs: 100, durationMs: 200 })
    expect(camera.state).toEqual(halfway)
    expect(camera.advance(300)).toBe(false)
    expect(camera.state).toEqual(home)
    expect(camera.isMoving).toBe(false)
  })

  it('names a full turn as none when it arrives', () => {
    const camera = new Camera()
    camera.jump(home)
    camera.travel({ ...home, azimuth: -65 }, pivot, { nowMs: 0, durationMs: 200 })
    camera.advance(100)
    expect(camera.state.azimuth).toBeLessThan(25)
    camera.advance(200)
    expect(camera.state.azimuth).toBe(295)
    camera.travel({ ...home, azimuth: 385 }, pivot, { nowMs: 200, durationMs: 200 })
    camera.advance(400)
    expect(camera.state).toEqual(home)
  })

  it('jumps when there is no time for a way', () => {
    const camera = new Camera()
    camera.jump(home)
    camera.travel({ ...home, centerU: 5 }, pivot, { nowMs: 0, durationMs: 0 })
    expect(camera.state.centerU).toBe(5)
    expect(camera.isMoving).toBe(false)
  })
})
