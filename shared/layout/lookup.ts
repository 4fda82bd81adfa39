import type { CxlMemdev, CxlRegion } from '../model/cxl'
import type { Dimm, Nvdimm } from '../model/memory-modules'
import type { ObjectId } from '../model/model-object'
import type {
  CpuPackage,
  DaxDevice,
  Namespace,
  NumaNode,
  PmemRegion,
  Topology,
} from '../model/topology'

/** Objects by what drawings look them up by: a search for each would take the square of their number. */
export interface Lookup {
  readonly nodes: ReadonlyMap<ObjectId, NumaNode>
  readonly nodeByNumber: ReadonlyMap<number, NumaNode>
  readonly packageByNumber: ReadonlyMap<number, CpuPackage>
  readonly regions: ReadonlyMap<ObjectId, PmemRegion>
  readonly namespaces: ReadonlyMap<ObjectId, Namespace>
  readonly namespacesOfRegion: ReadonlyMap<ObjectId | undefined, readonly Namespace[]>
  readonly nvdimms: ReadonlyMap<ObjectId, Nvdimm>
  readonly dimmOfNvdimm: ReadonlyMap<ObjectId | undefined, Dimm>
  readonly daxDevices: ReadonlyMap<ObjectId, DaxDevice>
  readonly daxOfNamespace: ReadonlyMap<ObjectId | undefined, readonly DaxDevice[]>
  readonly daxOfCxlRegion: ReadonlyMap<ObjectId | undefined, readonly DaxDevice[]>
  /** Devices that became memory of a node, by its number. */
  readonly systemRamOfNode: ReadonlyMap<number | undefined, readonly DaxDevice[]>
  readonly cxlRegions: ReadonlyMap<ObjectId, CxlRegion>
  readonly cxlMemdevs: ReadonlyMap<ObjectId, CxlMemdev>
}

const known = new WeakMap<Topology, Lookup>()

/** The lookup of a topology, made once. */
export function lookupOf(topology: Topology): Lookup {
  const cached = known.get(topology)
  if (cached !== undefined) return cached
  const systemRam = topology.daxDevices.filter(({ mode }) => mode === 'system-ram')
  const lookup: Lookup = {
    nodes: firstBy(topology.nodes, idOf),
    nodeByNumber: firstBy(topology.nodes, ({ nodeId }) => nodeId),
    packageByNumber: firstBy(topology.packages, ({ packageId }) => packageId),
    regions: firstBy(topology.regions, idOf),
    namespaces: firstBy(topology.namespaces, idOf),
    namespacesOfRegion: groupBy(topology.namespaces, ({ regionId }) => regionId),
    nvdimms: firstBy(topology.nvdimms, idOf),
    dimmOfNvdimm: firstBy(topology.dimms, ({ nvdimmId }) => nvdimmId),
    daxDevices: firstBy(topology.daxDevices, idOf),
    daxOfNamespace: groupBy(topology.daxDevices, ({ namespaceId }) => namespaceId),
    daxOfCxlRegion: groupBy(topology.daxDevices, ({ cxlRegionId }) => cxlRegionId),
    systemRamOfNode: groupBy(systemRam, ({ targetNode }) => targetNode),
    cxlRegions: firstBy(topology.cxlRegions, idOf),
    cxlMemdevs: firstBy(topology.cxlMemdevs, idOf),
  }
  known.set(topology, lookup)
  return lookup
}

function idOf({ id }: { readonly id: ObjectId }): ObjectId {
  return id
}

/** The first item of each key, as a search from the start would find it. */
export function firstBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, T> {
  const found = new Map<K, T>()
  for (const item of items) if (!found.has(keyOf(item))) found.set(keyOf(item), item)
  return found
}

/** All items of each key, in order. */
export function groupBy<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
