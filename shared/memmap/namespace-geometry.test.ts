import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatNdctlSize } from '../model/ndctl-size'
import { GIB, KIB, MIB, TIB } from '../model/units'
import { namespaceGeometry, type NamespaceLayout } from './namespace-geometry'

function layout(rawBytes: number, map: 'mem' | 'dev', more: Partial<NamespaceLayout> = {}) {
  return namespaceGeometry({
    startAddress: 4 * GIB,
    rawBytes,
    map,
    alignBytes: 2 * MIB,
    basePageBytes: 4 * KIB,
    ...more,
  })
}

// Published sizes and derived ones (DOMAIN §11.4). F8 has no info block and is no business of this file.
it.each<[string, ReturnType<typeof layout>, number]>([
  ['F1', layout(8 * GIB, 'mem'), 8587837440],
  ['F2', layout(8 * GIB, 'dev'), 8453619712],
  ['F6', layout(2 * GIB, 'dev'), 2111832064],
  ['F7', layout(4 * GIB, 'dev'), 4225761280],
  ['F10', layout(TIB, 'mem'), 1099509530624],
  ['F11', layout(TIB, 'dev', { alignBytes: GIB }), 1081258016768],
  ['F12', layout(TIB, 'mem', { alignBytes: GIB }), 1098437885952],
  ['F13', layout(TIB, 'dev', { alignBytes: 4 * KIB }), 1082329661440],
  ['F14', layout(100 * GIB, 'dev'), 105694363648],
  ['F16', layout(32 * MIB, 'dev'), 31457280],
  ['F18', layout(6 * GIB, 'dev', { startAddress: 4 * GIB + 16 * MIB }), 6339690496],
  ['F20', layout(TIB, 'dev', { alignBytes: 512 * MIB, basePageBytes: 64 * KIB }), 1097901015040],
])('%s: usable bytes', (_id, geometry, usableBytes) => {
  expect(geometry).toMatchObject({ kind: 'geometry', usableBytes })
})

it.each<[string, ReturnType<typeof layout>, string]>([
  ['F3', layout(756 * GIB, 'dev'), '744.19 GiB (799.06 GB)'],
  ['F4', layout(1512 * GIB, 'dev'), '1488.37 GiB (1598.13 GB)'],
  ['F5', layout(64 * MIB, 'mem'), '62.00 MiB (65.01 MB)'],
])('%s: usable as ndctl prints it', (_id, geometry, text) => {
  expect(geometry.kind === 'geometry' && formatNdctlSize(geometry.usableBytes)).toBe(text)
})

it('F9: all parts of 1 TiB with map=dev', () => {
  expect(layout(TIB, 'dev')).toEqual({
    kind: 'geometry',
    dataOffsetBytes: 17181966336,
    endTruncBytes: 0,
    usableBytes: 1082329661440,
    pageCount: 264240640,
  })
})

it('F15, F17: an end and a start off the alignment', () => {
  expect(layout(100 * GIB + 2 * MIB, 'dev', { alignBytes: GIB })).toMatchObject({
    endTruncBytes: 2097152,
    usableBytes: 105226698752,
  })
  expect(layout(6 * GIB, 'dev', { alignBytes: GIB, startAddress: 0x20000000 })).toMatchObject({
    dataOffsetBytes: 512 * MIB,
    endTruncBytes: 512 * MIB,
    usableBytes: 5368709120,
  })
})

it.each<[string, ReturnType<typeof layout>, string]>([
  ['F19', layout(GIB, 'mem', { alignBytes: GIB }), 'no-room'],
  ['a start between 2 MiB borders', layout(GIB, 'mem', { startAddress: MIB }), 'start-not-aligned'],
  [
    'ppc64 aligns to 16 MiB',
    layout(GIB, 'mem', { startAddress: 2 * MIB, compatAlignBytes: 16 * MIB }),
    'start-not-aligned',
  ],
  ['a header only', layout(8192, 'mem'), 'no-room'],
  ['an odd align', layout(GIB, 'mem', { alignBytes: 3 * MIB }), 'align-not-supported'],
  ['KMSAN', layout(GIB, 'dev', { structPageBytes: 80 }), 'struct-page-too-large'],
])('%s: refused', (_id, geometry, rule) => {
  expect(geometry).toMatchObject({ kind: 'refused', rule })
})

it('has parts that add up and are aligned, up to the largest exact sizes', () => {
  const aligns = fc.constantFrom(4 * KIB, 2 * MIB, GIB)
  const megabytes = fc.integer({ min: 1, max: 2 ** 31 - 1 })
  fc.assert(
    fc.property(megabytes, megabytes, aligns, (startUnits, rawUnits, alignBytes) => {
      const startAddress = startUnits * 2 * MIB
      const rawBytes = rawUnits * 2 * MIB
      const geometry = layout(rawBytes, 'dev', { startAddress, alignBytes })
      if (geometry.kind === 'refused') return
      const { dataOffsetBytes, usableBytes, endTruncBytes } = geometry
      expect(dataOffsetBytes + usableBytes + endTruncBytes).toBe(rawBytes)
      expect((startAddress + dataOffsetBytes) % alignBytes).toBe(0)
      expect(usableBytes % alignBytes).toBe(0)
      expect(dataOffsetBytes).toBeGreaterThanOrEqual(8192 + (rawBytes / 4096 - 2) * 64)
    }),
  )
})
