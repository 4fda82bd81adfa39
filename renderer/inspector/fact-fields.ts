/** How the value of a field is written. */
export type FieldFormat =
  'bytes' | 'address' | 'count' | 'text' | 'flag' | 'node' | 'object' | 'handle' | 'list' | 'shape'

export interface FieldStyle {
  readonly label: string
  readonly format: FieldFormat
  /** Follows a number: `MT/s`. */
  readonly unit?: string
}

/** How each field of the model is called and written. What is not listed here follows from the field's name. */
const FIELDS: Readonly<Record<string, FieldStyle>> = {
  hostname: { label: 'host', format: 'text' },
  product: { label: 'product', format: 'text' },
  kernelRelease: { label: 'kernel', format: 'text' },
  arch: { label: 'architecture', format: 'text' },
  commandLine: { label: 'command line', format: 'text' },
  basePageBytes: { label: 'base page', format: 'bytes' },
  structPageBytes: { label: 'sizeof(struct page)', format: 'bytes' },
  structPageSource: { label: 'learned from', format: 'text' },
  cpuCount: { label: 'CPUs', format: 'count' },
  memoryBytes: { label: 'memory', format: 'bytes' },
  freeBytes: { label: 'free', format: 'bytes' },
  memoryBlockBytes: { label: 'memory block', format: 'bytes' },
  hugetlbOptimizeVmemmap: { label: 'HVO', format: 'flag' },
  vmemmapBase: { label: 'vmemmap base', format: 'text' },
  packageId: { label: 'package', format: 'count' },
  cpuIds: { label: 'CPUs', format: 'list' },
  nodeIds: { label: 'nodes', format: 'list' },
  nodeId: { label: 'node', format: 'node' },
  cpuList: { label: 'CPUs', format: 'text' },
  memoryTier: { label: 'memory tier', format: 'count' },
  memoryKinds: { label: 'kinds', format: 'list' },
  locator: { label: 'locator', format: 'text' },
  bank: { label: 'bank', format: 'text' },
  sizeBytes: { label: 'size', format: 'bytes' },
  memoryType: { label: 'type', format: 'text' },
  technology: { label: 'technology', format: 'text' },
  speedMTs: { label: 'speed', format: 'count', unit: 'MT/s' },
  rank: { label: 'ranks', format: 'count' },
  partNumber: { label: 'part number', format: 'text' },
  nvdimmId: { label: 'NVDIMM', format: 'object' },
  handle: { label: 'NFIT handle', format: 'handle' },
  physicalId: { label: 'SMBIOS handle', format: 'handle' },
  mappedBytes: { label: 'mapped', format: 'bytes' },
  busId: { label: 'bus', format: 'text' },
  regionType: { label: 'type', format: 'text' },
  availableBytes: { label: 'available', format: 'bytes' },
  alignBytes: { label: 'alignment', format: 'bytes' },
  startAddress: { label: 'start', format: 'address' },
  interleaveSetCookie: { label: 'interleave set', format: 'text' },
  persistenceDomain: { label: 'persistence', format: 'text' },
  numaNode: { label: 'near node', format: 'node' },
  targetNode: { label: 'target node', format: 'node' },
  regionId: { label: 'region', format: 'object' },
  map: { label: 'map', format: 'text' },
  uuid: { label: 'UUID', format: 'text' },
  rawBytes: { label: 'raw size', format: 'bytes' },
  usableBytes: { label: 'usable', format: 'bytes' },
  sectorBytes: { label: 'sector', format: 'bytes' },
  dataStartAddress: { label: 'data start', format: 'address' },
  memmapOnMemory: { label: 'memmap on memory', format: 'text' },
  claim: { label: 'claimed by', format: 'text' },
  namespaceId: { label: 'namespace', format: 'object' },
  blockIndex: { label: 'index', format: 'count' },
  validZones: { label: 'zones', format: 'text' },
  distances: { label: 'distances', format: 'shape' },
  hugepagePools: { label: 'hugepages', format: 'shape' },
  memorySideCaches: { label: 'memory-side caches', format: 'shape' },
  accessClasses: { label: 'access', format: 'shape' },
  mappings: { label: 'interleaved over', format: 'shape' },
  ranges: { label: 'ranges', format: 'shape' },
  hugetlbFreeableBytes: { label: 'HVO can free', format: 'shape' },
  hugetlbSectionStarts: { label: 'hugetlb sections', format: 'shape' },
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
