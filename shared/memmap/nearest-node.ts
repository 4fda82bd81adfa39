import type { Topology } from '../model/topology'

/**
 * The node that gives memory for something that belongs to `nodeId` but has none to give itself: the nearest by
 * distance among the nodes that hold boot RAM (page allocator fallback order; measured, DOMAIN §13).
 * @returns undefined when neither the node nor a distance is known and several nodes could be meant
 */
export function nearestRamNode(
  nodeId: number | undefined,
  ramNodeIds: ReadonlySet<number>,
  topology: Topology,
): number | undefined {
  if (nodeId !== undefined && ramNodeIds.has(nodeId)) return nodeId
  if (ramNodeIds.size === 1) return [...ramNodeIds][0]
  const distances = topology.nodes.find((node) => node.nodeId === nodeId)?.distances
  if (distances === undefined) return undefined
  const candidates = [...ramNodeIds]
    .map((id) => ({ id, distance: distances[String(id)] ?? Infinity }))
    .sort((a, b) => a.distance - b.distance || a.id - b.id)
  return candidates[0]?.id
}
