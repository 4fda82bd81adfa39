import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GIB, MIB } from '../model/units'
import { inferNamespace, inferRawBytes } from './infer-namespace'
import { namespaceGeometry } from './namespace-geometry'

const PART = { map: 'dev', alignBytes: 2 * MIB, basePageBytes: 4096 } as const

describe('inferNamespace', () => {
  it.each([
    ['pfn0.0', 0x3246200000, 107808292864, 0x31e0000000, 102 * GIB],
    ['dax1.1', 0x12b04200000, 545391640576, 0x12900000000, 516 * GIB],
  ])(
    'finds %s of a real machine (hwloc 32em64t-2n8c+dax)',
    (_, dataStartAddress, usableBytes, startAddress, rawBytes) => {
      expect(inferNamespace({ ...PART, dataStartAddress, usableBytes })).toEqual({
        startAddress,
        rawBytes,
      })
    },
  )

  it('finds every namespace of whole gibibytes again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('mem' as const, 'dev' as const),
        fc.constantFrom(4096, 2 * MIB, GIB),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 4, max: 4096 }),
        (map, alignBytes, start, size) => {
          const whole = { startAddress: start * 4 * GIB, rawBytes: size * GIB }
          const layout = { ...PART, ...whole, map, alignBytes }
          const geometry = namespaceGeometry(layout)
          if (geometry.kind !== 'geometry') throw new Error('refused')
          const inferred = inferNamespace({
            ...layout,
            dataStartAddress: whole.startAddress + geometry.dataOffsetBytes,
            usableBytes: geometry.usableBytes,
          })
          expect(inferred?.startAddress).toBe(whole.startAddress)
          expect(inferred?.rawBytes).toBe(whole.rawBytes - geometry.endTruncBytes)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('finds none where the kernel would not put the data there', () => {
    expect(
      inferNamespace({ ...PART, dataStartAddress: 4 * GIB + 4096, usableBytes: GIB }),
    ).toBeUndefined()
    expect(inferNamespace({ ...PART, dataStartAddress: 0, usableBytes: GIB })).toBeUndefined()
    expect(
      inferNamespace({ ...PART, alignBytes: 3000000, dataStartAddress: GIB, usableBytes: GIB }),
    ).toBeUndefined()
  })
})

describe('inferRawBytes', () => {
  // Usable and raw sizes of DOMAIN §11.4 and of the real machine of §13.12.
  it.each([
    ['F1', 8587837440, 'mem', 2 * MIB, 8 * GIB],
    ['F2', 8453619712, 'dev', 2 * MIB, 8 * GIB],
    ['F9', 1082329661440, 'dev', 2 * MIB, 1024 * GIB],
    ['F11', 1081258016768, 'dev', GIB, 1024 * GIB],
    ['four Optane modules', 532708065280, 'dev', 2 * MIB, 541165879296],
  ] as const)('%s', (_, usableBytes, map, alignBytes, rawBytes) => {
    expect(inferRawBytes({ usableBytes, map, alignBytes, basePageBytes: 4096 })).toBe(rawBytes)
  })

  it('finds none for a size that the kernel does not give', () => {
    const odd = { usableBytes: GIB + 4096, map: 'dev', alignBytes: 2 * MIB } as const
    expect(inferRawBytes({ ...odd, basePageBytes: 4096 })).toBeUndefined()
  })
})
