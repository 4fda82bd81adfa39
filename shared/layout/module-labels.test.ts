import { expect, it } from 'vitest'
import { namesOfGroup } from './module-labels'

it.each([
  [['DIMM_A1'], 'DIMM_A1'],
  [['DIMM_A1', 'DIMM_B1'], 'DIMM_A1, B1'],
  [['DIMM_A1', 'DIMM_B1', 'DIMM_C1', 'DIMM_D1', 'DIMM_E1'], 'DIMM_A1 … E1'],
  [['nmem0', 'nmem1', 'nmem2', 'nmem3'], 'nmem0 … nmem3'],
  [['P1-DIMMA2', 'P1-DIMMB1', 'P1-DIMMD2', 'P1-DIMME1'], 'P1-DIMMA2, DIMMB1, DIMMD2, DIMME1'],
  [['mem9', 'mem10', 'mem11'], 'mem9 … mem11'],
  [['a', 'c', 'e', 'g', 'i'], 'a … i'],
])('calls %j %s', (names, label) => {
  expect(namesOfGroup(names)).toBe(label)
})
