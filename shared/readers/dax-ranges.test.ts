import { expect, it } from 'vitest'
import { daxRanges } from './dax-ranges'

it('sorts ranges and leaves out what overlaps', () => {
  const [low, high] = [
    { start: 0, end: 10 },
    { start: 10, end: 20 },
  ]
  expect(daxRanges([])).toEqual({ ranges: undefined, isWhole: true })
  expect(daxRanges([high, low])).toEqual({ ranges: [low, high], isWhole: true })
  expect(daxRanges([low, { start: 9, end: 30 }, high])).toEqual({
    ranges: [low, high],
    isWhole: false,
  })
})

it('ends at 1024 ranges', () => {
  const many = Array.from({ length: 2000 }, (_, index) => ({ start: index, end: index + 1 }))
  const { ranges, isWhole } = daxRanges(many)
  expect(ranges?.length).toBe(1024)
  expect(isWhole).toBe(false)
})
