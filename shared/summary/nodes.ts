import type { Dimm } from '../model/memory-modules'
import type { NumaNode } from '../model/topology'
import type { BlockCounts } from './block-counts'
import { known } from './known'
import type { SummaryDimm, SummaryNode } from './types'

/** A node as `info --json` prints it; its memory blocks are counted where their states are known. */
export function summariseNode(node: NumaNode, blocks: BlockCounts): SummaryNode {
  const caches = node.memorySideCaches
  return {
    id: node.nodeId,
    ...known({
      cpulist: node.cpuList,
      memoryBytes: node.memoryBytes,
      distances: node.distances,
      kinds: node.memoryKinds,
      tier: node.memoryTier,
      memoryBlocks: blocks.ofNode(node.nodeId),
      hugepages: node.hugepagePools,
      memorySideCaches: caches?.map(({ level, sizeBytes }) => ({ level, sizeBytes })),
      accessClasses: node.accessClasses,
      proximityDomain: node.proximityDomain,
      interleaveWeight: node.interleaveWeight,
      hiddenByHwloc: node.hiddenByHwloc,
    }),
  }
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
