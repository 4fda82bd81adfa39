import type { AddressRange, Bytes, Pfn, PhysicalAddress } from './units'
import type { CxlDecoder, CxlMemdev, CxlPort, CxlRegion, CxlWindow } from './cxl'
import type { Diagnostic } from './diagnostic'
import type { Dimm, MemoryArray, Nvdimm } from './memory-modules'
import type { ModelObject, ObjectId } from './model-object'

export const TOPOLOGY_SCHEMA = 'folioscope-topology/1'

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
  /** Hugepage pools of the whole machine (/sys/kernel/mm/hugepages); nodes have their own. */
  readonly hugepagePools?: readonly HugepagePool[]
  /** Hugepage sizes that there are, from sources that do not tell how many pages (hwloc 3). */
  readonly hugepageSizes?: readonly Bytes[]
  /** Settings and counters of transparent hugepages of each size, mTHP included (DOMAIN §10.1). */
  readonly transparentHugepages?: readonly TransparentHugepages[]
}

/** /sys/kernel/mm/transparent_hugepage/hugepages-KkB: one folio size that anonymous or shared memory may use. */
export interface TransparentHugepages {
  readonly sizeBytes: Bytes
  /** The chosen word of `enabled`: always, inherit, madvise, never. */
  readonly enabled?: string
  readonly shmemEnabled?: string
  /** Files of `stats/`, in the kernel's own units; nr_anon counts folios. */
  readonly counters?: Readonly<Record<string, number>>
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
  /** ACPI proximity domain; not the node id in general (DOMAIN §13.7). */
  readonly proximityDomain?: number
  /** Weight for weighted interleave, 1 to 255 (DOMAIN §9.1). */
  readonly interleaveWeight?: number
  /** Attributes of hwloc, such as Bandwidth, in hwloc's own units. */
  readonly memoryAttributes?: readonly MemoryAttribute[]
  /** Why lstopo would not show this node; absent where it would. */
  readonly hiddenByHwloc?: string
}

export interface MemoryAttribute {
  readonly name: string
  readonly value: number
  /** What the value is seen from: `CPUs 0-3`, or hwloc's `Type:index` of an object. */
  readonly initiator?: string
}

export type MemoryKind = 'dram' | 'pmem' | 'cxl' | 'hbm' | 'gpu'

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
  readonly state?: string
  readonly health?: string
  readonly badBlockCount?: number
  readonly maximumExtentBytes?: Bytes
  readonly numaNode?: number
  readonly targetNode?: number
  /** The socket that its modules are in, as ipmctl says. */
  readonly packageId?: number
  /** The CXL region that this region persists on. */
  readonly cxlRegionId?: ObjectId
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
  /** Of the namespace itself; `uuid` is its claim's, where it has one. */
  readonly rawUuid?: string
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
  readonly badBlockCount?: number
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
  readonly cxlRegionId?: ObjectId
  /** What daxctl counts of a system-ram device. */
  readonly onlineBlocks?: number
  readonly totalBlocks?: number
  readonly isMovable?: boolean
  /** Why lstopo would not show this device; absent where it would. */
  readonly hiddenByHwloc?: string
}

/** A PCI device that offers memory for peer-to-peer DMA. Id `p2p:0000:01:00.0`. */
export interface P2pProvider extends ModelObject {
  readonly pciAddress: string
  readonly sizeBytes?: Bytes
  readonly availableBytes?: Bytes
  readonly isPublished?: boolean
  readonly numaNode?: number
  readonly name?: string
}

/** What firmware says of a physical range: SRAT affinity or NFIT system physical address range. Ids by start and end: `srat:0x0-0xa0000`, `nfit:…`. */
export interface FirmwareRange extends ModelObject {
  readonly table: 'SRAT' | 'NFIT'
  readonly startAddress: PhysicalAddress
  readonly sizeBytes: Bytes
  readonly proximityDomain?: number
  readonly isHotpluggable?: boolean
  readonly isNonVolatile?: boolean
  /** NFIT: persistent, volatile, control, block data … */
  readonly purpose?: string
}

/** A matrix between objects that hwloc names: distances of any kind. Id `matrix:NAME`. */
export interface DistanceMatrix extends ModelObject {
  readonly name: string
  /** latency or bandwidth, as far as the input tells. */
  readonly measures?: 'latency' | 'bandwidth' | 'hops'
  /** Rows and columns: ids of this model where they are known, else hwloc's own `Type:index`. */
  readonly members: readonly string[]
  /** The columns where they are not the rows: targets, where the rows are initiators. */
  readonly columns?: readonly string[]
  /** Row by row; 0 where the input gives no value for a pair. */
  readonly values: readonly number[]
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
  /** These three are of /proc/zoneinfo; absent where only buddyinfo or pagetypeinfo names the zone. */
  readonly spannedPages?: number
  readonly presentPages?: number
  readonly managedPages?: number
  /** /proc/buddyinfo: free blocks of each order. */
  readonly freeBlocks?: readonly number[]
  /** /proc/pagetypeinfo (root): the same, by migrate type, and the number of pageblocks of that type. */
  readonly migrateTypes?: readonly MigrateType[]
}

export interface MigrateType {
  readonly name: string
  /** Absent where the kernel stopped counting (it prints `>100000`). */
  readonly freeBlocks?: readonly number[]
  readonly pageblocks?: number
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
  readonly memoryArrays: readonly MemoryArray[]
  readonly dimms: readonly Dimm[]
  readonly nvdimms: readonly Nvdimm[]
  readonly regions: readonly PmemRegion[]
  readonly namespaces: readonly Namespace[]
  readonly daxDevices: readonly DaxDevice[]
  readonly memoryBlocks: readonly MemoryBlock[]
  readonly memoryTiers: readonly MemoryTier[]
  readonly cxlMemdevs: readonly CxlMemdev[]
  readonly cxlPorts: readonly CxlPort[]
  readonly cxlDecoders: readonly CxlDecoder[]
  readonly cxlRegions: readonly CxlRegion[]
  readonly cxlWindows: readonly CxlWindow[]
  readonly p2pProviders: readonly P2pProvider[]
  readonly firmwareRanges: readonly FirmwareRange[]
  readonly distanceMatrices: readonly DistanceMatrix[]
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
  | 'memoryArrays'
  | 'cxlMemdevs'
  | 'cxlPorts'
  | 'cxlDecoders'
  | 'cxlRegions'
  | 'cxlWindows'
  | 'p2pProviders'
  | 'firmwareRanges'
  | 'distanceMatrices'
