import type { Dimm } from '../model/memory-modules'
import type { NumaNode, Topology } from '../model/topology'
import { known } from './known'
import type { SummaryDimm, SummaryNode } from './types'

/** A node as `info --json` prints it; its memory blocks are counted where their states are known. */
export function summariseNode(node: NumaNode, topology: Topology): SummaryNode {
  const caches = node.memorySideCaches
  return {
    id: node.nodeId,
    ...known({
      cpulist: node.cpuList,
      memoryBytes: node.memoryBytes,
      distances: node.distances,
      kinds: node.memoryKinds,
      tier: node.memoryTier,
      memoryBlocks: blocksOf(node, topology),
      hugepages: node.hugepagePools,
      memorySideCaches: caches?.map(({ level, sizeBytes }) => ({ level, sizeBytes })),
      accessClasses: node.accessClasses,
      proximityDomain: node.proximityDomain,
      interleaveWeight: node.interleaveWeight,
      hiddenByHwloc: node.hiddenByHwloc,
    }),
  }
}

function blocksOf(node: NumaNode, { memoryBlocks }: Topology): SummaryNode['memoryBlocks'] {
  const own = memoryBlocks.filter(({ nodeIds }) => nodeIds?.includes(node.nodeId) === true)
  const withState = own.filter(({ state }) => state !== undefined)
  if (withState.length === 0) return undefined
  const online = withState.filter(({ state }) => state?.startsWith('online') === true).length
  return { online, offline: withState.length - online }
}

/** A module or empty slot as `info --json` prints it. */
export function summariseDimm(dimm: Dimm): SummaryDimm {
  return known({
    locator: dimm.locator,
    bank: dimm.bank,
    sizeBytes: dimm.sizeBytes,
    type: dimm.memoryType,
    technology: dimm.technology,
    speedMTs: dimm.speedMTs,
    rank: dimm.rank,
    manufacturer: dimm.manufacturer,
    partNumber: dimm.partNumber,
    serial: dimm.serial,
    numaNode: dimm.nodeId,
    package: dimm.packageId,
    nvdimm: dimm.nvdimmId,
  })
}
