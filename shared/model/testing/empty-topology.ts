import { TOPOLOGY_SCHEMA, type Topology } from '../topology'

/** A topology with nothing in it but what a test adds. */
export function emptyTopology(parts: Partial<Topology> = {}): Topology {
  const nothing: Topology = {
    schema: TOPOLOGY_SCHEMA,
    input: { name: 'test', kind: 'spec' },
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
