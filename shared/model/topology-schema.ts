import * as z from 'zod'
import { cxlDecoder, cxlMemdev, cxlPort, cxlRegion, cxlWindow } from './cxl-schema'
import { dimm, memoryArray, nvdimm } from './memory-modules-schema'
import { count, objectSchema, optional, range, signed, text } from './schema-parts'
import { TOPOLOGY_SCHEMA, type Topology } from './topology'

/**
 * The one schema of the model. `loadTopology` checks every topology against it, so that nothing downstream meets a
 * NaN, a negative size or an unknown field. A failure is a fault of a reader, never of the input.
 */
const hugepagePool = z.strictObject({
  sizeBytes: count,
  total: count,
  free: optional(count),
  surplus: optional(count),
})

const machine = objectSchema({
  hostname: optional(text),
  product: optional(text),
  kernelRelease: optional(text),
  arch: optional(text),
  commandLine: optional(text),
  basePageBytes: optional(z.int().positive()),
  structPageBytes: optional(z.int().positive()),
  structPageSource: optional(z.enum(['btf', 'vmcoreinfo', 'default'])),
  cpuCount: optional(count),
  memoryBytes: optional(count),
  memoryBlockBytes: optional(count),
  memmapOnMemory: optional(z.enum(['N', 'Y', 'force'])),
  hugetlbOptimizeVmemmap: optional(z.boolean()),
  hugetlbFreeableBytes: optional(z.record(z.string(), count)),
  hugetlbSections: optional(z.array(z.strictObject({ startPfn: count, hugetlbPages: count }))),
  vmemmapBase: optional(text),
  hugepagePools: optional(z.array(hugepagePool)),
  hugepageSizes: optional(z.array(count)),
  transparentHugepages: optional(
    z.array(
      z.strictObject({
        sizeBytes: count,
        enabled: optional(text),
        shmemEnabled: optional(text),
        counters: optional(z.record(z.string(), signed)),
      }),
    ),
  ),
})

const cpuPackage = objectSchema({
  packageId: count,
  cpuIds: z.array(count),
  nodeIds: optional(z.array(count)),
})

const node = objectSchema({
  nodeId: count,
  cpuList: optional(z.string()),
  memoryBytes: optional(count),
  freeBytes: optional(count),
  distances: optional(z.record(z.string(), count)),
  hugepagePools: optional(z.array(hugepagePool)),
  memorySideCaches: optional(
    z.array(z.strictObject({ level: count, sizeBytes: count, lineBytes: optional(count) })),
  ),
  accessClasses: optional(
    z.array(
      z.strictObject({
        accessClass: count,
        initiatorNodeIds: z.array(count),
        readBandwidthMBs: optional(count),
        writeBandwidthMBs: optional(count),
        readLatencyNs: optional(count),
        writeLatencyNs: optional(count),
      }),
    ),
  ),
  memoryTier: optional(count),
  memoryKinds: optional(z.array(z.enum(['dram', 'pmem', 'cxl', 'hbm', 'gpu']))),
  proximityDomain: optional(count),
  interleaveWeight: optional(count),
  memoryAttributes: optional(
    z.array(z.strictObject({ name: text, value: count, initiator: optional(text) })),
  ),
  hiddenByHwloc: optional(text),
})

const region = objectSchema({
  busId: optional(text),
  provider: optional(text),
  regionType: optional(z.enum(['pmem', 'volatile', 'blk'])),
  sizeBytes: optional(count),
  availableBytes: optional(count),
  alignBytes: optional(count),
  startAddress: optional(count),
  mappings: optional(
    z.array(z.strictObject({ nvdimmId: text, dpaStart: count, sizeBytes: count, position: count })),
  ),
  interleaveSetCookie: optional(text),
  persistenceDomain: optional(text),
  state: optional(text),
  health: optional(text),
  badBlockCount: optional(count),
  maximumExtentBytes: optional(count),
  numaNode: optional(count),
  targetNode: optional(count),
  packageId: optional(count),
  cxlRegionId: optional(text),
})

const namespace = objectSchema({
  regionId: optional(text),
  mode: optional(z.enum(['raw', 'sector', 'fsdax', 'devdax'])),
  map: optional(z.enum(['mem', 'dev', 'none'])),
  name: optional(text),
  uuid: optional(text),
  rawUuid: optional(text),
  rawBytes: optional(count),
  usableBytes: optional(count),
  alignBytes: optional(count),
  sectorBytes: optional(count),
  device: optional(text),
  state: optional(z.enum(['active', 'disabled'])),
  startAddress: optional(count),
  dataStartAddress: optional(count),
  numaNode: optional(count),
  targetNode: optional(count),
  claim: optional(text),
  badBlockCount: optional(count),
})

