import type { Bytes } from '../../model/units'

/** What is kept of one hwloc XML: the objects that speak of memory, in the order of the document. */
export interface HwlocTopology {
  /** 1 without a version attribute, else the number before its point. */
  readonly generation: number
  readonly infos: HwlocInfos
  readonly packages: readonly HwlocObject[]
  readonly nodes: readonly HwlocObject[]
  /** DAX devices, PMEM block devices and CXL memory devices. */
  readonly devices: readonly HwlocObject[]
  readonly memoryModules: readonly HwlocObject[]
  readonly cpuCount: number
  /** Memory that 1.x gives the machine itself where there are no NUMA nodes. */
  readonly machine?: HwlocObject
  readonly matrices: readonly HwlocMatrix[]
  readonly attributeValues: readonly HwlocAttributeValue[]
  readonly memoryTiers: readonly HwlocMemoryTier[]
}

/** `<info name value/>`; of several with one name the first. */
export type HwlocInfos = ReadonlyMap<string, string>

export interface HwlocObject {
  readonly type: string
  /** Of the document, from 1. */
  readonly line: number
  readonly osIndex?: number
  /** Unlike os_index unique in the document. */
  readonly gpIndex?: string
  readonly name?: string
  readonly subtype?: string
  readonly cpuIds?: readonly number[]
  readonly nodeIds?: readonly number[]
  readonly localBytes?: Bytes
  readonly pageTypes: readonly HwlocPageType[]
  readonly infos: HwlocInfos
  /** Memory-side caches around a node, the nearest first. */
  readonly caches: readonly HwlocCache[]
  /** Nodes of the nearest object around that has any: where a device is. */
  readonly localNodeIds?: readonly number[]
  /** Address of the PCI device around a device. */
  readonly pciAddress?: string
}

export interface HwlocPageType {
  readonly sizeBytes: Bytes
  readonly count: number
}

export interface HwlocCache {
  readonly sizeBytes: Bytes
  readonly depth?: number
  readonly lineBytes?: Bytes
}

export interface HwlocMatrix {
  readonly line: number
  readonly name?: string
  /** Bits of hwloc_distances_kind_e. */
  readonly kind: number
  /** `NUMANode:0`; the number is an os_index or a gp_index. */
  readonly members: readonly string[]
  readonly indexing: 'os' | 'gp'
  readonly values: readonly number[]
}

export interface HwlocAttributeValue {
  readonly line: number
  readonly name: string
  readonly targetGpIndex: string
  readonly value: number
  readonly initiator?: string
}

export interface HwlocMemoryTier {
  /** Bits of hwloc_memory_tier_type_e. */
  readonly kinds: number
  readonly nodeIds: readonly number[]
}
