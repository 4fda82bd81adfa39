import { expect, it } from 'vitest'
import { topologyOf } from '../model/testing/topology-of'
import type { MemoryBlock, NumaNode } from '../model/topology'
import { GIB } from '../model/units'
import { accountMemmap } from './account'

const block = (blockIndex: number, nodeId: number): MemoryBlock => ({
  id: `memory${blockIndex}`,
  blockIndex,
  nodeIds: [nodeId],
  sources: {},
})
const node = (nodeId: number, memoryBytes: number): NumaNode => ({
  id: `node${nodeId}`,
  nodeId,
  memoryBytes,
  sources: {},
})
const machine = { memoryBlockBytes: GIB }

it('does not believe memory blocks that cannot hold the memory of their node', () => {
  const nodes = [node(0, 4 * GIB), node(1, 4 * GIB)]
  const { totals } = accountMemmap(
    topologyOf({
      machine,
      nodes,
      memoryBlocks: [block(4, 1), block(5, 1), block(6, 1), block(7, 1)],
    }),
  )
  expect(totals.fullBytes).toBe((8 * GIB) / 64)
  expect(totals.certainty).toBe('estimated')
})

it('believes those of which the first node has one more than the second knows of', () => {
  const nodes = [node(0, 1.4 * GIB), node(1, 1.4 * GIB)]
  const { totals } = accountMemmap(
    topologyOf({
      machine,
      nodes,
      memoryBlocks: [block(0, 0), { ...block(1, 0), nodeIds: [0, 1] }, block(2, 1)],
    }),
  )
  expect(totals.fullBytes).toBe((3 * GIB) / 64)
})
