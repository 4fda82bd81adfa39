import type { MemoryBlock } from '../../model/topology'
import { formatBytes, type AddressRange } from '../../model/units'
import { FactSheet } from '../facts'
import { byDefault, contradiction, derived, type SpecContext } from './context'
import { countFrom, sum } from './numbers'

/** Every block becomes an object of the model; 256 TiB in blocks of 2 GiB are as many. */
const MAX_BLOCKS = 131_072

export interface BlockMemory extends AddressRange {
  readonly nodeId: number
}

/** Memory blocks that hold any of the given memory, all online. A block on the border of two nodes belongs to both. */
export function memoryBlockFacts(
  context: SpecContext,
  memory: readonly BlockMemory[],
): readonly MemoryBlock[] {
  const blockBytes = context.machine.memoryBlockBytes ?? context.rules.sectionBytes
  const spans = memory.map(({ start, end, nodeId }) => {
    const first = Math.floor(start / blockBytes)
    return { nodeId, first, count: Math.ceil(end / blockBytes) - first }
  })
  const total = sum(spans.map(({ count }) => count))
  if (total > MAX_BLOCKS) {
    throw contradiction(context, ['machine', 'memoryBlockSize'], {
      what: `these are ${total} memory blocks of ${formatBytes(blockBytes)}`,
      hint: `write a larger memoryBlockSize: up to ${MAX_BLOCKS} blocks are read`,
    })
  }
  const nodeIdsByBlock = new Map<number, Set<number>>()
  for (const { nodeId, first, count } of spans) {
    for (const index of countFrom(first, count)) {
      const nodeIds = nodeIdsByBlock.get(index) ?? new Set()
      nodeIdsByBlock.set(index, nodeIds.add(nodeId))
    }
  }
  const layout = derived('blocks that hold RAM of the node')
  const online = byDefault('all memory of a specification is online')
  return [...nodeIdsByBlock]
    .sort(([a], [b]) => a - b)
    .map(([blockIndex, nodeIds]) =>
      new FactSheet<MemoryBlock>(`memory${blockIndex}`)
        .set('blockIndex', blockIndex, layout)
        .set('state', 'online', online)
        .set(
          'nodeIds',
          [...nodeIds].sort((a, b) => a - b),
          layout,
        )
        .finish(),
    )
}
