import type { MemoryBlock, Topology } from '../model/topology'
import type { AddressRange } from '../model/units'

interface NodeCount {
  online: number
  offline: number
}

/** Counts memory blocks by node and by address, in one pass over all of them. */
export class BlockCounts {
  private readonly byNode = new Map<number, NodeCount>()
  /** Ascending, with how many of the blocks before each are online. */
  private readonly indexes: readonly number[]
  private readonly onlineBefore: readonly number[]
  private readonly blockBytes: number | undefined

  constructor({ memoryBlocks, machine }: Topology) {
    const sorted = [...memoryBlocks].sort((a, b) => a.blockIndex - b.blockIndex)
    const onlineBefore = [0]
    for (const block of sorted) {
      onlineBefore.push((onlineBefore.at(-1) ?? 0) + (isOnline(block) ? 1 : 0))
      if (block.state === undefined) continue
      for (const nodeId of new Set(block.nodeIds)) {
        const count = this.byNode.get(nodeId) ?? { online: 0, offline: 0 }
        this.byNode.set(nodeId, count)
        count[isOnline(block) ? 'online' : 'offline']++
      }
    }
    this.indexes = sorted.map(({ blockIndex }) => blockIndex)
    this.onlineBefore = onlineBefore
    this.blockBytes = machine.memoryBlockBytes
  }

  /** Blocks of a node whose state is known; undefined when there are none. */
  ofNode(nodeId: number): Readonly<NodeCount> | undefined {
    return this.byNode.get(nodeId)
  }

  /** Blocks that lie wholly inside one of the ranges, which do not overlap; nothing where the size of blocks is not known. */
  inside(ranges: readonly AddressRange[]): { readonly online: number; readonly total: number } {
    let online = 0
    let total = 0
    const { blockBytes } = this
    if (blockBytes === undefined) return { online, total }
    for (const { start, end } of ranges) {
      const from = this.firstFrom(Math.ceil(start / blockBytes))
      const to = Math.max(from, this.firstFrom(Math.floor(end / blockBytes)))
      total += to - from
      online += (this.onlineBefore[to] ?? 0) - (this.onlineBefore[from] ?? 0)
    }
    return { online, total }
  }

  /** Place of the first block whose index is not below `blockIndex`. */
  private firstFrom(blockIndex: number): number {
    let low = 0
    let high = this.indexes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.indexes[middle] ?? Infinity) < blockIndex) low = middle + 1
      else high = middle
    }
    return low
  }
}

function isOnline({ state }: MemoryBlock): boolean {
  return state?.startsWith('online') === true
}
