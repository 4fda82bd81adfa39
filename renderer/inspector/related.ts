import type { Topology } from '../../shared/model/topology'
import type { ObjectEntry } from '../document/object-index'
import type { OpenDocument } from '../document/open-document'
import { cxlRelations } from './cxl-relations'
import { ids, nodeIdOf, packageIdOf, type Relation } from './relation'

export interface RelatedGroup {
  readonly title: string
  readonly objectIds: readonly string[]
}

/** Objects that an object contains, lies in or hangs on, by what they are. */
export function relatedObjects(
  document: OpenDocument,
  entry: ObjectEntry,
): readonly RelatedGroup[] {
  const found = [...relations(document.topology, entry)]
  return found
    .map(([title, ids]) => ({
      title,
      objectIds: [...new Set(ids)].filter(
        (id): id is string => id !== undefined && document.objects.has(id),
      ),
    }))
    .filter((group) => group.objectIds.length > 0)
}

function relations(topology: Topology, entry: ObjectEntry): readonly Relation[] {
  const { object } = entry
  const daxOn = (namespaceId: string) =>
    ids(topology.daxDevices, (device) => device.namespaceId === namespaceId)
  switch (entry.kind) {
    case 'machine':
      return [
        ['Nodes', ids(topology.nodes, () => true)],
        ['Packages', ids(topology.packages, () => true)],
        ['Regions', ids(topology.regions, () => true)],
      ]
    case 'package':
      return [
        ['Nodes', (entry.object.nodeIds ?? []).map(nodeIdOf)],
        ['DIMMs', ids(topology.dimms, (dimm) => dimm.packageId === entry.object.packageId)],
        ['NVDIMMs', ids(topology.nvdimms, (dimm) => dimm.packageId === entry.object.packageId)],
      ]
    case 'node': {
      const { nodeId } = entry.object
      return [
        ['Packages', ids(topology.packages, (item) => item.nodeIds?.includes(nodeId) === true)],
        ['Regions', ids(topology.regions, (region) => region.numaNode === nodeId)],
        [
          'DAX devices',
          ids(
            topology.daxDevices,
            (item) => item.numaNode === nodeId || item.targetNode === nodeId,
          ),
        ],
        ['DIMMs', ids(topology.dimms, (dimm) => dimm.nodeId === nodeId)],
        ['Memory tiers', ids(topology.memoryTiers, (tier) => tier.nodeIds.includes(nodeId))],
      ]
    }
    case 'dimm':
      return [
        ['Node', [nodeIdOf(entry.object.nodeId)]],
        ['Package', [packageIdOf(entry.object.packageId)]],
        ['NVDIMM', [entry.object.nvdimmId]],
        ['Memory array', [entry.object.arrayId]],
      ]
    case 'nvdimm':
      return [
        [
          'Regions',
          ids(
            topology.regions,
            (region) => region.mappings?.some((item) => item.nvdimmId === object.id) === true,
          ),
        ],
        ['Package', [packageIdOf(entry.object.packageId)]],
        ['DIMM', ids(topology.dimms, (dimm) => dimm.nvdimmId === object.id)],
      ]
    case 'region':
      return [
        ['Namespaces', ids(topology.namespaces, (item) => item.regionId === object.id)],
        ['NVDIMMs', (entry.object.mappings ?? []).map((mapping) => mapping.nvdimmId)],
        ['Nodes', [nodeIdOf(entry.object.numaNode), nodeIdOf(entry.object.targetNode)]],
      ]
    case 'namespace':
      return [
        ['Region', [entry.object.regionId]],
        ['DAX devices', daxOn(object.id)],
        ['Nodes', [nodeIdOf(entry.object.numaNode), nodeIdOf(entry.object.targetNode)]],
      ]
    case 'dax-device':
      return [
        ['Namespace', [entry.object.namespaceId]],
        ['CXL region', [entry.object.cxlRegionId]],
        ['Nodes', [nodeIdOf(entry.object.numaNode), nodeIdOf(entry.object.targetNode)]],
      ]
    case 'memory-block':
      return [['Nodes', (entry.object.nodeIds ?? []).map(nodeIdOf)]]
    case 'memory-tier':
      return [['Nodes', entry.object.nodeIds.map(nodeIdOf)]]
    case 'p2p-provider':
      return [['Node', [nodeIdOf(entry.object.numaNode)]]]
    case 'memory-array':
      return [['DIMMs', ids(topology.dimms, (dimm) => dimm.arrayId === object.id)]]
    case 'firmware-range':
      return [
        [
          'Nodes',
          ids(
            topology.nodes,
            ({ proximityDomain }) =>
              proximityDomain !== undefined && proximityDomain === entry.object.proximityDomain,
          ),
        ],
      ]
    case 'distance-matrix':
      return [['Members', entry.object.members]]
    case 'cxl-window':
    case 'cxl-memdev':
    case 'cxl-port':
    case 'cxl-decoder':
    case 'cxl-region':
      return cxlRelations(topology, entry)
  }
}
