import { expect, it } from 'vitest'
import { expandSlots } from './slots'

it.each<[string, readonly string[]]>([
  ['P{socket}_A1', ['P1_A1']],
  ['P0_{A..C}1', ['P0_A1', 'P0_B1', 'P0_C1']],
  ['{A,B}{1..2}', ['A1', 'A2', 'B1', 'B2']],
  ['DIMM {9..11}', ['DIMM 9', 'DIMM 10', 'DIMM 11']],
])('expands %s as a shell does', (pattern, names) => {
  expect(expandSlots(pattern, 1)).toEqual(names)
})

it.each(['{A..', 'A}', '{}', '{3..1}', '{A..3}', '{0..9999}', '{1..40}{1..40}', '{a{b,c}d}'])(
  'refuses %s',
  (pattern) => {
    expect(expandSlots(pattern, 0)).toBeUndefined()
  },
)
