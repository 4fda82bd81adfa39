import { expect, it } from 'vitest'
import { compareIds } from './order'

it('sorts numbers inside ids as numbers', () => {
  const ids = ['namespace0.10', 'node10', 'namespace0.9', 'node2', 'namespace0.1', 'machine']
  expect(ids.sort(compareIds)).toEqual([
    'machine',
    'namespace0.1',
    'namespace0.9',
    'namespace0.10',
    'node2',
    'node10',
  ])
})
