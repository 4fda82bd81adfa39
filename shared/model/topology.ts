import type { AddressRange, Bytes, Pfn, PhysicalAddress } from './units'
import type { Diagnostic } from './diagnostic'
import type { Source } from './source'

export const TOPOLOGY_SCHEMA = 'folioscope-topology/1'

/** Unique in one topology: `machine`, `package0`, `node0`, `dimm:P0_A1`, `nmem0`, `region0`, `namespace0.3`, `dax0.3`, `memory32`. */
export type ObjectId = string

/**
 * What every object of the model has. A field that is not known is absent: never 0, null or ''.
 * `sources` names, for each present field, where its value came from.
 */
export interface ModelObject {
  readonly id: ObjectId
  readonly sources: Readonly<Record<string, Source>>
}

export type InputKind =
  'folioscope' | 'sysfs' | 'hwloc-xml' | 'sosreport' | 'tool-output' | 'spec' | 'live'

export interface InputInfo {
  /** Base name of the file or directory, `live`, or `demo:NAME`. */
  readonly name: string
  readonly kind: InputKind
}

/** How sizeof(struct page) was learned (DOMAIN §1.1). */
export type StructPageSource = 'btf' | 'vmcoreinfo' | 'default'

export interface Machine extends ModelObject {
  readonly hostname?: string
  readonly product?: string
  readonly kernelRelease?: string
  /** As in `uname -m`: x86_64, aarch64, riscv64, s390x, ppc64le, loongarch64. */
  readonly arch?: string
  readonly commandLine?: string
  readonly basePageBytes?: Bytes
  readonly structPageBytes?: Bytes
  readonly structPageSource?: StructPageSource
  /** Number of online logical CPUs. */
  readonly cpuCount?: number
  readonly memoryBytes?: Bytes
  readonly memoryBlockBytes?: Bytes
  /** Module parameter memory_hotplug.memmap_on_memory (DOMAIN §2.4). */
  readonly memmapOnMemory?: 'N' | 'Y' | 'force'
  /** Present value of vm.hugetlb_optimize_vmemmap; absent where the kernel has no such sysctl. */
  readonly hugetlbOptimizeVmemmap?: boolean
  /** From dmesg "N KiB vmemmap can be freed for a X page": bytes freed by page size in bytes, as decimal key. */
  readonly hugetlbFreeableBytes?: Readonly<Record<string, Bytes>>
  /** Where kpageflags shows hugetlb pages; absent when it could not be read, empty when there are none. */
  readonly hugetlbSections?: readonly HugetlbSection[]
  /** Virtual address of the vmemmap array, read from the machine; hexadecimal with 0x. */
  readonly vmemmapBase?: string
}

/** A run of 32768 base pages that holds hugetlb pages. */
export interface HugetlbSection {
  readonly startPfn: Pfn
  readonly hugetlbPages: number
}

export interface CpuPackage extends ModelObject {
  readonly packageId: number
  readonly cpuIds: readonly number[]
  readonly nodeIds?: readonly number[]
}

export interface HugepagePool {
  readonly sizeBytes: Bytes
  readonly total: number
  readonly free?: number
  readonly surplus?: number
}

export interface MemorySideCache {
  readonly level: number
  readonly sizeBytes: Bytes
  readonly lineBytes?: Bytes
}

/** HMAT access class N of a node: the initiators that reach it best, and what they see (DOMAIN §9.1). */
export interface AccessClass {
  readonly accessClass: number
  readonly initiatorNodeIds: readonly number[]
  readonly readBandwidthMBs?: number
  readonly writeBandwidthMBs?: number
  readonly readLatencyNs?: number
  readonly writeLatencyNs?: number
}

export interface NumaNode extends ModelObject {
  readonly nodeId: number
  /** List format as sysfs prints it, '' for a CPU-less node. */
  readonly cpuList?: string
  readonly memoryBytes?: Bytes
  readonly freeBytes?: Bytes
  /** By node id in decimal; 10 is local, 255 unreachable. */
  readonly distances?: Readonly<Record<string, number>>
  readonly hugepagePools?: readonly HugepagePool[]
  readonly memorySideCaches?: readonly MemorySideCache[]
  readonly accessClasses?: readonly AccessClass[]
  readonly memoryTier?: number
  readonly memoryKinds?: readonly MemoryKind[]
}

export type MemoryKind = 'dram' | 'pmem' | 'cxl' | 'hbm' | 'gpu'

/** A memory module as firmware or a specification names it; a slot without a module has `sizeBytes` 0. */
export interface Dimm extends ModelObject {
  readonly locator?: string
  readonly bank?: string
  readonly sizeBytes?: Bytes
  readonly memoryType?: string
  readonly technology?: string
  readonly speedMTs?: number
  readonly rank?: number
  readonly manufacturer?: string
  readonly partNumber?: string
  readonly serial?: string
  readonly nodeId?: number
  readonly packageId?: number
  readonly nvdimmId?: ObjectId
}

