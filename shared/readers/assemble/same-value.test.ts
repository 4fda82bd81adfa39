import { expect, it } from 'vitest'
import { isSameValue } from './same-value'

const near = { position: 0, decoderId: 'decoder2.0' }
const far = { position: 1, decoderId: 'decoder3.0' }

it.each([
  ['equal texts', 'a', 'a', 0, true],
  ['other texts', 'a', 'b', 0, false],
  ['numbers nearer than the rounding', 100, 104, 5, true],
  ['numbers as far as the rounding', 100, 105, 5, false],
  ['positions in another order', [near, far], [far, near], 0, true],
  ['fields that only one reader has', [{ ...near, memdevId: 'mem0' }], [near], 0, true],
  ['fields that only the other one has', [near], [{ ...near, memdevId: 'mem0' }], 0, true],
  [
    'a field that differs',
    [{ ...near, memdevId: 'mem0' }],
    [{ ...near, memdevId: 'mem1' }],
    0,
    false,
  ],
  ['another length', [near, far], [near], 0, false],
  ['texts in another order', ['a', 'b'], ['b', 'a'], 0, false],
  ['records that differ', { a: 1 }, { a: 2 }, 5, false],
])('%s', (_what, left, right, roundedTo, expected) => {
  expect(isSameValue(left, right, roundedTo)).toBe(expected)
})
