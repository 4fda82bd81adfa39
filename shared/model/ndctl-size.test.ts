import { describe, expect, it } from 'vitest'
import { formatNdctlSize, parseNdctlSize } from './ndctl-size'

// Published output of ndctl, daxctl and cxl (DOMAIN §11.4 and §11.6).
it.each([
  ['M8', 16777216000, '15.63 GiB (16.78 GB)'],
  ['M8', 1073741824, '1024.00 MiB (1073.74 MB)'],
  ['M8', 2147483648, '2.00 GiB (2.15 GB)'],
  ['M8', 67108864, '64.00 MiB (67.11 MB)'],
  ['F3', 799063146496, '744.19 GiB (799.06 GB)'],
  ['F4', 1598128390144, '1488.37 GiB (1598.13 GB)'],
  ['F5', 65011712, '62.00 MiB (65.01 MB)'],
])('%s: %i is %s', (_id, bytes, text) => {
  expect(formatNdctlSize(bytes)).toBe(text)
})

it('prints small sizes as bytes and stays exact up to 2^53', () => {
  expect(formatNdctlSize(0)).toBe('0')
  expect(formatNdctlSize(5000 * 1024 - 1)).toBe('5119999')
  expect(formatNdctlSize(5000 * 1024)).toBe('4.88 MiB (5.12 MB)')
  expect(formatNdctlSize(Number.MAX_SAFE_INTEGER)).toBe('8192.00 TiB (9007.20 TB)')
})

describe('parseNdctlSize', () => {
  it.each([
    ['4.00 GiB (4.29 GB)', 4294967296],
    ['1024.00 MiB (1073.74 MB)', 1073741824],
    ['15.63 GiB (16.78 GB)', 16777216000],
    ['64.00 MiB (67.11 MB)', 67108864],
    ['2.00 TiB (2.20 TB)', 2199023255552],
  ])('takes the roundest size for %s', (text, bytes) => {
    expect(parseNdctlSize(text)?.bytes).toBe(bytes)
  })

  it('is an inverse of formatNdctlSize, as near as it says', () => {
    for (let bytes = 5_120_000; bytes < 2 ** 51; bytes = Math.floor(bytes * 1.37) + 12_345) {
      const text = formatNdctlSize(bytes)
      const { bytes: read = 0, roundedTo = 0 } = parseNdctlSize(text) ?? {}
      expect(formatNdctlSize(read), text).toBe(text)
      expect(Math.abs(read - bytes), text).toBeLessThan(roundedTo)
      expect(roundedTo, text).toBeLessThan(bytes / 100)
    }
  })

  it.each([
    '',
    '4096',
    '4.00 GiB',
    '4.00 GiB (4.29 MB)',
    '4.00 GiB (5.29 GB)',
    '4.0 GiB (4.3 GB)',
    '9000.00 PiB (10133.10 PB)',
    '-4.00 GiB (4.29 GB)',
  ])('refuses %j', (text) => {
    expect(parseNdctlSize(text)).toBeUndefined()
  })
})
