import type { CxlDecoder, CxlRegion, CxlRegionTarget } from './cxl'
import {
  interleaveMistake,
  offsetOfPlace,
  placeOfOffset,
  type CxlInterleave,
} from './cxl-interleave'
import type { ObjectId } from './model-object'
import type { Topology } from './topology'
import { MIB, type PhysicalAddress } from './units'

/** What both directions of the arithmetic need of a model. */
export type CxlObjects = Pick<Topology, 'cxlRegions' | 'cxlDecoders' | 'cxlWindows'>

export interface CxlDeviceAddress {
  readonly kind: 'decoded'
  readonly regionId: ObjectId
  readonly position: number
  readonly memdevId?: ObjectId
  readonly decoderId?: ObjectId
  /** Address inside the device; absent when its decoder's start is not known. */
  readonly dpa?: number
  /** True where only the CEDT could tell that the host bridges are chosen by modulo, and it is not in the input. */
  readonly isModuloAssumed: boolean
}

export interface CxlHostAddress {
  readonly kind: 'decoded'
  readonly regionId: ObjectId
  readonly address: PhysicalAddress
  readonly isModuloAssumed: boolean
}

export interface NotDecodable {
  readonly kind: 'not-decodable'
  readonly reason: string
}

/**
 * Which device, and which address in it, holds a byte of physical memory. Undefined when it is in no CXL region;
 * "not decodable" where the arithmetic is not plain modulo, rather than a guess (DOMAIN §8).
 */
export function deviceAddressOf(
  address: PhysicalAddress,
  objects: CxlObjects,
): CxlDeviceAddress | NotDecodable | undefined {
  const region = objects.cxlRegions.find(
    ({ startAddress: start, sizeBytes: size }) =>
      start !== undefined && size !== undefined && address >= start && address < start + size,
  )
  if (region?.startAddress === undefined) return undefined
  const decode = decodeOf(region, objects)
  if (decode.kind === 'not-decodable') return decode
  const { position, dpaOffsetBytes } = placeOfOffset(
    decode.interleave,
    address - region.startAddress,
  )
  const target = targetAt(region, position)
  const decoder = objects.cxlDecoders.find(({ id }) => id === target?.decoderId)
  return {
    kind: 'decoded',
    regionId: region.id,
    position,
    isModuloAssumed: decode.isModuloAssumed,
    ...(target?.memdevId !== undefined && { memdevId: target.memdevId }),
    ...(target?.decoderId !== undefined && { decoderId: target.decoderId }),
    ...(decoder?.dpaStart !== undefined && { dpa: decoder.dpaStart + dpaOffsetBytes }),
  }
}

/** The physical address of a byte of a device; undefined when no region maps it, "not decodable" as above. */
export function hostAddressOf(
  memdevId: ObjectId,
  dpa: number,
  objects: CxlObjects,
): CxlHostAddress | NotDecodable | undefined {
  const decoders = new Map(objects.cxlDecoders.map((decoder) => [decoder.id, decoder]))
  for (const region of objects.cxlRegions) {
    for (const target of region.targets ?? []) {
      const dpaOffsetBytes =
        target.memdevId === memdevId
          ? offsetIn(decoders.get(target.decoderId ?? ''), dpa)
          : undefined
      if (dpaOffsetBytes === undefined || region.startAddress === undefined) continue
      const decode = decodeOf(region, objects)
      if (decode.kind === 'not-decodable') return decode
      const place = { position: target.position, dpaOffsetBytes }
      return {
        kind: 'decoded',
        regionId: region.id,
        address: region.startAddress + offsetOfPlace(decode.interleave, place),
        isModuloAssumed: decode.isModuloAssumed,
      }
    }
  }
  return undefined
}

function offsetIn(decoder: CxlDecoder | undefined, dpa: number): number | undefined {
  if (decoder?.dpaStart === undefined || decoder.dpaBytes === undefined) return undefined
  const offset = dpa - decoder.dpaStart
  return offset >= 0 && offset < decoder.dpaBytes ? offset : undefined
}

function targetAt(region: CxlRegion, position: number): CxlRegionTarget | undefined {
  return region.targets?.find((target) => target.position === position)
}

interface Decode {
  readonly kind: 'decode'
  readonly interleave: CxlInterleave
  readonly isModuloAssumed: boolean
}

function decodeOf(region: CxlRegion, objects: CxlObjects): Decode | NotDecodable {
  const { interleaveWays: ways, granularityBytes } = region
  if (ways === undefined || granularityBytes === undefined) {
    return notDecodable('its ways or its granularity are not known')
  }
  const interleave = { ways, granularityBytes }
  const mistake = interleaveMistake(interleave)
  if (mistake !== undefined) return notDecodable(`it says ${mistake}`)
  if ((region.extendedLinearCacheBytes ?? 0) > 0) {
    return notDecodable('part of it is a cache in DRAM (extended linear cache)')
  }
  const byId = new Map(objects.cxlDecoders.map((decoder) => [decoder.id, decoder]))
  const isNormalised = region.targets?.some(({ decoderId }) => {
    const start = byId.get(decoderId ?? '')?.startAddress
    return start !== undefined && start !== region.startAddress
  })
  if (isNormalised === true) {
    return notDecodable('its devices decode other addresses than the host’s (normalised addresses)')
  }
  const root = byId.get(region.rootDecoderId ?? '')
  const window = objects.cxlWindows.find(
    ({ rootDecoderId }) => rootDecoderId !== undefined && rootDecoderId === root?.id,
  )
  const rootWays = root?.interleaveWays ?? window?.interleaveWays ?? 1
  // One host bridge leaves nothing to choose, whatever the arithmetic.
  if (rootWays > 1 && window?.interleaveArithmetic === 'xor') {
    return notDecodable('its window chooses host bridges by XOR (CXIMS)')
  }
  if (rootWays % 3 === 0 && (region.startAddress ?? 0) % (rootWays * 256 * MIB) !== 0) {
    return notDecodable(`it starts at no multiple of ${rootWays} × 256 MiB (unaligned modulo 3)`)
  }
  return {
    kind: 'decode',
    interleave,
    isModuloAssumed: rootWays > 1 && window?.interleaveArithmetic === undefined,
  }
}

function notDecodable(reason: string): NotDecodable {
  return { kind: 'not-decodable', reason: `not decodable: ${reason}` }
}
