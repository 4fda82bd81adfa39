import { parseIdList } from '../../model/id-list'
import type { Source } from '../../model/source'
import type { NumaNode } from '../../model/topology'
import type { TreeFiles } from '../tree-files'
import { allowedNodes } from './allowed-nodes'

/**
 * Nodes with the reason why lstopo would not show them (hwloc 2.9, topology-linux.c look_sysfsnode; DOMAIN §13.13), and
 * GPU memory named as such. `gpus` holds the nodes of GPUs and the files that name them.
 */
export function hiddenNodes(
  files: TreeFiles,
  nodes: readonly NumaNode[],
  gpus: ReadonlyMap<number, string>,
): readonly NumaNode[] {
  const allowed = allowedNodes(files)
  const nodeOfCpu = new Map<number, number>()
  return nodes.map((node) => {
    const gpuPath = gpus.get(node.nodeId)
    const twin = firstNodeWith(node, nodeOfCpu)
    if (gpuPath !== undefined) {
      return withFacts(node, files.source(gpuPath, 'Node'), {
        memoryKinds: ['gpu'],
        hiddenByHwloc: 'it is the memory of a GPU',
      })
    }
    if (twin !== undefined) {
      return withFacts(node, files.source(`sys/devices/system/node/node${node.nodeId}/cpumap`), {
        hiddenByHwloc: `its CPUs are also those of node${twin}, which makes it a duplicate`,
      })
    }
    // Its cpuset may allow such a node only in a dump that somebody edited (cpusets hold nodes of N_MEMORY).
    const isAllowed = allowed?.nodeIds.has(node.nodeId)
    if (node.memoryBytes === 0 && isAllowed !== true) {
      return withFacts(node, node.sources['memoryBytes'], {
        hiddenByHwloc: 'it has no memory, so no cpuset allows it',
      })
    }
    if (allowed !== undefined && isAllowed === false) {
      return withFacts(node, files.source(allowed.path), {
        hiddenByHwloc: `the cpuset of lstopo’s process does not allow it (--disallowed shows it)`,
      })
    }
    return node
  })
}

/** The earlier node that has one of this node's CPUs; a node without such a one claims its CPUs. */
function firstNodeWith(node: NumaNode, nodeOfCpu: Map<number, number>): number | undefined {
  const cpuIds = parseIdList(node.cpuList ?? '') ?? []
  const taken = cpuIds.find((cpuId) => nodeOfCpu.has(cpuId))
  if (taken !== undefined) return nodeOfCpu.get(taken)
  for (const cpuId of cpuIds) nodeOfCpu.set(cpuId, node.nodeId)
  return undefined
}

function withFacts(
  node: NumaNode,
  source: Source | undefined,
  facts: Pick<NumaNode, 'memoryKinds' | 'hiddenByHwloc'>,
): NumaNode {
  const sources = Object.keys(facts).map((key) => [key, source])
  return { ...node, ...facts, sources: { ...node.sources, ...Object.fromEntries(sources) } }
}
