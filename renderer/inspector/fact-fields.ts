/** How the value of a field is written. */
export type FieldFormat =
  'bytes' | 'address' | 'count' | 'text' | 'flag' | 'node' | 'object' | 'handle' | 'list' | 'shape'

export interface FieldStyle {
  readonly label: string
  readonly format: FieldFormat
  /** Follows a number: `MT/s`. */
  readonly unit?: string
}

/** How each field of the model is called and written, in the order of the inspector. What is not listed here follows from the field's name. */
const FIELDS: Readonly<Record<string, FieldStyle>> = {
  hostname: { label: 'host', format: 'text' },
  product: { label: 'product', format: 'text' },
  kernelRelease: { label: 'kernel', format: 'text' },
  arch: { label: 'architecture', format: 'text' },
  cpuCount: { label: 'CPUs', format: 'count' },
  memoryBytes: { label: 'memory', format: 'bytes' },
  freeBytes: { label: 'free', format: 'bytes' },
  basePageBytes: { label: 'base page', format: 'bytes' },
  structPageBytes: { label: 'sizeof(struct page)', format: 'bytes' },
  structPageSource: { label: 'learned from', format: 'text' },
  memoryBlockBytes: { label: 'memory block', format: 'bytes' },
  packageId: { label: 'package', format: 'count' },
  nodeId: { label: 'node', format: 'node' },
  nodeIds: { label: 'nodes', format: 'list' },
  cpuIds: { label: 'CPUs', format: 'list' },
  cpuList: { label: 'CPUs', format: 'text' },
  memoryKinds: { label: 'kinds', format: 'list' },
  memoryTier: { label: 'memory tier', format: 'count' },
  tier: { label: 'tier', format: 'count' },
  locator: { label: 'locator', format: 'text' },
  bank: { label: 'bank', format: 'text' },
  regionId: { label: 'region', format: 'object' },
  namespaceId: { label: 'namespace', format: 'object' },
  nvdimmId: { label: 'NVDIMM', format: 'object' },
  name: { label: 'name', format: 'text' },
  mode: { label: 'mode', format: 'text' },
  map: { label: 'map', format: 'text' },
  regionType: { label: 'type', format: 'text' },
  memoryType: { label: 'type', format: 'text' },
  technology: { label: 'technology', format: 'text' },
  origin: { label: 'origin', format: 'text' },
  state: { label: 'state', format: 'text' },
  blockIndex: { label: 'index', format: 'count' },
  validZones: { label: 'zones', format: 'text' },
  sizeBytes: { label: 'size', format: 'bytes' },
  rawBytes: { label: 'raw size', format: 'bytes' },
  usableBytes: { label: 'usable', format: 'bytes' },
  availableBytes: { label: 'available', format: 'bytes' },
  mappedBytes: { label: 'mapped', format: 'bytes' },
  alignBytes: { label: 'alignment', format: 'bytes' },
  sectorBytes: { label: 'sector', format: 'bytes' },
  startAddress: { label: 'start', format: 'address' },
  dataStartAddress: { label: 'data start', format: 'address' },
  ranges: { label: 'ranges', format: 'shape' },
  mappings: { label: 'interleaved over', format: 'shape' },
  interleaveSetCookie: { label: 'interleave set', format: 'text' },
  numaNode: { label: 'near node', format: 'node' },
  targetNode: { label: 'target node', format: 'node' },
  distances: { label: 'distances', format: 'shape' },
  hugepagePools: { label: 'hugepages', format: 'shape' },
  hugepageSizes: { label: 'hugepage sizes', format: 'shape' },
  memorySideCaches: { label: 'memory-side caches', format: 'shape' },
  accessClasses: { label: 'access', format: 'shape' },
  speedMTs: { label: 'speed', format: 'count', unit: 'MT/s' },
  rank: { label: 'ranks', format: 'count' },
  manufacturer: { label: 'manufacturer', format: 'text' },
  vendor: { label: 'vendor', format: 'text' },
  device: { label: 'device', format: 'text' },
  claim: { label: 'claimed by', format: 'text' },
  partNumber: { label: 'part number', format: 'text' },
  serial: { label: 'serial number', format: 'text' },
  uuid: { label: 'UUID', format: 'text' },
  rawUuid: { label: 'UUID below the claim', format: 'text' },
  handle: { label: 'handle', format: 'handle' },
  physicalId: { label: 'SMBIOS handle', format: 'handle' },
  uniqueId: { label: 'unique id', format: 'text' },
  dimmId: { label: 'module', format: 'object' },
  arrayId: { label: 'memory array', format: 'object' },
  formFactor: { label: 'form factor', format: 'text' },
  totalWidthBits: { label: 'width with ECC', format: 'count', unit: 'bit' },
  dataWidthBits: { label: 'data width', format: 'count', unit: 'bit' },
  configuredSpeedMTs: { label: 'runs at', format: 'count', unit: 'MT/s' },
  configuredMillivolts: { label: 'voltage', format: 'count', unit: 'mV' },
  assetTag: { label: 'asset tag', format: 'text' },
  firmwareVersion: { label: 'firmware', format: 'text' },
  volatileBytes: { label: 'volatile', format: 'bytes' },
  nonVolatileBytes: { label: 'non-volatile', format: 'bytes' },
  cacheBytes: { label: 'cache', format: 'bytes' },
  edacLocation: { label: 'place in EDAC', format: 'text' },
  correctableErrors: { label: 'corrected errors', format: 'count' },
  uncorrectableErrors: { label: 'uncorrected errors', format: 'count' },
  memoryModeBytes: { label: 'Memory Mode', format: 'bytes' },
  appDirectBytes: { label: 'App Direct', format: 'bytes' },
  maximumBytes: { label: 'at most', format: 'bytes' },
  maximumExtentBytes: { label: 'largest free extent', format: 'bytes' },
  slotCount: { label: 'slots', format: 'count' },
  badBlockCount: { label: 'bad blocks', format: 'count' },
  cxlRegionId: { label: 'CXL region', format: 'object' },
  cxlMemdevId: { label: 'CXL device', format: 'object' },
  rootDecoderId: { label: 'root decoder', format: 'object' },
  endpointId: { label: 'endpoint', format: 'object' },
  portId: { label: 'port', format: 'object' },
  parentPortId: { label: 'parent port', format: 'object' },
  memdevId: { label: 'device', format: 'object' },
  parentDport: { label: 'through dport', format: 'text' },
  uport: { label: 'upstream device', format: 'text' },
  dports: { label: 'downstream ports', format: 'shape' },
  targets: { label: 'targets', format: 'shape' },
  ramBytes: { label: 'volatile', format: 'bytes' },
  pmemBytes: { label: 'persistent', format: 'bytes' },
  interleaveWays: { label: 'interleave ways', format: 'count' },
  granularityBytes: { label: 'granularity', format: 'bytes' },
  interleaveArithmetic: { label: 'arithmetic', format: 'text' },
  extendedLinearCacheBytes: { label: 'linear cache in DRAM', format: 'bytes' },
  dpaStart: { label: 'DPA start', format: 'address' },
  dpaBytes: { label: 'DPA size', format: 'bytes' },
  restrictions: { label: 'for', format: 'list' },
  capabilities: { label: 'can', format: 'list' },
  targetUids: { label: 'host bridges (_UID)', format: 'list' },
  qosClass: { label: 'QoS class', format: 'count' },
  pciAddress: { label: 'PCI address', format: 'text' },
  isPublished: { label: 'published', format: 'flag' },
  isHotpluggable: { label: 'hot-pluggable', format: 'flag' },
  isNonVolatile: { label: 'non-volatile', format: 'flag' },
  proximityDomain: { label: 'proximity domain', format: 'count' },
  interleaveWeight: { label: 'interleave weight', format: 'count' },
  memoryAttributes: { label: 'hwloc attributes', format: 'shape' },
  hiddenByHwloc: { label: 'not in lstopo', format: 'text' },
  onlineBlocks: { label: 'blocks online', format: 'count' },
  totalBlocks: { label: 'blocks', format: 'count' },
  isMovable: { label: 'movable', format: 'flag' },
  members: { label: 'between', format: 'list' },
  columns: { label: 'and', format: 'list' },
  values: { label: 'values', format: 'shape' },
  transparentHugepages: { label: 'transparent hugepages', format: 'shape' },
  flags: { label: 'flags', format: 'text' },
  busId: { label: 'bus', format: 'text' },
  provider: { label: 'provider', format: 'text' },
  persistenceDomain: { label: 'persistence', format: 'text' },
  memmapOnMemory: { label: 'memmap on memory', format: 'text' },
  hugetlbOptimizeVmemmap: { label: 'HVO', format: 'flag' },
  hugetlbFreeableBytes: { label: 'HVO can free', format: 'shape' },
  hugetlbSections: { label: 'hugetlb sections', format: 'shape' },
  vmemmapBase: { label: 'vmemmap base', format: 'text' },
  commandLine: { label: 'command line', format: 'text' },
}

const SUFFIXES: readonly (readonly [RegExp, FieldFormat])[] = [
  [/Bytes$/, 'bytes'],
  [/Address$/, 'address'],
]

const ORDER = new Map(Object.keys(FIELDS).map((field, index) => [field, index]))

/** Facts stand in the order of the table above, whatever reader found them; unknown fields come last. */
export function fieldOrder(field: string): number {
  return ORDER.get(field) ?? ORDER.size
}

/** The style of any field; a field that we have no words for is shown under its own name. */
export function fieldStyle(field: string, value: unknown): FieldStyle {
  const known = FIELDS[field]
  if (known !== undefined) return known
  const label = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  const suffix = SUFFIXES.find(([pattern]) => pattern.test(field))
  if (suffix !== undefined && typeof value === 'number') return { label, format: suffix[1] }
  if (typeof value === 'number') return { label, format: 'count' }
  if (typeof value === 'boolean') return { label, format: 'flag' }
  return { label, format: typeof value === 'object' ? 'shape' : 'text' }
}
