import type { Machine } from '../../model/topology'
import { GIB, MIB } from '../../model/units'
import type { Facts } from '../facts'

/** Sections, and so blocks, are no smaller on any architecture, and no kernel makes larger blocks than ppc64 (DOMAIN §9.2). */
const LEAST = 16 * MIB
const MOST = 4 * GIB

/**
 * Adds the size of a memory block where the input does not tell it (dumps of hwloc-gather-topology): the power of two
 * next above MemTotal ÷ blocks on the node with most blocks. Firmware and struct pages take less than half of a node.
 */
export function inferBlockSize(facts: Facts): Facts {
  const { machine, nodes, memoryBlocks } = facts
  if (machine === undefined || machine.memoryBlockBytes !== undefined) return facts
  const counts = new Map<number, number>()
  for (const { nodeIds = [] } of memoryBlocks ?? []) {
    for (const nodeId of nodeIds) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1)
  }
  const [largest] = [...counts].sort((a, b) => b[1] - a[1])
  const memoryBytes = nodes?.find(({ nodeId }) => nodeId === largest?.[0])?.memoryBytes
  if (largest === undefined || memoryBytes === undefined || memoryBytes === 0) return facts
  const memoryBlockBytes = 2 ** Math.ceil(Math.log2(memoryBytes / largest[1]))
  if (memoryBlockBytes < LEAST || memoryBlockBytes > MOST) return facts
  const inferred: Machine = {
    ...machine,
    memoryBlockBytes,
    sources: {
      ...machine.sources,
      memoryBlockBytes: {
        kind: 'derived',
        reader: 'sysfs',
        rule: `power of two next above MemTotal ÷ ${largest[1]} blocks of node${largest[0]}`,
      },
    },
  }
  return { ...facts, machine: inferred }
}
