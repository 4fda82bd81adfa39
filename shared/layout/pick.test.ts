import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountMemmap } from '../memmap/account'
import type { Box } from './display-list'
import { layOut } from './lay-out'
import { outlineOf } from './outline'
import { paintOrder } from './painter'
import { isHidden, pick } from './pick'
import { project, unproject, type View } from './projection'
import { insideConvex } from './rectangles'
import { twoSocketMachine } from './testing/machines'
import { randomMachine } from './testing/random-machine'

const view: fc.Arbitrary<View> = fc.record({
  azimuth: fc.constantFrom(25, 115, 205, 295, 45, 0, 90, 300),
  elevation: fc.constantFrom(25, 35.26, 60, 90),
})
const part = fc.double({ min: 0.02, max: 0.98, noNaN: true })

test('unproject takes back what project did', () => {
  const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true })
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, view, (x, y, z, from) => {
      const back = unproject(project({ x, y, z }, from), z, from)
      expect(back?.x).toBeCloseTo(x, 6)
      expect(back?.y).toBeCloseTo(y, 6)
    }),
  )
})

test('pointing at a visible point of a top face picks that box', () => {
  const list = layOut(twoSocketMachine(), accountMemmap(twoSocketMachine()))
  const solid = list.shapes.filter(
    (shape): shape is Box => shape.kind === 'box' && shape.style === 'solid',
  )
  let visible = 0
  fc.assert(
    fc.property(fc.constantFrom(...solid), part, part, view, (box, alongX, alongY, from) => {
      const point = {
        x: box.x0 + (box.x1 - box.x0) * alongX,
        y: box.y0 + (box.y1 - box.y0) * alongY,
        z: box.z1,
      }
      if (isHidden(list, point, from)) return
      visible++
      expect(pick(list, project(point, from), from)?.id).toBe(box.id)
    }),
    { numRuns: 2000 },
  )
  expect(visible).toBeGreaterThan(500)
})

test('what is painted last at a point is what is picked there', () => {
  fc.assert(
    fc.property(randomMachine, view, part, part, (topology, from, u, v) => {
      const list = layOut(topology, accountMemmap(topology))
      const boxes = paintOrder(list, from).filter(
        (shape): shape is Box => shape.kind === 'box' && shape.style === 'solid',
      )
      for (const box of boxes.filter((_, index) => index % 7 === 0)) {
        const outline = outlineOf(box, from)
        const us = outline.map((point) => point.u)
        const vs = outline.map((point) => point.v)
        const at = {
          u: Math.min(...us) + (Math.max(...us) - Math.min(...us)) * u,
          v: Math.min(...vs) + (Math.max(...vs) - Math.min(...vs)) * v,
        }
        const last = boxes.findLast((other) => insideConvex(at, outlineOf(other, from)))
        if (last !== undefined) expect(pick(list, at, from)?.id).toBe(last.id)
      }
    }),
    { numRuns: 100 },
  )
})

test('every shape is painted once', () => {
  const list = layOut(twoSocketMachine(), accountMemmap(twoSocketMachine()))
  const ids = (shapes: readonly { readonly id: string }[]) => shapes.map(({ id }) => id).sort()
  expect(ids(paintOrder(list, { azimuth: 25, elevation: 25 }))).toEqual(ids(list.shapes))
})
