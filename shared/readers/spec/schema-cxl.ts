import * as z from 'zod'
import { address, flag, listOf, oneOf, record, scalar, size, text, whole } from './values'

const optional = <T extends z.ZodType>(schema: T) => z.exactOptional(schema)

export const MAX_NODES = 256
const MAX_NAMESPACES = 256
/** The PCI buses of one segment would hold no more. */
export const MAX_MEMDEVS = 128

const nodeId = optional(whole(0, MAX_NODES - 1))

export const namespace = record({
  name: optional(text),
  size: optional(size),
  start: optional(address),
  mode: oneOf('raw', 'sector', 'fsdax', 'devdax'),
  map: optional(oneOf('mem', 'dev')),
  align: optional(size),
  sector: optional(size),
  btt: optional(oneOf('1.1', '2.0')),
  systemRam: optional(flag),
  memmapOnMemory: optional(flag),
})

export const namespaces = listOf(namespace, MAX_NAMESPACES)

/** 64 bits, so it stays a text. */
const serial = scalar(
  (value) => /^0x[\da-f]{1,16}$/i.exec(value)?.[0].toLowerCase(),
  () => ['this is not a serial number', 'write 64 bits in hexadecimal, such as 0xc0ffee01'],
)

const memdev = record({
  count: optional(whole(1, 32)),
  ram: optional(size),
  pmem: optional(size),
  node: nodeId,
  serial: optional(serial),
  firmware: optional(text),
})

const memdevs = optional(listOf(memdev, 32))

const hostBridge = record({
  uid: optional(whole(0, 65_535)),
  node: nodeId,
  memdevs,
  switches: optional(listOf(record({ memdevs }), 8)),
})

const window = record({
  hostBridges: optional(listOf(whole(0, 15), 16)),
  size,
  start: optional(address),
  granularity: optional(size),
  arithmetic: optional(oneOf('modulo', 'xor')),
  types: optional(listOf(oneOf('ram', 'pmem'), 2)),
  qosClass: optional(whole(0, 65_535)),
})

const region = record({
  memdevs: listOf(whole(0, MAX_MEMDEVS - 1), 16),
  window: optional(whole(0, 15)),
  type: optional(oneOf('ram', 'pmem')),
  size: optional(size),
  granularity: optional(size),
  mode: optional(oneOf('devdax', 'system-ram')),
  align: optional(size),
  node: nodeId,
  targetNode: nodeId,
  memmapOnMemory: optional(flag),
  movable: optional(size),
  offline: optional(size),
  namespaces: optional(namespaces),
})

/** CXL as written: what hangs below the host bridges, the platform's windows, and the regions in them. */
export const cxl = record({
  hostBridges: listOf(hostBridge, 16),
  windows: optional(listOf(window, 16)),
  regions: optional(listOf(region, 64)),
})

export type SpecNamespace = z.output<typeof namespace>
export type SpecCxl = z.output<typeof cxl>
export type SpecCxlMemdev = z.output<typeof memdev>
export type SpecCxlWindow = z.output<typeof window>
export type SpecCxlRegion = z.output<typeof region>
