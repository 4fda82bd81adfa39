import type { Topology } from '../../shared/model/topology'
import type { ObjectEntry } from '../document/object-index'
import { ids, nodeIdOf, type Relation } from './relation'

type CxlEntry = Extract<
  ObjectEntry,
  { readonly kind: 'cxl-window' | 'cxl-memdev' | 'cxl-port' | 'cxl-decoder' | 'cxl-region' }
>

/** What a CXL object hangs on: the way from window to region to device, and back. */
export function cxlRelations(topology: Topology, entry: CxlEntry): readonly Relation[] {
  switch (entry.kind) {
    case 'cxl-window':
      return [
        ['Root decoder', [entry.object.rootDecoderId]],
        [
          'Regions',
          ids(
            topology.cxlRegions,
            ({ rootDecoderId }) =>
              rootDecoderId !== undefined && rootDecoderId === entry.object.rootDecoderId,
          ),
        ],
      ]
    case 'cxl-memdev': {
      const { id, numaNode, endpointId } = entry.object
      return [
        ['Endpoint', [endpointId]],
        [
          'Regions',
          ids(topology.cxlRegions, ({ targets }) =>
            (targets ?? []).some(({ memdevId }) => memdevId === id),
          ),
        ],
        ['NVDIMMs', ids(topology.nvdimms, ({ cxlMemdevId }) => cxlMemdevId === id)],
        ['Node', [nodeIdOf(numaNode)]],
      ]
    }
    case 'cxl-port': {
      const { id, parentPortId, memdevId } = entry.object
      return [
        ['Parent', [parentPortId]],
        ['Ports below', ids(topology.cxlPorts, (port) => port.parentPortId === id)],
        ['Decoders', ids(topology.cxlDecoders, ({ portId }) => portId === id)],
        ['Device', [memdevId]],
      ]
    }
    case 'cxl-decoder': {
      const { id, portId, cxlRegionId } = entry.object
      return [
        ['Port', [portId]],
        ['Region', [cxlRegionId]],
        ['Windows', ids(topology.cxlWindows, ({ rootDecoderId }) => rootDecoderId === id)],
      ]
    }
    case 'cxl-region': {
      const { id, rootDecoderId, targets } = entry.object
      return [
        ['Root decoder', [rootDecoderId]],
        ['Devices', (targets ?? []).map(({ memdevId }) => memdevId)],
        ['Decoders', (targets ?? []).map(({ decoderId }) => decoderId)],
        ['DAX devices', ids(topology.daxDevices, ({ cxlRegionId }) => cxlRegionId === id)],
        ['PMEM regions', ids(topology.regions, ({ cxlRegionId }) => cxlRegionId === id)],
      ]
    }
  }
}
