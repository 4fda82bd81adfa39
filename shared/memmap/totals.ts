import type { Backing, Certainty, MemmapExtent, MemmapTotals } from './types'

const ORDER: readonly Certainty[] = ['exact', 'upper-bound', 'estimated']

/** Adds extents up; the least certain of them decides how certain the sum is. */
export function sumExtents(extents: readonly MemmapExtent[]): MemmapTotals {
  const sum = (pick: (extent: MemmapExtent) => number) =>
    extents.reduce((total, extent) => total + pick(extent), 0)
  const backing = extents.flatMap((extent) => extent.backing)
  const savedBy = (mechanism: MemmapExtent['mechanism']) =>
    sum((extent) => (extent.mechanism === mechanism ? extent.fullBytes - extent.residentBytes : 0))
  const bytesOf = (isIncluded: (backing: Backing) => boolean) =>
    backing.filter(isIncluded).reduce((total, { bytes }) => total + bytes, 0)
  return {
    structPages: sum((extent) => extent.structPages),
    fullBytes: sum((extent) => extent.fullBytes),
    residentBytes: sum((extent) => extent.residentBytes),
    ramBytes: bytesOf(({ place }) => place.kind === 'node'),
    deviceBytes: bytesOf(({ place }) => place.kind !== 'node'),
    savedBytes: { hvo: savedBy('hvo'), daxDedup: savedBy('dax-dedup') },
    pageTableBytes: sum((extent) => extent.pageTableBytes),
    byNode: byNode(backing),
    certainty: worst(extents.map(({ certainty }) => certainty)),
  }
}

/** The least certain of several; exact for none. */
export function worst(certainties: readonly Certainty[]): Certainty {
  return ORDER.findLast((certainty) => certainties.includes(certainty)) ?? 'exact'
}

/** Memory of a node counts under its id, self-hosted blocks too; namespaces under `device`; an unknown node under `unknown`. */
function byNode(backing: readonly Backing[]): Readonly<Record<string, number>> {
  const bytesByPlace: Record<string, number> = {}
  for (const { place, bytes } of backing) {
    const key = place.kind === 'device' ? 'device' : String(place.nodeId ?? 'unknown')
    bytesByPlace[key] = (bytesByPlace[key] ?? 0) + bytes
  }
  return bytesByPlace
}
