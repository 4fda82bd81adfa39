import type { AddressRange } from '../model/units'
import type { Topology } from '../model/topology'

/** A run of adjacent memory blocks in the same state. */
export interface BlockRun extends AddressRange {
  readonly isOnline: boolean
  readonly nodeIds: readonly number[]
}

/** All memory blocks as runs, by address; empty when the size of a block is not known. */
export function blockRuns(topology: Topology): readonly BlockRun[] {
  const blockBytes = topology.machine.memoryBlockBytes
  if (blockBytes === undefined) return []
  const blocks = [...topology.memoryBlocks].sort((a, b) => a.blockIndex - b.blockIndex)
  const runs: BlockRun[] = []
  for (const block of blocks) {
    const start = block.blockIndex * blockBytes
    const end = start + blockBytes
    const isOnline = block.state === undefined || block.state.startsWith('online')
    const nodeIds = block.nodeIds ?? []
    const last = runs.at(-1)
    if (
      last !== undefined &&
      last.end === start &&
      last.isOnline === isOnline &&
      last.nodeIds.join() === nodeIds.join()
    ) {
      runs[runs.length - 1] = { ...last, end }
    } else {
      runs.push({ start, end, isOnline, nodeIds })
    }
  }
  return runs
}

/** The parts of `range` that `runs` cover, cut to it, by address; `runs` are those of {@link blockRuns}, in order. */
export function runsInside(runs: readonly BlockRun[], range: AddressRange): readonly BlockRun[] {
  const inside: BlockRun[] = []
  for (let at = firstBehind(runs, range.start); at < runs.length; at++) {
    const run = runs[at]
    if (run === undefined || run.start >= range.end) break
    const [start, end] = [Math.max(run.start, range.start), Math.min(run.end, range.end)]
    inside.push({ ...run, start, end })
  }
  return inside
}

/** Place of the first run that ends behind `address`. */
function firstBehind(runs: readonly BlockRun[], address: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.end ?? Infinity) <= address) low = middle + 1
    else high = middle
  }
  return low
}

/** Joins ranges that touch or overlap, by address. */
export function joinRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)
  const joined: AddressRange[] = []
  for (const range of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && range.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    } else {
      joined.push(range)
    }
  }
  return joined
}
