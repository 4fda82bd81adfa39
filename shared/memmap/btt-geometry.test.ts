import { expect, it } from 'vitest'
import { GIB, MIB, TIB } from '../model/units'
import { bttGeometry } from './btt-geometry'

// DOMAIN §11.5; B1 is published to the byte.
it.each([
  ['B1', 8 * GIB, 4096, '1.1', 8580472832],
  ['B2', TIB, 4096, '2.0', 1098436771840],
  ['B2', TIB, 4096, '1.1', 1098436767744],
  ['B3', TIB, 512, '2.0', 1090987962368],
  ['B4', 100 * GIB, 4096, '2.0', 107268345856],
  ['B5', 32 * MIB, 4096, '2.0', 32444416],
  ['B6', 512 * GIB + 8 * MIB, 4096, '2.0', 549218385920],
] as const)('%s: %i bytes, sector %i, BTT %s', (_id, raw, sector, version, usableBytes) => {
  expect(bttGeometry(raw, sector, { version })).toMatchObject({ kind: 'geometry', usableBytes })
})

it('B2, B6: arenas of 512 GiB, and a tail too short for one', () => {
  expect(bttGeometry(TIB, 4096, { version: '2.0' })).toMatchObject({
    arenaBlocks: [134086520, 134086520],
    unusedBytes: 0,
  })
  expect(bttGeometry(512 * GIB + 8 * MIB, 4096, { version: '2.0' })).toMatchObject({
    arenaBlocks: [134086520],
    unusedBytes: 8 * MIB,
  })
})

it('counts metadata beside a block but not as part of it', () => {
  const plain = bttGeometry(GIB, 4096, { version: '2.0' })
  const withMetadata = bttGeometry(GIB, 4160, { version: '2.0' })
  if (plain.kind === 'refused' || withMetadata.kind === 'refused') throw new Error('refused')
  expect(withMetadata.usableBytes % 4096).toBe(0)
  expect(withMetadata.usableBytes).toBeLessThan(plain.usableBytes)
})

it.each([
  ['B7', 16 * MIB, 4096, '1.1', 'no-room'],
  ['too small for any arena', 16 * MIB - 1, 4096, '2.0', 'no-room'],
  ['an unknown sector', GIB, 1024, '2.0', 'sector-not-supported'],
] as const)('%s: refused', (_id, raw, sector, version, rule) => {
  expect(bttGeometry(raw, sector, { version })).toMatchObject({ kind: 'refused', rule })
})