export interface Nvdimm extends ModelObject {
  /** NFIT device handle. */
  readonly handle?: number
  /** SMBIOS type-17 handle. */
  readonly physicalId?: number
  readonly serial?: string
  readonly vendor?: string
  readonly device?: string
  readonly state?: string
  readonly flags?: string
  readonly packageId?: number
  /** Sum of this DIMM's parts of all regions. */
  readonly mappedBytes?: Bytes
}

export interface RegionMapping {
  readonly nvdimmId: ObjectId
  readonly dpaStart: PhysicalAddress
  readonly sizeBytes: Bytes
  readonly position: number
}

export interface PmemRegion extends ModelObject {
  readonly busId?: string
  readonly provider?: string
  readonly regionType?: 'pmem' | 'volatile' | 'blk'
  readonly sizeBytes?: Bytes
  readonly availableBytes?: Bytes
  readonly alignBytes?: Bytes
  readonly startAddress?: PhysicalAddress
  readonly mappings?: readonly RegionMapping[]
  /** Hexadecimal as sysfs prints it: all 64 bits are used. */
  readonly interleaveSetCookie?: string
  readonly persistenceDomain?: string
  readonly numaNode?: number
  readonly targetNode?: number
}

export type NamespaceMode = 'raw' | 'sector' | 'fsdax' | 'devdax'
/** Where the struct pages live: mem = RAM, dev = on the namespace, none = there are none (DOMAIN §6.2). */
export type NamespaceMap = 'mem' | 'dev' | 'none'

export interface Namespace extends ModelObject {
  readonly regionId?: ObjectId
  readonly mode?: NamespaceMode
  readonly map?: NamespaceMap
  readonly name?: string
  readonly uuid?: string
  readonly rawBytes?: Bytes
  readonly usableBytes?: Bytes
  readonly alignBytes?: Bytes
  readonly sectorBytes?: Bytes
  /** Device node below /dev: pmem0.1, pmem0.6s, dax0.3. */
  readonly device?: string
  readonly state?: 'active' | 'disabled'
  readonly startAddress?: PhysicalAddress
  /** First byte of usable data; what lies before it is the info block and, with map=dev, the struct pages. */
  readonly dataStartAddress?: PhysicalAddress
  readonly numaNode?: number
  readonly targetNode?: number
  /** libnvdimm device that claims the namespace: pfn0.0, dax0.1, btt0.0. */
  readonly claim?: string
}

export type DaxMode = 'devdax' | 'system-ram' | 'fsdev' | 'disabled'

export interface DaxDevice extends ModelObject {
  readonly mode?: DaxMode
  readonly sizeBytes?: Bytes
  readonly alignBytes?: Bytes
  readonly numaNode?: number
  readonly targetNode?: number
  readonly origin?: 'pmem' | 'hmem' | 'cxl'
  readonly startAddress?: PhysicalAddress
  readonly ranges?: readonly AddressRange[]
  /** Per-device flag, kernel 6.8 and later. */
  readonly memmapOnMemory?: boolean
  readonly namespaceId?: ObjectId
}

export interface MemoryBlock extends ModelObject {
  readonly blockIndex: number
  readonly state?: string
  readonly nodeIds?: readonly number[]
  readonly validZones?: string
}

/** One line of /proc/iomem. Addresses are absent when the kernel hid them (all lines read 0-0 without CAP_SYS_ADMIN). */
export interface IomemRange {
  readonly name: string
  readonly depth: number
  readonly start: PhysicalAddress
  readonly end: PhysicalAddress
}

export interface Zone {
  readonly nodeId: number
  readonly name: string
  readonly startPfn?: number
  readonly spannedPages: number
  readonly presentPages: number
  readonly managedPages: number
}

export interface MemoryTier extends ModelObject {
  readonly tier: number
  readonly nodeIds: readonly number[]
}

/** Everything known about a machine's memory. Immutable, plain JSON. Lists are sorted by id. */
export interface Topology {
  readonly schema: typeof TOPOLOGY_SCHEMA
  readonly input: InputInfo
  readonly machine: Machine
  readonly packages: readonly CpuPackage[]
  readonly nodes: readonly NumaNode[]
  readonly dimms: readonly Dimm[]
  readonly nvdimms: readonly Nvdimm[]
  readonly regions: readonly PmemRegion[]
  readonly namespaces: readonly Namespace[]
  readonly daxDevices: readonly DaxDevice[]
  readonly memoryBlocks: readonly MemoryBlock[]
  readonly memoryTiers: readonly MemoryTier[]
  readonly iomem: readonly IomemRange[]
  readonly zones: readonly Zone[]
  /** Fields of /proc/meminfo in bytes (HugePages_* in pages). */
  readonly meminfo: Readonly<Record<string, number>>
  /** Fields of /proc/vmstat in the file's own units. */
  readonly vmstat: Readonly<Record<string, number>>
  readonly diagnostics: readonly Diagnostic[]
  /** Lists that some reader could look for. An empty list that is not named here is not known to be empty. */
  readonly surveyed: readonly ObjectListName[]
}

export type ObjectListName =
  | 'packages'
  | 'nodes'
  | 'dimms'
  | 'nvdimms'
  | 'regions'
  | 'namespaces'
  | 'daxDevices'
  | 'memoryBlocks'
  | 'memoryTiers'
