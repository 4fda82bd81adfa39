import type { Diagnostic } from '../../model/diagnostic'
import { describeSource } from '../../model/source'
import type { Topology } from '../../model/topology'

/**
 * Reports what cannot all be true although no two readers gave different values of one field: a region on node 1 whose
 * NVDIMMs sit in socket 0.
 */
export function findContradictions(
  topology: Topology,
  diagnose: (diagnostic: Diagnostic) => void,
): void {
  const packagesOfNode = (nodeId: number) =>
    topology.packages.filter((item) => item.nodeIds?.includes(nodeId) === true)
  const nvdimms = new Map(topology.nvdimms.map((nvdimm) => [nvdimm.id, nvdimm]))
  for (const region of topology.regions) {
    if (region.numaNode === undefined) continue
    const packageIds = new Set(packagesOfNode(region.numaNode).map(({ packageId }) => packageId))
    if (packageIds.size === 0) continue
    for (const { nvdimmId } of region.mappings ?? []) {
      const nvdimm = nvdimms.get(nvdimmId)
      const source = nvdimm?.sources['packageId']
      if (nvdimm?.packageId === undefined || packageIds.has(nvdimm.packageId)) continue
      diagnose({
        severity: 'warning',
        code: 'contradiction',
        where: `${region.id} · numaNode`,
        message: `${region.id} is on node${region.numaNode} of package ${[...packageIds].join(', ')}, but its ${nvdimmId} is in package ${nvdimm.packageId}${source === undefined ? '' : ` (${describeSource(source)})`}`,
      })
      break
    }
  }
}
