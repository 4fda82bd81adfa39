import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interleaveMistake, offsetOfPlace, placeOfOffset } from './cxl-interleave'

const interleaves = fc.record({
  ways: fc.constantFrom(1, 2, 3, 4, 6, 8, 12, 16),
  granularityBytes: fc.constantFrom(256, 512, 1024, 2048, 4096, 8192, 16384),
})

describe('modulo decode', () => {
  it('gives M10 of DOMAIN §11.6: two ways of 4096 bytes', () => {
    const two = { ways: 2, granularityBytes: 4096 }
    expect(placeOfOffset(two, 0)).toEqual({ position: 0, dpaOffsetBytes: 0 })
    expect(placeOfOffset(two, 0x1000)).toEqual({ position: 1, dpaOffsetBytes: 0 })
    expect(placeOfOffset(two, 0x2000)).toEqual({ position: 0, dpaOffsetBytes: 0x1000 })
  })

  it('deals to three devices in turn', () => {
    const three = { ways: 3, granularityBytes: 256 }
    expect([0, 256, 512, 768, 1023].map((offset) => placeOfOffset(three, offset))).toEqual([
      { position: 0, dpaOffsetBytes: 0 },
      { position: 1, dpaOffsetBytes: 0 },
      { position: 2, dpaOffsetBytes: 0 },
      { position: 0, dpaOffsetBytes: 256 },
      { position: 0, dpaOffsetBytes: 511 },
    ])
  })

  it('is undone by its inverse, up to the end of physical memory', () => {
    fc.assert(
      fc.property(interleaves, fc.integer({ min: 0, max: 2 ** 52 - 1 }), (interleave, offset) => {
        const place = placeOfOffset(interleave, offset)
        expect(place.position).toBeLessThan(interleave.ways)
        expect(offsetOfPlace(interleave, place)).toBe(offset)
      }),
    )
  })

  it('covers each byte of each device once', () => {
    fc.assert(
      fc.property(interleaves, fc.integer({ min: 1, max: 4 }), (interleave, rows) => {
        const size = interleave.ways * interleave.granularityBytes * rows
        const seen = new Set<string>()
        for (let offset = 0; offset < size; offset += 128) {
          const { position, dpaOffsetBytes } = placeOfOffset(interleave, offset)
          expect(dpaOffsetBytes).toBeLessThan(interleave.granularityBytes * rows)
          seen.add(`${position} ${dpaOffsetBytes}`)
        }
        expect(seen.size).toBe(size / 128)
      }),
      { numRuns: 40 },
    )
  })

  it('agrees with the same arithmetic in big integers', () => {
    fc.assert(
      fc.property(
        interleaves,
        fc.bigInt({ min: 0n, max: 2n ** 52n - 1n }),
        (interleave, offset) => {
          const ways = BigInt(interleave.ways)
          const granule = BigInt(interleave.granularityBytes)
          const { position, dpaOffsetBytes } = placeOfOffset(interleave, Number(offset))
          expect(BigInt(position)).toBe((offset / granule) % ways)
          expect(BigInt(dpaOffsetBytes)).toBe(
            (offset / (granule * ways)) * granule + (offset % granule),
          )
        },
      ),
    )
  })
})

it('knows what no hardware does', () => {
  expect(interleaveMistake({ ways: 5, granularityBytes: 256 })).toMatch(/5 ways/)
  expect(interleaveMistake({ ways: 2, granularityBytes: 300 })).toMatch(/300 B/)
  expect(interleaveMistake({ ways: 2, granularityBytes: 128 })).toMatch(/128 B/)
  expect(interleaveMistake({ ways: 2, granularityBytes: 32768 })).toMatch(/32768 B/)
  expect(interleaveMistake({ ways: 12, granularityBytes: 16384 })).toBeUndefined()
  expect(() => placeOfOffset({ ways: 0, granularityBytes: 256 }, 1)).toThrow(RangeError)
})