const daxDevice = objectSchema({
  mode: optional(z.enum(['devdax', 'system-ram', 'fsdev', 'disabled'])),
  sizeBytes: optional(count),
  alignBytes: optional(count),
  numaNode: optional(count),
  targetNode: optional(count),
  origin: optional(z.enum(['pmem', 'hmem', 'cxl'])),
  startAddress: optional(count),
  ranges: optional(z.array(range)),
  memmapOnMemory: optional(z.boolean()),
  namespaceId: optional(text),
  cxlRegionId: optional(text),
  onlineBlocks: optional(count),
  totalBlocks: optional(count),
  isMovable: optional(z.boolean()),
  hiddenByHwloc: optional(text),
})

const p2pProvider = objectSchema({
  pciAddress: text,
  sizeBytes: optional(count),
  availableBytes: optional(count),
  isPublished: optional(z.boolean()),
  numaNode: optional(count),
  name: optional(text),
})

const firmwareRange = objectSchema({
  table: z.enum(['SRAT', 'NFIT']),
  startAddress: count,
  sizeBytes: count,
  proximityDomain: optional(count),
  isHotpluggable: optional(z.boolean()),
  isNonVolatile: optional(z.boolean()),
  purpose: optional(text),
})

const distanceMatrix = objectSchema({
  name: text,
  measures: optional(z.enum(['latency', 'bandwidth', 'hops'])),
  members: z.array(text),
  columns: optional(z.array(text)),
  values: z.array(count),
})

const diagnostic = z.strictObject({
  severity: z.enum(['error', 'warning', 'info']),
  code: text,
  where: text,
  message: text,
})

const objectListName = z.enum([
  'packages',
  'nodes',
  'dimms',
  'nvdimms',
  'regions',
  'namespaces',
  'daxDevices',
  'memoryBlocks',
  'memoryTiers',
  'memoryArrays',
  'cxlMemdevs',
  'cxlPorts',
  'cxlDecoders',
  'cxlRegions',
  'cxlWindows',
  'p2pProviders',
  'firmwareRanges',
  'distanceMatrices',
])

export const topologySchema = z.strictObject({
  schema: z.literal(TOPOLOGY_SCHEMA),
  input: z.strictObject({
    name: text,
    kind: z.enum(['folioscope', 'sysfs', 'hwloc-xml', 'sosreport', 'tool-output', 'spec', 'live']),
  }),
  machine,
  packages: z.array(cpuPackage),
  nodes: z.array(node),
  memoryArrays: z.array(memoryArray),
  dimms: z.array(dimm),
  nvdimms: z.array(nvdimm),
  regions: z.array(region),
  namespaces: z.array(namespace),
  daxDevices: z.array(daxDevice),
  memoryBlocks: z.array(
    objectSchema({
      blockIndex: count,
      state: optional(text),
      nodeIds: optional(z.array(count)),
      validZones: optional(text),
    }),
  ),
  memoryTiers: z.array(objectSchema({ tier: count, nodeIds: z.array(count) })),
  cxlMemdevs: z.array(cxlMemdev),
  cxlPorts: z.array(cxlPort),
  cxlDecoders: z.array(cxlDecoder),
  cxlRegions: z.array(cxlRegion),
  cxlWindows: z.array(cxlWindow),
  p2pProviders: z.array(p2pProvider),
  firmwareRanges: z.array(firmwareRange),
  distanceMatrices: z.array(distanceMatrix),
  iomem: z.array(z.strictObject({ name: z.string(), depth: count, start: count, end: count })),
  zones: z.array(
    z.strictObject({
      nodeId: count,
      name: text,
      startPfn: optional(count),
      spannedPages: optional(count),
      presentPages: optional(count),
      managedPages: optional(count),
      freeBlocks: optional(z.array(count)),
      migrateTypes: optional(
        z.array(
          z.strictObject({
            name: text,
            freeBlocks: optional(z.array(count)),
            pageblocks: optional(count),
          }),
        ),
      ),
    }),
  ),
  meminfo: z.record(z.string(), signed),
  vmstat: z.record(z.string(), signed),
  diagnostics: z.array(diagnostic),
  surveyed: z.array(objectListName),
})

/**
 * Checks a topology and returns it.
 * @throws Error naming the first wrong field: a fault of the program
 */
export function checkTopology(topology: Topology): Topology {
  const result = topologySchema.safeParse(topology)
  if (result.success) return topology
  const issue = result.error.issues[0]
  throw new Error(
    `the model is not valid at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? ''}`,
  )
}
