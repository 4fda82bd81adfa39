import type { Topology } from '../../model/topology'

/** What of a machine a specification has no words for, or the writer leaves out, a line each, in words for people. */
export function lostOf(topology: Topology): readonly string[] {
  const { nodes, memoryBlocks, machine } = topology
  const lines: string[] = []
  if (topology.cxlMemdevs.length + topology.cxlPorts.length > 0) {
    lines.push('CXL devices, ports and decoders; their memory is given as dax devices')
  }
  if (memoryBlocks.some(({ state }) => state === 'offline')) lines.push('offline memory blocks')
  if (nodes.some(({ accessClasses, memorySideCaches }) => accessClasses ?? memorySideCaches)) {
    lines.push('access classes and memory-side caches')
  }
  if (topology.namespaces.some(({ state }) => state === 'disabled')) {
    lines.push('that some namespaces are disabled')
  }
  if (machine.hugetlbSections !== undefined) lines.push('where hugepages lie')
  if (topology.namespaces.some(({ mode }) => mode === undefined)) {
    lines.push('that the mode of some namespaces is not known; they are given as raw')
  }
  if ([...topology.dimms, ...topology.regions].some(({ sizeBytes }) => sizeBytes === undefined)) {
    lines.push('modules and regions whose size is not known')
  }
  if (topology.dimms.some((dimm) => dimm.packageId === undefined && dimm.nodeId === undefined)) {
    lines.push('that the socket of some modules is not known; they are given to the first')
  }
  return lines
}
