import type { Topology } from '../../model/topology'
import type { NodeOfRange } from './node-of-address'

/**
 * The ACPI proximity domain of each node: that of the SRAT ranges whose memory the node has. A domain whose ranges lie in
 * several nodes, or a node with several domains, stays unknown: the numbers differ in general (DOMAIN §13.7).
 */
export function proximityDomains(
  { firmwareRanges }: Topology,
  nodeOf: NodeOfRange,
): ReadonlyMap<number, number> {
  const domains = new Map<number, number | undefined>()
  for (const range of firmwareRanges) {
    const { table, proximityDomain, startAddress, sizeBytes } = range
    if (table !== 'SRAT' || proximityDomain === undefined) continue
    const nodeId = nodeOf({ start: startAddress, end: startAddress + sizeBytes })
    if (nodeId === undefined) continue
    const known = domains.get(nodeId)
    domains.set(
      nodeId,
      !domains.has(nodeId) || known === proximityDomain ? proximityDomain : undefined,
    )
  }
  return new Map(
    [...domains].flatMap(([nodeId, domain]) => (domain === undefined ? [] : [[nodeId, domain]])),
  )
}
