import { TOPOLOGY_SCHEMA, type Topology } from './topology'

/** A topology in which only the given parts are known. */
export function emptyTopology(parts: Partial<Topology> = {}): Topology {
  const nothing: Topology = {
    schema: TOPOLOGY_SCHEMA,
    input: { name: 'nothing', kind: 'spec' },
    machine: { id: 'machine', sources: {} },
    packages: [],
    nodes: [],
    memoryArrays: [],
    dimms: [],
    nvdimms: [],
    regions: [],
    namespaces: [],
    daxDevices: [],
    memoryBlocks: [],
    memoryTiers: [],
    cxlMemdevs: [],
    cxlPorts: [],
    cxlDecoders: [],
    cxlRegions: [],
    cxlWindows: [],
    p2pProviders: [],
    firmwareRanges: [],
    distanceMatrices: [],
    iomem: [],
    zones: [],
    meminfo: {},
    vmstat: {},
    diagnostics: [],
    surveyed: [],
  }
  return { ...nothing, ...parts }
}
