import { readFileSync } from 'node:fs'
import { testDataPath } from './test-data'

/** What X.expected.json of the hwloc data says of a tree (INDEX.md there): `sysfs` was computed straight from its files. */
export interface ExpectedTree {
  readonly sysfs: {
    readonly nodes: readonly ExpectedNode[]
    readonly n_cpu_less: number
    readonly n_memory_less: number
    readonly total_mem_bytes: number
    readonly n_memory_side_caches: number
    readonly n_memory_blocks: number
    readonly global_hugepages: Readonly<Record<string, number>>
    readonly proc_meminfo_total_bytes?: number
    readonly dax_devices: readonly {
      readonly name: string
      readonly size: number
      readonly target_node: number
      readonly numa_node?: number
      readonly resource?: number
      readonly align?: number
      readonly driver: string
      readonly mappings?: readonly { readonly start: number; readonly end: number }[]
    }[]
    readonly nd_objects: Readonly<Record<string, Readonly<Record<string, string>>>>
    readonly pmem_blockdevs: readonly string[]
    readonly dimm_slots: number
    readonly dimms_populated: readonly {
      readonly handle: number
      readonly size_bytes: number
      readonly locator: string
      readonly type: string
      readonly speed_mts: number
      readonly serial: string
      readonly part: string
    }[]
    readonly kernel: string
    readonly dmi_product: string | null
  }
  readonly hwloc: Readonly<Record<string, ExpectedHwloc>>
}

export interface ExpectedNode {
  readonly id: number
  readonly mem_total_bytes: number
  readonly cpus: number
  readonly memory_block_ids?: string
  readonly distance?: readonly number[]
  readonly nr_hugepages?: Readonly<Record<string, number>>
  readonly memory_side_caches?: readonly {
    readonly level: number
    readonly size: number
    readonly line_size: number
  }[]
  readonly access?: Readonly<Record<string, ExpectedAccess>>
}

export interface ExpectedAccess {
  readonly read_bandwidth: number
  readonly write_bandwidth: number
  readonly read_latency: number
  readonly write_latency: number
  readonly initiators: readonly number[]
}

export interface ExpectedHwloc {
  readonly packages: number
  readonly pus: number
  readonly numa: readonly { readonly os: number }[]
  readonly dax_devices: readonly string[]
}

export interface ExpectedBlocks {
  readonly block_size_bytes: number
  readonly n_blocks: number
  readonly online: number
  readonly offline: number
  readonly online_bytes: number
}

/** Reads the expectations of a case; `T` is what its kind of file holds. */
export function expectedOf<T>(name: string): T {
  return JSON.parse(readFileSync(testDataPath(`hwloc/${name}.expected.json`), 'utf8')) as T
}
