import * as z from 'zod'
import { count, objectSchema, optional, text } from './schema-parts'

export const cxlMemdev = objectSchema({
  ramBytes: optional(count),
  pmemBytes: optional(count),
  serial: optional(text),
  numaNode: optional(count),
  firmwareVersion: optional(text),
  pciAddress: optional(text),
  endpointId: optional(text),
  state: optional(text),
})

export const cxlPort = objectSchema({
  portKind: z.enum(['root', 'host-bridge', 'switch', 'endpoint']),
  parentPortId: optional(text),
  parentDport: optional(text),
  uport: optional(text),
  dports: optional(
    z.array(z.strictObject({ device: text, dportId: optional(count), alias: optional(text) })),
  ),
  depth: optional(count),
  memdevId: optional(text),
})

export const cxlDecoder = objectSchema({
  decoderKind: z.enum(['root', 'switch', 'endpoint']),
  portId: optional(text),
  startAddress: optional(count),
  sizeBytes: optional(count),
  interleaveWays: optional(count),
  granularityBytes: optional(count),
  targets: optional(z.array(text)),
  mode: optional(text),
  dpaStart: optional(count),
  dpaBytes: optional(count),
  cxlRegionId: optional(text),
  capabilities: optional(z.array(text)),
  isLocked: optional(z.boolean()),
  qosClass: optional(count),
})

export const cxlRegion = objectSchema({
  regionName: text,
  regionType: optional(z.enum(['ram', 'pmem'])),
  sizeBytes: optional(count),
  startAddress: optional(count),
  interleaveWays: optional(count),
  granularityBytes: optional(count),
  state: optional(text),
  uuid: optional(text),
  rootDecoderId: optional(text),
  targets: optional(
    z.array(
      z.strictObject({ position: count, decoderId: optional(text), memdevId: optional(text) }),
    ),
  ),
  extendedLinearCacheBytes: optional(count),
})

export const cxlWindow = objectSchema({
  windowIndex: count,
  startAddress: optional(count),
  sizeBytes: optional(count),
  interleaveWays: optional(count),
  granularityBytes: optional(count),
  interleaveArithmetic: optional(z.enum(['modulo', 'xor'])),
  targetUids: optional(z.array(count)),
  restrictions: optional(z.array(text)),
  qosClass: optional(count),
  rootDecoderId: optional(text),
})
