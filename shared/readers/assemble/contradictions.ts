import type { Diagnostic } from '../../model/diagnostic'
import { describeSource } from '../../model/source'
import type { Nvdimm } from '../../model/memory-modules'
import type { ModelObject } from '../../model/model-object'
import type { PmemRegion, Topology } from '../../model/topology'

/**
 * Reports what cannot all be true although no two readers gave different values of one field: a region on node 1 whose
 * NVDIMMs sit in socket 0.
 */
export function findContradictions(
  topology: Topology,
  diagnose: (diagnostic: Diagnostic) => void,
): void {
  const nvdimms = new Map(topology.nvdimms.map((nvdimm) => [nvdimm.id, nvdimm]))
  const socketsOfNode = nodeSockets(topology)
  for (const region of topology.regions) {
    const sockets = region.numaNode === undefined ? undefined : socketsOfNode(region.numaNode)
    if (sockets === undefined) continue
    const stray = [region, ...membersOf(region, nvdimms)].find(
      ({ packageId }) => packageId !== undefined && !sockets.packageIds.has(packageId),
    )
    if (stray === undefined) continue
    const node = `${region.id} is on node${region.numaNode}${placeOf(region, 'numaNode')}`
    const known = sockets.isKnown ? ` of package ${[...sockets.packageIds].join(', ')}` : ''
    const socket = `${stray === region ? 'it' : `its ${stray.id}`} is in package ${stray.packageId}${placeOf(stray, 'packageId')}`
    const doubt = sockets.isKnown ? '' : '; both can be true only where a package has several nodes'
    diagnose({
      severity: 'warning',
      code: 'contradiction',
      where: `${region.id} · numaNode`,
      message: `${node}${known}, but ${socket}${doubt}`,
    })
  }
}

interface Sockets {
  readonly packageIds: ReadonlySet<number>
  /** False where the input names no CPUs, and one node to a package is assumed. */
  readonly isKnown: boolean
}

/** Answers which packages a node belongs to; undefined where nothing tells. */
function nodeSockets({
  packages,
  nodes,
  nvdimms,
  regions,
}: Topology): (nodeId: number) => Sockets | undefined {
  if (packages.length > 0) {
    return (nodeId) => {
      const own = packages.filter((item) => item.nodeIds?.includes(nodeId) === true)
      if (own.length === 0) return undefined
      return { packageIds: new Set(own.map(({ packageId }) => packageId)), isKnown: true }
    }
  }
  // Tools number packages from 0 without gaps; more nodes with CPUs than that means several nodes to a package.
  const packageIds = [...nvdimms, ...regions].map(({ packageId }) => packageId ?? 0)
  const packageCount = packageIds.reduce((most, id) => Math.max(most, id), 0) + 1
  const nodesWithCpus = nodes.filter(({ cpuList = '' }) => cpuList !== '').length
  return (nodeId) =>
    nodesWithCpus > packageCount ? undefined : { packageIds: new Set([nodeId]), isKnown: false }
}

function membersOf(
  { mappings = [] }: PmemRegion,
  nvdimms: ReadonlyMap<string, Nvdimm>,
): readonly Nvdimm[] {
  return mappings.flatMap(({ nvdimmId }) => nvdimms.get(nvdimmId) ?? [])
}

function placeOf(object: ModelObject, key: string): string {
  const source = object.sources[key]
  return source === undefined ? '' : ` (${describeSource(source)})`
}
