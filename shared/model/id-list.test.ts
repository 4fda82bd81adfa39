import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatIdList, parseIdList } from './id-list'

it('reads what it writes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(5000)), (ids) => {
      const sorted = [...ids].sort((a, b) => a - b)
      expect(parseIdList(formatIdList(sorted))).toEqual(sorted)
    }),
  )
})

it.each(['0-', '3-1', 'a', '0-4000000000', '0,,1', '-1'])('refuses %j', (text) => {
  expect(parseIdList(text)).toBeUndefined()
})

it('reads an empty list as no ids: a CPU-less node', () => {
  expect(parseIdList('\n')).toEqual([])
})

it('counts repetitions, and refuses more than it may hold', () => {
  expect(parseIdList('0-9,0-9', 20)).toHaveLength(10)
  expect(parseIdList('0-9,0-9,3', 20)).toBeUndefined()
  expect(parseIdList('0-4000000000')).toBeUndefined()
})
