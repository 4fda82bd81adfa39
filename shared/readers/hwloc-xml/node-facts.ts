import { formatIdList } from '../../model/id-list'
import { ownValue } from '../../model/own-value'
import type {
  HugepagePool,
  MemoryAttribute,
  MemoryKind,
  MemorySideCache,
  NumaNode,
} from '../../model/topology'
import { FactSheet } from '../facts'
import { ownCpus } from './own-cpus'
import type { Place } from './place'
import type { HwlocObject, HwlocTopology } from './topology'

/** NUMA nodes with what their objects, memory attributes and latency matrix say; nodes without an os_index are left out. */
export function nodeFacts(
  topology: HwlocTopology,
  place: Place,
  distances: ReadonlyMap<number, Readonly<Record<string, number>>>,
): readonly NumaNode[] {
  const cpus = ownCpus(topology.nodes)
  const attributes = attributesByNode(topology)
  return topology.nodes.flatMap((node, index) => {
    const nodeId = node.osIndex
    if (nodeId === undefined) return []
    const at = (what: string) => place.source(node.line, what)
    const own = cpus[index]
    const values = attributes.get(node.gpIndex)
    return new FactSheet<NumaNode>(`node${nodeId}`)
      .set('nodeId', nodeId, at('os_index'))
      .set(
        'cpuList',
        own === undefined ? undefined : formatIdList(own),
        place.derived('cpuset of the node, which no other node shares'),
      )
      .set('memoryBytes', memoryOf(node), at('local_memory'))
      .set('distances', distances.get(nodeId), place.derived('latency matrix of the file'))
      .set('hugepagePools', poolsOf(node), at('page_type'))
      .set('memorySideCaches', cachesOf(node), at('MemCache around it'))
      .set(
        'memoryKinds',
        kindsOf(node, topology),
        place.derived('subtype, DAX type or tier that hwloc gives the node'),
      )
      .set('memoryAttributes', values, at('memattr'))
      .finish()
  })
}

/** hwloc leaves local_memory out where it is 0, and lists page sizes only where it could look. */
function memoryOf({ localBytes, pageTypes }: HwlocObject): number | undefined {
  if (localBytes !== undefined) return localBytes
  return pageTypes.length > 0 && pageTypes.every(({ count }) => count === 0) ? 0 : undefined
}

/** All page sizes but the smallest, which is the base page: its count is what is not in hugepages. */
export function poolsOf({ pageTypes }: HwlocObject): readonly HugepagePool[] | undefined {
  const pools = [...pageTypes]
    .sort((a, b) => a.sizeBytes - b.sizeBytes)
    .slice(1)
    .map(({ sizeBytes, count }) => ({ sizeBytes, total: count }))
  return pools.length === 0 ? undefined : pools
}

function cachesOf({ caches }: HwlocObject): readonly MemorySideCache[] | undefined {
  if (caches.length === 0) return undefined
  return caches.map(({ sizeBytes, depth, lineBytes }, index) => ({
    level: depth ?? index + 1,
    sizeBytes,
    ...(lineBytes === undefined ? {} : { lineBytes }),
  }))
}

/** hwloc_memory_tier_type_snprintf (hwloc/memattrs.c); SPM may be anything. MCDRAM is what 1.x and 2.0 said for HBM. */
const KIND_OF_WORD: Readonly<Record<string, MemoryKind>> = {
  DRAM: 'dram',
  HBM: 'hbm',
  MCDRAM: 'hbm',
  NVM: 'pmem',
  GPUMemory: 'gpu',
  CXL: 'cxl',
}

/** hwloc_memory_tier_type_e, bit by bit (hwloc/memattrs.c). */
const KIND_OF_BIT: readonly (MemoryKind | undefined)[] = [
  'hbm',
  'dram',
  'gpu',
  undefined,
  'pmem',
  'cxl',
]

function kindsOf(node: HwlocObject, topology: HwlocTopology): readonly MemoryKind[] | undefined {
  const words = [...(node.subtype?.split('-') ?? []), node.infos.get('DAXType') ?? '']
  const named = words.flatMap((word) => ownValue(KIND_OF_WORD, word) ?? [])
  if (named.length > 0) return [...new Set(named)]
  const bits = topology.memoryTiers
    .filter(({ nodeIds }) => node.osIndex !== undefined && nodeIds.includes(node.osIndex))
    .flatMap(({ kinds }) => KIND_OF_BIT.filter((_, bit) => (kinds >> bit) & 1))
    .filter((kind) => kind !== undefined)
  return bits.length > 0 ? [...new Set(bits)] : undefined
}

function attributesByNode({
  attributeValues,
  nodes,
}: HwlocTopology): ReadonlyMap<string | undefined, readonly MemoryAttribute[]> {
  const byNode = new Map<string | undefined, MemoryAttribute[]>()
  for (const { targetGpIndex, name, value, initiator } of attributeValues) {
    const list = byNode.get(targetGpIndex) ?? []
    list.push({ name, value, ...(initiator === undefined ? {} : { initiator }) })
    byNode.set(targetGpIndex, list)
  }
  for (const { gpIndex, infos } of nodes) {
    const rank = /^\d{1,3}$/.exec(infos.get('MemoryTier') ?? '')?.[0]
    if (rank === undefined || gpIndex === undefined) continue
    byNode.set(gpIndex, [
      ...(byNode.get(gpIndex) ?? []),
      { name: 'MemoryTier', value: Number(rank) },
    ])
  }
  return byNode
}
