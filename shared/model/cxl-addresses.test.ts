import { describe, expect, it } from 'vitest'
import type { CxlDecoder, CxlRegion, CxlWindow } from './cxl'
import { deviceAddressOf, hostAddressOf, type CxlObjects } from './cxl-addresses'

const sources = {}
const GIB = 2 ** 30
const START = 13 * GIB

const region: CxlRegion = {
  id: 'cxl:region0',
  sources,
  regionName: 'region0',
  startAddress: START,
  sizeBytes: 2 * GIB,
  interleaveWays: 2,
  granularityBytes: 4096,
  rootDecoderId: 'decoder0.0',
  targets: [
    { position: 1, decoderId: 'decoder2.0', memdevId: 'mem1' },
    { position: 0, decoderId: 'decoder3.1', memdevId: 'mem0' },
  ],
}
const root: CxlDecoder = { id: 'decoder0.0', sources, decoderKind: 'root', interleaveWays: 1 }
const endpoint = (id: string, dpaStart: number): CxlDecoder => ({
  id,
  sources,
  decoderKind: 'endpoint',
  startAddress: START,
  dpaStart,
  dpaBytes: GIB,
})
const window: CxlWindow = {
  id: 'cxl-window0',
  sources,
  windowIndex: 0,
  rootDecoderId: 'decoder0.0',
}
const objects: CxlObjects = {
  cxlRegions: [region],
  cxlDecoders: [root, endpoint('decoder2.0', 0), endpoint('decoder3.1', 0x40000000)],
  cxlWindows: [window],
}
const withRegion = (fields: Partial<CxlRegion>): CxlObjects => ({
  ...objects,
  cxlRegions: [{ ...region, ...fields }],
})
const withRoot = (ways: number, fields: Partial<CxlWindow> = {}): CxlObjects => ({
  ...objects,
  cxlDecoders: objects.cxlDecoders.map((decoder) =>
    decoder === root ? { ...root, interleaveWays: ways } : decoder,
  ),
  cxlWindows: [{ ...window, ...fields }],
})
const reasonOf = (given: CxlObjects) => {
  const found = deviceAddressOf(START, given)
  return found?.kind === 'not-decodable' ? found.reason : found?.kind
}

describe('an address in a region', () => {
  it('leads to a device by position, and to the address in it by its decoder', () => {
    expect(deviceAddressOf(START + 0x2010, objects)).toEqual({
      kind: 'decoded',
      regionId: 'cxl:region0',
      position: 0,
      memdevId: 'mem0',
      decoderId: 'decoder3.1',
      dpa: 0x40001010,
      isModuloAssumed: false,
    })
    expect(deviceAddressOf(START + 0x1000, objects)).toMatchObject({ memdevId: 'mem1', dpa: 0 })
  })

  it('comes back from the device', () => {
    for (const offset of [0, 0xfff, 0x1000, 0x12345678, 2 * GIB - 1]) {
      const found = deviceAddressOf(START + offset, objects)
      if (found?.kind !== 'decoded') throw new Error('not decoded')
      expect(hostAddressOf(found.memdevId ?? '', found.dpa ?? -1, objects)).toMatchObject({
        address: START + offset,
      })
    }
  })

  it('is not one outside the region, nor is a part of a device that no region maps', () => {
    expect(deviceAddressOf(START - 1, objects)).toBeUndefined()
    expect(deviceAddressOf(START + 2 * GIB, objects)).toBeUndefined()
    expect(hostAddressOf('mem0', 0, objects)).toBeUndefined()
    expect(hostAddressOf('mem9', 0x40000000, objects)).toBeUndefined()
  })
})

describe('what is not decoded', () => {
  it.each([
    ['unknown settings', withRegion({ interleaveWays: undefined as never }), /not known/],
    ['five ways', withRegion({ interleaveWays: 5 }), /5 ways/],
    ['a cache in DRAM', withRegion({ extendedLinearCacheBytes: GIB }), /extended linear cache/],
    ['XOR', withRoot(2, { interleaveArithmetic: 'xor' }), /XOR/],
    ['a start that is no multiple of three', withRoot(3), /unaligned modulo 3/],
    ['normalised addresses', withRegion({ startAddress: START - 4096 }), /normalised/],
  ])('%s', (_, given, reason) => {
    expect(reasonOf(given)).toMatch(reason)
    expect(hostAddressOf('mem0', 0x40000000, given)).toMatchObject({ kind: 'not-decodable' })
  })

  it('says where modulo is only assumed', () => {
    expect(deviceAddressOf(START, withRoot(2))).toMatchObject({ isModuloAssumed: true })
    expect(deviceAddressOf(START, withRoot(2, { interleaveArithmetic: 'modulo' }))).toMatchObject({
      isModuloAssumed: false,
    })
    // One host bridge leaves nothing to choose by XOR.
    expect(reasonOf(withRoot(1, { interleaveArithmetic: 'xor' }))).toBe('decoded')
  })
})
