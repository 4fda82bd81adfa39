import type { MemmapAccount, MemmapExtent } from '../memmap/types'
import type { Topology } from '../model/topology'

/** Node whose RAM holds the struct pages of a backing without a node: the only one there is. */
function soleNode(topology: Topology): number | undefined {
  return topology.nodes.length === 1 ? topology.nodes[0]?.nodeId : undefined
}

/** Struct-page bytes of one extent that lie in ordinary RAM, by node; undefined where the node cannot be told. */
export function ramBackingByNode(
  extent: MemmapExtent,
  topology: Topology,
): ReadonlyMap<number | undefined, number> {
  const bytes = new Map<number | undefined, number>()
  for (const { place, bytes: part } of extent.backing) {
    if (place.kind !== 'node') continue
    const nodeId = place.nodeId ?? soleNode(topology)
    bytes.set(nodeId, (bytes.get(nodeId) ?? 0) + part)
  }
  return bytes
}

const known = new WeakMap<MemmapAccount, ReadonlyMap<number | undefined, number>>()

/** Struct-page bytes that lie in the RAM of each node; undefined collects those of unknown nodes. */
export function structPagesInRam(
  account: MemmapAccount,
  topology: Topology,
): ReadonlyMap<number | undefined, number> {
  const cached = known.get(account)
  if (cached !== undefined) return cached
  const bytes = new Map<number | undefined, number>()
  for (const extent of account.extents) {
    for (const [nodeId, part] of ramBackingByNode(extent, topology)) {
      bytes.set(nodeId, (bytes.get(nodeId) ?? 0) + part)
    }
  }
  known.set(account, bytes)
  return bytes
}

/** Struct-page bytes that lie on the namespace (`device`), or at the heads of hot-added memory blocks (`self`). */
export function bytesAt(extents: readonly MemmapExtent[], kind: 'device' | 'self'): number {
  let bytes = 0
  for (const extent of extents) {
    for (const part of extent.backing) if (part.place.kind === kind) bytes += part.bytes
  }
  return bytes
}
