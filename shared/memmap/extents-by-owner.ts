import type { ObjectId } from '../model/model-object'
import type { MemmapAccount, MemmapExtent } from './types'

/** Extents by the object whose memory they describe. */
export function extentsByOwner({
  extents,
}: MemmapAccount): ReadonlyMap<ObjectId, readonly MemmapExtent[]> {
  const byOwner = new Map<ObjectId, MemmapExtent[]>()
  for (const extent of extents) {
    const list = byOwner.get(extent.ownerId)
    if (list === undefined) byOwner.set(extent.ownerId, [extent])
    else list.push(extent)
  }
  return byOwner
}
