import fc from 'fast-check'
import { expect, it } from 'vitest'
import { claimRanges } from './claim-ranges'

it('counts every number once', () => {
  const claim = claimRanges()
  expect(claim([{ start: 4, end: 8 }])).toBe(4)
  expect(claim([{ start: 6, end: 10 }])).toBe(2)
  expect(
    claim([
      { start: 0, end: 2 },
      { start: 1, end: 20 },
    ]),
  ).toBe(14)
  expect(claim([{ start: 5, end: 5 }])).toBe(0)
})

it('agrees with a set of numbers', () => {
  const ranges = fc.array(fc.tuple(fc.nat(60), fc.nat(12)), { maxLength: 30 })
  fc.assert(
    fc.property(ranges, (pairs) => {
      const claim = claimRanges()
      const seen = new Set<number>()
      for (const [start, length] of pairs) {
        const before = seen.size
        for (let number = start; number < start + length; number++) seen.add(number)
        expect(claim([{ start, end: start + length }])).toBe(seen.size - before)
      }
    }),
  )
})
