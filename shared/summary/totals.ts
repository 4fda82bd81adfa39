import type { ObjectListName, Topology } from '../model/topology'
import { known } from './known'
import type { Summary } from './types'

/** Counts over the machine. A list that no reader could look for has no count. */
export function totalsOf(topology: Topology): Summary['totals'] {
  const { machine, nodes, dimms } = topology
  const counted = (name: ObjectListName, count: number) =>
    topology.surveyed.includes(name) ? count : undefined
  return known({
    memoryBytes: machine.memoryBytes,
    packages: counted('packages', topology.packages.length),
    cpus: machine.cpuCount,
    numaNodes: counted('nodes', nodes.length),
    cpulessNodes: nodes.every(({ cpuList }) => cpuList !== undefined)
      ? counted('nodes', nodes.filter(({ cpuList }) => cpuList === '').length)
      : undefined,
    memorylessNodes: nodes.every(({ memoryBytes }) => memoryBytes !== undefined)
      ? counted('nodes', nodes.filter(({ memoryBytes }) => memoryBytes === 0).length)
      : undefined,
    dimms: counted('dimms', dimms.filter(({ sizeBytes }) => sizeBytes !== 0).length),
    emptyDimmSlots: listsSlots(topology)
      ? counted('dimms', dimms.filter(({ sizeBytes }) => sizeBytes === 0).length)
      : undefined,
    nvdimms: counted('nvdimms', topology.nvdimms.length),
    pmemRegions: counted('regions', topology.regions.length),
    namespaces: counted('namespaces', topology.namespaces.length),
    daxDevices: counted('daxDevices', topology.daxDevices.length),
    memoryBlocks: counted('memoryBlocks', topology.memoryBlocks.length),
    memoryBlockBytes: machine.memoryBlockBytes,
    memorySideCaches: counted(
      'nodes',
      nodes.reduce((sum, node) => sum + (node.memorySideCaches?.length ?? 0), 0),
    ),
    cxlMemdevs: counted('cxlMemdevs', topology.cxlMemdevs.length),
    cxlRegions: counted('cxlRegions', topology.cxlRegions.length),
    p2pProviders: counted('p2pProviders', topology.p2pProviders.length),
  })
}

/** EDAC and lists of modules say nothing of the slots between them; SMBIOS, dmidecode and specifications do. */
function listsSlots({ memoryArrays, dimms, input }: Topology): boolean {
  return (
    memoryArrays.length > 0 ||
    input.kind === 'spec' ||
    dimms.some(({ sizeBytes }) => sizeBytes === 0)
  )
}
