import type { Diagnostic } from '../model/diagnostic'
import type {
  AccessClass,
  DaxMode,
  InputInfo,
  NamespaceMap,
  NamespaceMode,
  StructPageSource,
} from '../model/topology'
import type { RuleUse } from '../memmap/kernel-rules'
import type { Certainty, MeasuredMemmap } from '../memmap/types'

export const SUMMARY_SCHEMA = 'folioscope-summary/1'

/** Numbers up to 2^53 − 1; the model holds nothing larger (model/units.ts). */
type Count = number

/** Struct pages of one object: `ramBytes + deviceBytes = residentBytes`. */
export interface SummaryMemmap {
  readonly structPages: Count
  readonly fullBytes: Count
  readonly residentBytes: Count
  readonly ramBytes: Count
  readonly deviceBytes: Count
  readonly savedBytes: Count
}

/**
 * What `info --json` prints (CONTRACT, "Summary"). Other programs rely on it: fields are added, never changed.
 * Unknown facts are absent. Lists are sorted by id.
 */
export interface Summary {
  readonly schema: typeof SUMMARY_SCHEMA
  readonly input: InputInfo
  readonly machine: {
    readonly hostname?: string
    readonly product?: string
    readonly kernelRelease?: string
    readonly arch?: string
    readonly basePageBytes?: Count
    /** `default` where the input does not tell and the usual size is taken. */
    readonly basePageSource?: 'input' | 'default'
    readonly structPageBytes?: Count
    readonly structPageSource?: StructPageSource
    /** Pools of the whole machine; nodes, where there are any, list their own. */
    readonly hugepages?: readonly SummaryHugepages[]
    /** Sizes alone, where the input does not tell how many pages. */
    readonly hugepageSizes?: readonly Count[]
  }
  readonly totals: Partial<Record<TotalName, Count>>
  readonly numaNodes: readonly SummaryNode[]
  readonly dimms: readonly SummaryDimm[]
  readonly nvdimms: readonly SummaryNvdimm[]
  readonly regions: readonly SummaryRegion[]
  readonly namespaces: readonly SummaryNamespace[]
  readonly daxDevices: readonly SummaryDaxDevice[]
  /** Absent when nothing in the input speaks of CXL. */
  readonly cxl?: SummaryCxl
  /** Absent when the input says nothing about the amount of memory. */
  readonly memmap?: SummaryMemmapTotals
  readonly diagnostics: readonly Diagnostic[]
}

export type TotalName =
  | 'memoryBytes'
  | 'packages'
  | 'cpus'
  | 'numaNodes'
  | 'cpulessNodes'
  | 'memorylessNodes'
  | 'dimms'
  | 'emptyDimmSlots'
  | 'nvdimms'
  | 'pmemRegions'
  | 'namespaces'
  | 'daxDevices'
  | 'memoryBlocks'
  | 'memoryBlockBytes'
  | 'memorySideCaches'
  | 'cxlMemdevs'
  | 'cxlRegions'
  | 'p2pProviders'

export interface SummaryRule {
  readonly rule: string
  readonly value?: number | boolean | string
  readonly basis: RuleUse['basis']
  readonly source: string
}

export interface SummaryNode {
  readonly id: number
  readonly cpulist?: string
  readonly memoryBytes?: Count
  readonly distances?: Readonly<Record<string, number>>
  readonly kinds?: readonly string[]
  readonly tier?: number
  readonly memoryBlocks?: { readonly online: Count; readonly offline: Count }
  readonly hugepages?: readonly SummaryHugepages[]
  readonly memorySideCaches?: readonly { readonly level: number; readonly sizeBytes: Count }[]
  readonly accessClasses?: readonly AccessClass[]
  readonly proximityDomain?: number
  readonly interleaveWeight?: number
  readonly hiddenByHwloc?: string
}

export interface SummaryHugepages {
  readonly sizeBytes: Count
  readonly total: Count
  readonly free?: Count
  readonly surplus?: Count
}

export interface SummaryCxl {
  readonly memdevs: readonly SummaryCxlMemdev[]
  readonly regions: readonly SummaryCxlRegion[]
  readonly windows?: Count
  readonly decoders?: Count
}

export interface SummaryCxlMemdev {
  readonly id: string
  readonly ramBytes?: Count
  readonly pmemBytes?: Count
  /** Hexadecimal with 0x: all 64 bits are used. */
  readonly serial?: string
  readonly numaNode?: number
}

export interface SummaryCxlRegion {
  readonly id: string
  readonly type?: string
  readonly sizeBytes?: Count
  readonly startAddress?: Count
  readonly interleaveWays?: number
  readonly granularityBytes?: Count
  /** In the order of their positions. */
  readonly memdevs?: readonly string[]
}

export interface SummaryDimm {
  readonly locator?: string
  readonly bank?: string
  readonly sizeBytes?: Count
  readonly type?: string
  readonly technology?: string
  readonly speedMTs?: number
  readonly rank?: number
  readonly manufacturer?: string
  readonly partNumber?: string
  readonly serial?: string
  readonly numaNode?: number
  readonly package?: number
  readonly nvdimm?: string
}

export interface SummaryRegion {
  readonly id: string
  readonly type?: string
  readonly sizeBytes?: Count
  readonly startAddress?: Count
  readonly interleaveWays?: number
  readonly dimms?: readonly string[]
  readonly numaNode?: number
  readonly targetNode?: number
  /** Hexadecimal as sysfs prints it: all 64 bits are used. */
  readonly interleaveSetCookie?: string
}

export interface SummaryNvdimm {
  readonly id: string
  readonly sizeBytes?: Count
  /** NFIT device handle. */
  readonly handle?: number
  readonly uniqueId?: string
  readonly serial?: string
  readonly state?: string
  readonly security?: string
  readonly package?: number
  /** Locator of the slot that it is in. */
  readonly locator?: string
}

export interface SummaryNamespace {
  readonly id: string
  readonly mode?: NamespaceMode
  readonly map?: NamespaceMap
  readonly rawBytes?: Count
  readonly usableBytes?: Count
  readonly alignBytes?: Count
  readonly sectorBytes?: Count
  readonly device?: string
  readonly state?: string
  readonly startAddress?: Count
  readonly dataStartAddress?: Count
  readonly numaNode?: number
  readonly targetNode?: number
  readonly memmap?: SummaryMemmap
}

export interface SummaryDaxDevice {
  readonly id: string
  readonly mode?: DaxMode
  readonly sizeBytes?: Count
  readonly alignBytes?: Count
  readonly numaNode?: number
  readonly targetNode?: number
  readonly origin?: string
  readonly memoryBlocks?: { readonly online?: Count; readonly total?: Count }
  readonly hiddenByHwloc?: string
  readonly memmap?: SummaryMemmap
}

export interface SummaryMemmapTotals {
  readonly fullBytes: Count
  readonly residentBytes: Count
  readonly ramBytes: Count
  readonly deviceBytes: Count
  readonly savedBytes: { readonly hvo: Count; readonly daxDedup: Count }
  readonly byNode: Readonly<Record<string, Count>>
  readonly pageTableBytes: Count
  readonly certainty: Certainty
  readonly measured?: MeasuredMemmap
  /** The kernel rules that were applied, and what decided their values. */
  readonly rules: readonly SummaryRule[]
  /** What the input left open and what was taken instead. */
  readonly notes: readonly string[]
}
