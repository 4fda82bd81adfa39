import type { Dimm, Nvdimm } from '../../shared/model/memory-modules'
import type { ObjectId } from '../../shared/model/model-object'
import type {
  CpuPackage,
  DaxDevice,
  Machine,
  MemoryBlock,
  MemoryTier,
  Namespace,
  NumaNode,
  PmemRegion,
  Topology,
} from '../../shared/model/topology'

/** An object of the topology together with what kind it is. */
export type ObjectEntry =
  | { readonly kind: 'machine'; readonly object: Machine }
  | { readonly kind: 'package'; readonly object: CpuPackage }
  | { readonly kind: 'node'; readonly object: NumaNode }
  | { readonly kind: 'dimm'; readonly object: Dimm }
  | { readonly kind: 'nvdimm'; readonly object: Nvdimm }
  | { readonly kind: 'region'; readonly object: PmemRegion }
  | { readonly kind: 'namespace'; readonly object: Namespace }
  | { readonly kind: 'dax-device'; readonly object: DaxDevice }
  | { readonly kind: 'memory-block'; readonly object: MemoryBlock }
  | { readonly kind: 'memory-tier'; readonly object: MemoryTier }

export type ObjectKind = ObjectEntry['kind']

export type ObjectIndex = ReadonlyMap<ObjectId, ObjectEntry>

/** Every selectable object by its id. */
export function indexObjects(topology: Topology): ObjectIndex {
  const entries: readonly ObjectEntry[] = [
    { kind: 'machine', object: topology.machine },
    ...topology.packages.map((object) => ({ kind: 'package', object }) as const),
    ...topology.nodes.map((object) => ({ kind: 'node', object }) as const),
    ...topology.dimms.map((object) => ({ kind: 'dimm', object }) as const),
    ...topology.nvdimms.map((object) => ({ kind: 'nvdimm', object }) as const),
    ...topology.regions.map((object) => ({ kind: 'region', object }) as const),
    ...topology.namespaces.map((object) => ({ kind: 'namespace', object }) as const),
    ...topology.daxDevices.map((object) => ({ kind: 'dax-device', object }) as const),
    ...topology.memoryBlocks.map((object) => ({ kind: 'memory-block', object }) as const),
    ...topology.memoryTiers.map((object) => ({ kind: 'memory-tier', object }) as const),
  ]
  return new Map(entries.map((entry) => [entry.object.id, entry]))
}

const KIND_TITLES: Readonly<Record<ObjectKind, string>> = {
  machine: 'Machine',
  package: 'CPU package',
  node: 'NUMA node',
  dimm: 'DIMM',
  nvdimm: 'NVDIMM',
  region: 'PMEM region',
  namespace: 'Namespace',
  'dax-device': 'DAX device',
  'memory-block': 'Memory block',
  'memory-tier': 'Memory tier',
}

export function kindTitle(kind: ObjectKind): string {
  return KIND_TITLES[kind]
}

/** The name that people know an object by; its id where it has none. */
export function objectName(entry: ObjectEntry): string {
  if (entry.kind === 'machine') return entry.object.hostname ?? 'machine'
  if (entry.kind === 'dimm') return entry.object.locator ?? entry.object.id
  return entry.object.id
}

/** A few words on what the object is, such as `devdax, map=mem`; undefined when nothing is known. */
export function objectDetail(entry: ObjectEntry): string | undefined {
  switch (entry.kind) {
    case 'machine':
      return join(entry.object.product, kernelName(entry.object.kernelRelease), entry.object.arch)
    case 'package':
      return entry.object.cpuIds.length === 1 ? '1 CPU' : `${entry.object.cpuIds.length} CPUs`
    case 'node':
      return join(entry.object.memoryKinds?.join(' + '))
    case 'dimm':
      return join(entry.object.memoryType, entry.object.technology)
    case 'nvdimm':
      return join(entry.object.state)
    case 'region':
      return join(entry.object.regionType)
    case 'namespace': {
      const { mode, map } = entry.object
      return join(mode, map === undefined || map === 'none' ? undefined : `map=${map}`)
    }
    case 'dax-device':
      return join(entry.object.mode)
    case 'memory-block':
      return join(entry.object.state, entry.object.validZones)
    case 'memory-tier':
      return undefined
  }
}

/** Memory of an object in bytes: what it has or, for a namespace, takes from its region. */
export function objectSizeBytes(entry: ObjectEntry, machine: Machine): number | undefined {
  switch (entry.kind) {
    case 'machine':
    case 'node':
      return entry.object.memoryBytes
    case 'dimm':
    case 'region':
    case 'dax-device':
      return entry.object.sizeBytes
    case 'nvdimm':
      return entry.object.mappedBytes
    case 'namespace':
      return entry.object.rawBytes ?? entry.object.usableBytes
    case 'memory-block':
      return machine.memoryBlockBytes
    case 'package':
    case 'memory-tier':
      return undefined
  }
}

function kernelName(release: string | undefined): string | undefined {
  return release === undefined ? undefined : `Linux ${release}`
}

function join(...parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.filter((part) => part !== undefined && part !== '')
  return known.length === 0 ? undefined : known.join(', ')
}
