import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseSquareBytes } from './geometry'
import { legibleWidths } from './widths'

test('a square is 4^k pages, and the longest strip has more than 6 and at most 24 of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 25 * 4096, max: 2 ** 52 }), (bytes) => {
      const square = chooseSquareBytes(bytes)
      expect(Math.log2(square / 4096) % 2).toBe(0)
      expect(bytes / square).toBeGreaterThan(6)
      expect(bytes / square).toBeLessThanOrEqual(24)
    }),
  )
})

test('legible widths keep their sum and their order, and none is under the minimum', () => {
  const width = fc.double({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.array(width, { minLength: 1, maxLength: 30 }), (exact) => {
      const total = exact.reduce((sum, value) => sum + value, 0)
      fc.pre(total > 1)
      const minimum = total / 40
      const widths = legibleWidths(exact, minimum)
      const sum = widths.reduce((left, right) => left + right.width, 0)
      expect(sum).toBeCloseTo(total, 6)
      for (const [index, value] of widths.entries()) {
        expect(value.width).toBeGreaterThanOrEqual(minimum - 1e-9)
        expect(value.isEnlarged).toBe((exact[index] ?? 0) < minimum)
      }
    }),
  )
})
