import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Label } from './display-list'
import { placeLabels, type PlaceLabelsOptions, type ProjectedLabel } from './labels'
import { overlaps, segmentHits } from './rectangles'

const options: PlaceLabelsOptions = {
  viewport: { left: 0, top: 0, right: 1000, bottom: 700 },
  measure: (text) => text.length * 7,
  reserved: [{ left: 0, top: 0, right: 300, bottom: 100 }],
}

function label(index: number, at: { u: number; v: number; priority: number }): ProjectedLabel {
  const text: Label = {
    id: `label${index}`,
    storey: 'address-space',
    anchor: { x: 0, y: 0, z: 0 },
    title: `namespace0.${index}`,
    detail: 'devdax, map=mem · 1 GiB',
    priority: at.priority,
    placement: 'leader',
  }
  return { label: text, at: { u: at.u, v: at.v } }
}

const labels = fc
  .array(
    fc.record({
      u: fc.double({ min: 0, max: 1000, noNaN: true }),
      v: fc.double({ min: 0, max: 700, noNaN: true }),
      priority: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 60 },
  )
  .map((places) => places.map((place, index) => label(index, place)))

test('placed text touches no other text, no leader, no reserved place, and stays in the view', () => {
  fc.assert(
    fc.property(labels, (wanted) => {
      const placed = placeLabels(wanted, options)
      for (const [index, one] of placed.entries()) {
        expect(one.box.left).toBeGreaterThanOrEqual(0)
        expect(one.box.right).toBeLessThanOrEqual(1000)
        expect(overlaps(one.box, { left: 0, top: 0, right: 300, bottom: 100 }, 0)).toBe(false)
        for (const other of placed.slice(index + 1)) {
          expect(overlaps(one.box, other.box, 0)).toBe(false)
          const { leader } = other
          if (leader !== undefined) expect(segmentHits(leader.from, leader.to, one.box)).toBe(false)
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('the order of the input does not matter', () => {
  fc.assert(
    fc.property(labels, (wanted) => {
      expect(placeLabels([...wanted].reverse(), options)).toEqual(placeLabels(wanted, options))
    }),
    { numRuns: 20 },
  )
})

test('where there is no room, the important label stays', () => {
  const crowd = Array.from({ length: 80 }, (_, index) =>
    label(index, { u: 500, v: 350, priority: index === 40 ? 9 : 1 }),
  )
  const placed = placeLabels(crowd, options)
  expect(placed.length).toBeLessThan(80)
  expect(placed.map((one) => one.label.id)).toContain('label40')
})

test('a label with all the room stands above and to the right of its anchor', () => {
  const [placed] = placeLabels([label(0, { u: 500, v: 350, priority: 1 })], options)
  expect(placed?.align).toBe('start')
  expect(placed?.x).toBeGreaterThan(500)
  expect(placed?.titleBaseline).toBeLessThan(350)
})
