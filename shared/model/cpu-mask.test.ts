import { expect, it } from 'vitest'
import { parseCpuMask } from './cpu-mask'

it('reads words from the most significant one, short ones included', () => {
  expect(parseCpuMask('00000000')).toEqual([])
  expect(parseCpuMask('1,80000001')).toEqual([0, 31, 32])
  expect(parseCpuMask('11,00000000,00000003\n')).toEqual([0, 1, 64, 68])
})

it('refuses what is not a mask', () => {
  for (const text of ['', '0-3', '123456789', '0x3', ',1']) {
    expect(parseCpuMask(text)).toBeUndefined()
  }
})
