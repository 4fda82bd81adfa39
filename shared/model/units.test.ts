import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, parseBareHex, parseDecimal, parseNumber, roundUp } from './units'

describe('numbers of an input', () => {
  it.each([
    ['0', 0],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', undefined],
    ['18446744073709551615', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['0x10', undefined],
  ])('reads the decimal %j as %j and never rounds', (text, value) => {
    expect(parseDecimal(text)).toBe(value)
  })

  it('tells 0x-prefixed from decimal', () => {
    expect(parseNumber('0x180000000')).toBe(0x180000000)
    expect(parseNumber('180')).toBe(180)
    expect(parseNumber('0xffffffffffffffff')).toBeUndefined()
  })

  it('reads bare hexadecimal as block_size_bytes prints it', () => {
    expect(parseBareHex('8000000')).toBe(128 * 1024 ** 2)
    expect(parseBareHex('0x8')).toBeUndefined()
  })
})

describe('sizes for people', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024 ** 3 - 4096, '1 GiB'],
    [24576, '24 KiB'],
    [2 * 1024 ** 2, '2 MiB'],
    [1024 ** 4 * 1.5, '1.5 TiB'],
    [799_063_146_496, '744 GiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('groups digits by three', () => {
    expect(formatCount(268435456)).toBe('268\u00a0435\u00a0456')
    expect(formatCount(12)).toBe('12')
  })
})

it('rounds addresses above 2^32 exactly', () => {
  expect(roundUp(0x280200001, 0x8000000)).toBe(0x288000000)
})
