import type { AddressRange, Bytes } from '../model/units'
import type { ObjectId } from '../model/model-object'
import type { RuleUse } from './kernel-rules'

/** Why the resident struct pages of a range differ from 64 bytes a page, or that they do not. */
export type Mechanism = 'flat' | 'hvo' | 'dax-dedup' | 'altmap' | 'memmap-on-memory' | 'none'

export type Certainty = 'exact' | 'upper-bound' | 'estimated'

/** Where resident struct-page bytes lie. */
export type BackingPlace =
  /** Ordinary RAM of a node; `nodeId` absent when it cannot be told. */
  | { readonly kind: 'node'; readonly nodeId?: number }
  /** On the namespace itself (altmap). */
  | { readonly kind: 'device'; readonly objectId: ObjectId }
  /** At the head of each hot-added memory block itself (memmap_on_memory); counts as the node's own. */
  | { readonly kind: 'self'; readonly nodeId: number }

export interface Backing {
  readonly place: BackingPlace
  readonly bytes: Bytes
}

/** One step of how a number came about, ready to print. */
export interface DerivationStep {
  /** The formula with the machine's own values, such as `32 sections × 2 MiB = 67108864 B`. */
  readonly text: string
  /** The rule's source, such as `DOMAIN §1.3; include/linux/mmzone.h (7.3)`. */
  readonly rule: string
}

/** The struct pages of one contiguous range of physical memory. */
export interface MemmapExtent {
  /** Unique: `memmap:namespace0.3`, `memmap:node0:0x0`. */
  readonly id: string
  /** The object whose memory these struct pages describe: a node (boot RAM), a namespace, a dax device. */
  readonly ownerId: ObjectId
  /** The memory described; absent where the input has no addresses. */
  readonly range?: AddressRange
  /** Bytes of memory described. */
  readonly memoryBytes: Bytes
  readonly structPages: number
  readonly fullBytes: Bytes
  readonly residentBytes: Bytes
  readonly backing: readonly Backing[]
  readonly mechanism: Mechanism
  /** Page-table pages that the mechanism costs on top. */
  readonly pageTableBytes: Bytes
  readonly certainty: Certainty
  readonly derivation: readonly DerivationStep[]
  /** vmemmap pages that optimised hugepages share; part of what is resident (DOMAIN §14.1). */
  readonly sharedTailPages?: number
  /** The range is made up for memory of a device that no CPU can address (DOMAIN §5.1). */
  readonly isDevicePrivate?: true
}

/** Sums over extents; `ramBytes + deviceBytes = residentBytes`, `fullBytes − residentBytes = savedBytes` (CONTRACT, Summary). */
export interface MemmapTotals {
  readonly structPages: number
  readonly fullBytes: Bytes
  readonly residentBytes: Bytes
  readonly ramBytes: Bytes
  readonly deviceBytes: Bytes
  readonly savedBytes: { readonly hvo: Bytes; readonly daxDedup: Bytes }
  readonly pageTableBytes: Bytes
  /** Resident bytes by node id in decimal; bytes on namespaces under `device`. */
  readonly byNode: Readonly<Record<string, Bytes>>
  readonly certainty: Certainty
}

export interface MemmapAccount {
  /** Sorted by address, then id. */
  readonly extents: readonly MemmapExtent[]
  readonly totals: MemmapTotals
  /** Every kernel rule that was applied, and what decided its value. */
  readonly rules: readonly RuleUse[]
  /** What the input left open and what was taken instead, in words. */
  readonly notes: readonly string[]
  /** What the kernel's own counters say, where it has them (6.8 and later) (DOMAIN §2.3). */
  readonly measured?: MeasuredMemmap
}

export interface MeasuredMemmap {
  readonly source: string
  readonly residentBytes: Bytes
  /** Measured less computed. */
  readonly differenceBytes: number
  /** Known habits of the counters that make up the difference. */
  readonly explained: readonly Discrepancy[]
  /** What of the difference remains. */
  readonly unexplainedBytes: number
}

export interface Discrepancy {
  readonly bytes: number
  readonly text: string
  readonly rule: string
}
