import { expect, it } from 'vitest'
import { parseSize } from './parse-size'

it.each([
  ['4096', 4096],
  ['0x1000', 4096],
  ['64B', 64],
  ['2M', 2 ** 21],
  ['2 MiB', 2 ** 21],
  ['192gib', 192 * 2 ** 30],
  ['1.5TiB', 1.5 * 2 ** 40],
  ['0.5KiB', 512],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('reads %s', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

it.each([
  '',
  'GiB',
  '192GB',
  '-1GiB',
  '+1',
  '1e3',
  '1.5',
  '0.3KiB',
  '.5GiB',
  '1,5GiB',
  '9007199254740992',
  '8192TiB',
  '0x',
  '1 2',
])('refuses %j', (text) => {
  expect(parseSize(text)).toBeUndefined()
})
