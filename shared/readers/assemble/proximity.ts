import type { FirmwareRange, Topology } from '../../model/topology'
import type { NodeOfRange } from './node-of-address'

/**
 * The ACPI proximity domain of each node: that of the SRAT ranges whose memory the node has, and of the NFIT range of a
 * region whose memory would come to the node (its target node). A domain whose ranges lie in several nodes, or a node
 * with several domains, stays unknown: the numbers differ in general (DOMAIN §13.7).
 */
export function proximityDomains(
  { firmwareRanges, regions }: Pick<Topology, 'firmwareRanges' | 'regions'>,
  nodeOf: NodeOfRange,
): ReadonlyMap<number, number> {
  const domains = new Map<number, number | undefined>()
  const learn = (nodeId: number | undefined, domain: number | undefined) => {
    if (nodeId === undefined || domain === undefined) return
    const isFirst = !domains.has(nodeId)
    domains.set(nodeId, isFirst || domains.get(nodeId) === domain ? domain : undefined)
  }
  const affinities = firmwareRanges.filter(({ table }) => table === 'SRAT')
  for (const range of affinities) {
    if (isRoomForOthers(range, affinities)) continue
    const { startAddress, sizeBytes, proximityDomain } = range
    learn(nodeOf({ start: startAddress, end: startAddress + sizeBytes }), proximityDomain)
  }
  const targets = new Map(regions.map(({ startAddress, targetNode }) => [startAddress, targetNode]))
  for (const { table, startAddress, proximityDomain } of firmwareRanges) {
    if (table === 'NFIT') learn(targets.get(startAddress), proximityDomain)
  }
  return new Map(
    [...domains].flatMap(([nodeId, domain]) => (domain === undefined ? [] : [[nodeId, domain]])),
  )
}

/** Room for hot-plug is given to one domain as a whole, over the ranges that others have in it (QEMU does so). */
function isRoomForOthers(range: FirmwareRange, affinities: readonly FirmwareRange[]): boolean {
  if (range.isHotpluggable !== true) return false
  const end = range.startAddress + range.sizeBytes
  return affinities.some(
    (other) =>
      other.isHotpluggable !== true &&
      other.proximityDomain !== range.proximityDomain &&
      other.startAddress < end &&
      other.startAddress + other.sizeBytes > range.startAddress,
  )
}
