import * as z from 'zod'
import { parseIdList } from '../../model/id-list'
import { cxl, MAX_NODES, namespaces } from './schema-cxl'
import {
  address,
  flag,
  idList,
  listOf,
  oneOf,
  problem,
  quote,
  record,
  size,
  text,
  whole,
} from './values'

/** The only version of the format so far. */
export const SPEC_VERSION = 1
const MAX_SOCKETS = 64
/** Linux itself ends at 8192 CPUs (CONFIG_NR_CPUS of x86-64). */
const MAX_CPUS = 8192

const optional = <T extends z.ZodType>(schema: T) => z.exactOptional(schema)

const version = z
  .string()
  .meta({ type: undefined, enum: [1, '1'] })
  .transform((value, context) => {
    if (value === String(SPEC_VERSION)) return SPEC_VERSION
    context.issues.push({
      code: 'custom',
      message: problem(
        `version ${quote(value)} of the specification is not known`,
        `write folioscope-spec: ${SPEC_VERSION}`,
      ),
      input: value,
    })
    return z.NEVER
  })

/** A number counts CPUs, anything else lists them. */
const socketCpus = z
  .string()
  .meta({ type: ['string', 'integer'] })
  .transform((value, context) => {
    if (/^\d+$/.test(value)) {
      const count = Number(value)
      if (count >= 1 && count <= MAX_CPUS) return { count }
    } else {
      const ids = parseIdList(value)
      if (ids !== undefined && ids.length > 0 && (ids.at(-1) ?? 0) < MAX_CPUS * MAX_SOCKETS)
        return { ids }
    }
    context.issues.push({
      code: 'custom',
      message: problem(
        `${quote(value)} is neither a number of CPUs nor a list of them`,
        `write a number from 1 to ${MAX_CPUS}, or a list such as 0-15,32-47`,
      ),
      input: value,
    })
    return z.NEVER
  })

const kernelRelease = text.refine((release) => /^\d{1,3}\.\d{1,3}/.test(release), {
  error: problem('a kernel release begins with two numbers', 'write it like 6.12 or 6.12.95-amd64'),
})

const machine = record({
  hostname: optional(text),
  product: optional(text),
  kernel: optional(kernelRelease),
  arch: optional(oneOf('x86_64', 'aarch64', 'riscv64', 's390x', 'ppc64le', 'loongarch64')),
  pageSize: optional(size),
  structPageSize: optional(size),
  memoryBlockSize: optional(size),
  /** x86: RAM below 4 GiB; the rest up to 4 GiB belongs to devices. */
  lowMemory: optional(size),
  hypervisor: optional(flag),
  memmapOnMemory: optional(oneOf('N', 'Y', 'force')),
  hvo: optional(flag),
})

const dimms = record({
  slots: text,
  empty: optional(flag),
  size: optional(size),
  type: optional(text),
  technology: optional(text),
  speed: optional(whole(1, 100_000)),
  rank: optional(whole(1, 16)),
  manufacturer: optional(text),
  partNumber: optional(text),
})

const socket = record({
  count: optional(whole(1, MAX_SOCKETS)),
  cpus: optional(socketCpus),
  dimms: optional(listOf(dimms, 64)),
})

/** HMAT access class: the best initiators of a node and what they measure. */
const access = record({
  class: optional(whole(0, 1)),
  initiators: optional(listOf(whole(0, MAX_NODES - 1), MAX_NODES)),
  readBandwidth: optional(whole(1, 2 ** 31 - 1)),
  writeBandwidth: optional(whole(1, 2 ** 31 - 1)),
  readLatency: optional(whole(1, 2 ** 31 - 1)),
  writeLatency: optional(whole(1, 2 ** 31 - 1)),
})

const node = record({
  socket: optional(whole(0, MAX_SOCKETS - 1)),
  cpus: optional(idList),
  memory: optional(size),
  ranges: optional(listOf(record({ start: address, size }), 64)),
  hugepages: optional(
    listOf(
      record({ size, count: whole(0, 2 ** 31 - 1), free: optional(whole(0, 2 ** 31 - 1)) }),
      8,
    ),
  ),
  kind: optional(oneOf('dram', 'hbm', 'pmem', 'cxl', 'gpu')),
  caches: optional(listOf(record({ size, level: optional(whole(1, 8)), line: optional(size) }), 8)),
  access: optional(listOf(access, 4)),
  tier: optional(whole(0, 1_000_000)),
  interleaveWeight: optional(whole(1, 255)),
  movable: optional(size),
  offline: optional(size),
})

const pmem = record({
  dimms: listOf(text, 64),
  size: optional(size),
  start: optional(address),
  node: optional(whole(0, MAX_NODES - 1)),
  targetNode: optional(whole(0, MAX_NODES - 1)),
  namespaces: optional(namespaces),
})

const dax = record({
  kind: oneOf('hmem', 'cxl'),
  mode: oneOf('devdax', 'system-ram'),
  size,
  start: optional(address),
  align: optional(size),
  node: optional(whole(0, MAX_NODES - 1)),
  targetNode: optional(whole(0, MAX_NODES - 1)),
  memmapOnMemory: optional(flag),
  movable: optional(size),
  offline: optional(size),
})

const pciAddress = text.refine(
  (value) => /^[\da-f]{4}:[\da-f]{2}:[0-1][\da-f]\.[0-7]$/.test(value),
  {
    error: problem('this is not a PCI address', 'write it like 0000:3b:00.0'),
  },
)

const p2p = record({
  pci: pciAddress,
  size,
  available: optional(size),
  published: optional(flag),
  node: optional(whole(0, MAX_NODES - 1)),
  name: optional(text),
})

/** A specification as written; nothing is filled in. Documented for its users in docs/specification.md. */
export const specSchema = record({
  'folioscope-spec': version,
  /** For editors; nobody here reads it. */
  $schema: optional(text),
  machine: optional(machine),
  sockets: optional(listOf(socket, MAX_SOCKETS)),
  nodes: listOf(node, MAX_NODES).min(1, {
    error: problem('there are no nodes', 'give at least one node with its memory'),
  }),
  distances: optional(listOf(listOf(whole(10, 255), MAX_NODES), MAX_NODES)),
  pmem: optional(listOf(pmem, 64)),
  cxl: optional(cxl),
  dax: optional(listOf(dax, 64)),
  p2p: optional(listOf(p2p, 64)),
})

export type Spec = z.output<typeof specSchema>
export type SpecMachine = z.output<typeof machine>
export type SpecSocket = z.output<typeof socket>
export type SpecDimms = z.output<typeof dimms>
export type SpecNode = z.output<typeof node>
export type SpecPmem = z.output<typeof pmem>
export type SpecDax = z.output<typeof dax>
export type SpecAccess = z.output<typeof access>
export type SpecP2p = z.output<typeof p2p>
