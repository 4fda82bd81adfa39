import type { Topology } from '../../model/topology'
import type { AddressRange } from '../../model/units'

/** Answers which node the memory of a physical range belongs to; undefined where it is not one node alone, or not known. */
export type NodeOfRange = (range: AddressRange) => number | undefined

/** By the memory blocks, whose nodes sysfs names (DOMAIN §9.2). */
export function nodeOfRange({ memoryBlocks, machine }: Topology): NodeOfRange {
  const blockBytes = machine.memoryBlockBytes
  const blocks = [...memoryBlocks].sort((a, b) => a.blockIndex - b.blockIndex)
  return ({ start, end }) => {
    if (blockBytes === undefined || blockBytes === 0) return undefined
    let nodeId: number | undefined
    for (let at = firstFrom(blocks, Math.floor(start / blockBytes)); at < blocks.length; at++) {
      const block = blocks[at]
      if (block === undefined || block.blockIndex * blockBytes >= end) break
      const [only, ...others] = block.nodeIds ?? []
      if (only === undefined || others.length > 0) continue
      if (nodeId !== undefined && nodeId !== only) return undefined
      nodeId = only
    }
    return nodeId
  }
}

/** Position of the first block whose index is not below `blockIndex`; blocks are sorted. */
function firstFrom(blocks: readonly { readonly blockIndex: number }[], blockIndex: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.blockIndex ?? Infinity) < blockIndex) low = middle + 1
    else high = middle
  }
  return low
}
