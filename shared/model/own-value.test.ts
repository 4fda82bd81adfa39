import { expect, it } from 'vitest'
import { ownValue } from './own-value'

it('knows only the words of the table', () => {
  const table = { Healthy: 'ok' }
  expect(ownValue(table, 'Healthy')).toBe('ok')
  expect(['constructor', '__proto__', 'toString'].map((word) => ownValue(table, word))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
