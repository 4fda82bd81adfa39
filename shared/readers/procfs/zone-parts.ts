import type { Zone } from '../../model/topology'
import type { TreeFiles } from '../tree-files'
import { readBuddyinfo } from './buddyinfo'
import { readPagetypeinfo } from './pagetypeinfo'
import { zoneKey } from './zone-key'
import { readZoneinfo } from './zoneinfo'

/**
 * The zones of zoneinfo in its order, with the free blocks of buddyinfo and pagetypeinfo; zones that only these name
 * (a file pasted alone) follow. Undefined where none of the three files is there.
 */
export function readZones(files: TreeFiles): readonly Zone[] | undefined {
  const zoneinfo = readZoneinfo(files)
  const parts = [readBuddyinfo(files), readPagetypeinfo(files)]
  if (zoneinfo === undefined && parts.every(({ size }) => size === 0)) return undefined
  const zones = new Map<string, Zone>()
  for (const zone of zoneinfo ?? []) zones.set(zoneKey(zone.nodeId, zone.name), zone)
  for (const [key, part] of parts.flatMap((zonesOfFile) => [...zonesOfFile])) {
    zones.set(key, { ...zones.get(key), ...part })
  }
  return [...zones.values()]
}
