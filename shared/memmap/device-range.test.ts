import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GIB, MIB } from '../model/units'
import { dedupedPages, isDeduped, splitDeviceRange } from './device-range'
import { kernelRulesOf, vmemmapPages } from './kernel-rules'

const rules = kernelRulesOf({
  id: 'machine',
  sources: {},
  arch: 'x86_64',
  kernelRelease: '6.1.0',
  basePageBytes: 4096,
  structPageBytes: 64,
})

describe('sections of a ZONE_DEVICE range (DOMAIN §13)', () => {
  it.each([
    ['a whole GiB', 0x380000000, GIB, { wholeBytes: GIB, partialBytes: 0 }],
    [
      '304 MiB from a border',
      0x330000000,
      304 * MIB,
      { wholeBytes: 256 * MIB, partialBytes: 48 * MIB },
    ],
    [
      '784 MiB, 16 MiB into a section',
      0x101000000,
      784 * MIB,
      { wholeBytes: 640 * MIB, partialBytes: 144 * MIB },
    ],
    ['inside one section', 0x101000000, 32 * MIB, { wholeBytes: 0, partialBytes: 32 * MIB }],
  ])('%s', (_, start, sizeBytes, expected) => {
    expect(splitDeviceRange({ start, end: start + sizeBytes }, [], rules)).toMatchObject(expected)
  })

  it('does not pay again for sections of boot RAM', () => {
    const boot = [{ start: 0, end: 256 * MIB }]
    const range = { start: 192 * MIB, end: 512 * MIB }
    expect(splitDeviceRange(range, boot, rules)).toEqual({
      wholeBytes: 256 * MIB,
      partialBytes: 0,
      alreadyPaidBytes: 64 * MIB,
      partialRanges: [],
    })
  })

  it('always adds up', () => {
    const pageAligned = fc.nat(1 << 22).map((page) => page * 2 * MIB)
    fc.assert(
      fc.property(pageAligned, pageAligned, pageAligned, (start, sizeBytes, bootEnd) => {
        const range = { start, end: start + sizeBytes }
        const boot = [
          { start: 0, end: Math.ceil(bootEnd / rules.sectionBytes) * rules.sectionBytes },
        ]
        const split = splitDeviceRange(range, boot, rules)
        expect(split.wholeBytes + split.partialBytes + split.alreadyPaidBytes).toBe(sizeBytes)
        expect(split.wholeBytes % rules.sectionBytes).toBe(0)
        const partial = split.partialRanges.reduce((sum, part) => sum + part.end - part.start, 0)
        expect(partial).toBe(split.partialBytes)
      }),
    )
  })
})

describe('device-dax deduplication (DOMAIN §4, §11.3)', () => {
  it.each([
    ['D3', 2 * MIB, 4294967296],
    ['D4', GIB, 8388608],
  ])('%s: 1 TiB costs %d-byte compound pages %d bytes', (_, alignBytes, residentBytes) => {
    expect(isDeduped(alignBytes, rules)).toBe(true)
    expect(dedupedPages(1024 * GIB, alignBytes, rules) * 4096).toBe(residentBytes)
  })

  it('D5: nothing is saved at 4 KiB', () => {
    expect(isDeduped(4096, rules)).toBe(false)
    expect(vmemmapPages(1024 * GIB, rules) * 4096).toBe(17179869184)
  })
})
