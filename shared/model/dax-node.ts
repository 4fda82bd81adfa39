import type { DaxDevice } from './topology'

/**
 * The node that the memory of a dax device belongs to: what it became a part of as system RAM, else the node it is near to
 * (drivers/dax: target_node and numa_node). Undefined where the input names none.
 */
export function nodeOfDaxDevice({ mode, numaNode, targetNode }: DaxDevice): number | undefined {
  return mode === 'system-ram' ? (targetNode ?? numaNode) : (numaNode ?? targetNode)
}
