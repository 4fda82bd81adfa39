import type { MemorySideCache } from '../model/topology'

/**
 * What the tables of ACPI say by proximity domain. `assemble` gives it to nodes once it knows which domain a node is:
 * the two numbers differ in general (DOMAIN §13.7).
 */
export interface ProximityFacts {
  /** SLIT: domain i to domain j at `values[i * size + j]`. */
  readonly distances?: {
    readonly size: number
    readonly values: readonly number[]
    readonly path: string
  }
  readonly caches: readonly DomainCache[]
  readonly initiators: readonly AttachedInitiator[]
  readonly access: readonly AccessTable[]
}

/** HMAT structure 2: a cache in front of the memory of a domain. */
export interface DomainCache {
  readonly domain: number
  readonly cache: MemorySideCache
  readonly path: string
}

/** HMAT structure 0: the domain whose processors the memory of another is attached to. */
export interface AttachedInitiator {
  readonly memoryDomain: number
  readonly initiatorDomain: number
}

export type AccessMeasure =
  'readLatencyNs' | 'writeLatencyNs' | 'readBandwidthMBs' | 'writeBandwidthMBs'

/** HMAT structure 1 for memory (not for a cache): row by row, an initiator each; 0 where there is no value. */
export interface AccessTable {
  /** Two where the table makes no difference between reading and writing. */
  readonly measures: readonly AccessMeasure[]
  readonly initiatorDomains: readonly number[]
  readonly targetDomains: readonly number[]
  readonly values: readonly number[]
  readonly path: string
}

/** What a matrix calls a proximity domain until its node is known. */
export function domainName(domain: number): string {
  return `proximity domain ${domain}`
}
