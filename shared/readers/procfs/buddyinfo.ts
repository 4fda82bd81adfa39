import type { Zone } from '../../model/topology'
import { parseDecimal } from '../../model/units'
import type { TreeFiles } from '../tree-files'
import { procText } from './proc-text'
import { MOST_ZONES, zoneKey } from './zone-key'

const LINE = /^Node +(\d{1,7}), zone +(\S{1,20}) +([\d ]{1,1000})$/

/** /proc/buddyinfo: free blocks of each order, from 0 up (DOMAIN §9.3), by zone. */
export function readBuddyinfo(files: TreeFiles): ReadonlyMap<string, Zone> {
  const [text] = procText(files, 'buddyinfo')
  const zones = new Map<string, Zone>()
  let isOfPagetypeinfo = false
  for (const line of (text ?? '').split('\n')) {
    const [, node, name, counts = ''] = LINE.exec(line.trim()) ?? []
    if (node === undefined || name === undefined) {
      isOfPagetypeinfo = line.startsWith('Number of blocks type')
      continue
    }
    if (isOfPagetypeinfo) continue
    if (zones.size >= MOST_ZONES) break
    const freeBlocks = countsOf(counts)
    if (freeBlocks === undefined) continue
    zones.set(zoneKey(node, name), { nodeId: Number(node), name, freeBlocks })
  }
  return zones
}

/** Undefined where one is no count, as `>100000`, which the kernel prints of what it did not count to the end. */
export function countsOf(text: string): readonly number[] | undefined {
  const counts = text.trim().split(/ +/).map(parseDecimal)
  return counts.every((count) => count !== undefined) ? counts : undefined
}
