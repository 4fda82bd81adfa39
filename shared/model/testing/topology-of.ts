import { TOPOLOGY_SCHEMA, type Machine, type Topology } from '../topology'

/** A machine of which only the given parts are known, for tests. */
export function topologyOf(
  parts: Partial<Omit<Topology, 'machine'>> & { readonly machine?: Partial<Machine> },
): Topology {
  return {
    schema: TOPOLOGY_SCHEMA,
    input: { name: 'test', kind: 'sysfs' },
    packages: [],
    nodes: [],
    dimms: [],
    nvdimms: [],
    regions: [],
    namespaces: [],
    daxDevices: [],
    memoryBlocks: [],
    memoryTiers: [],
    iomem: [],
    zones: [],
    meminfo: {},
    vmstat: {},
    diagnostics: [],
    surveyed: [],
    ...parts,
    machine: {
      id: 'machine',
      sources: {},
      arch: 'x86_64',
      kernelRelease: '6.12.0',
      basePageBytes: 4096,
      structPageBytes: 64,
      ...parts.machine,
    },
  }
}
