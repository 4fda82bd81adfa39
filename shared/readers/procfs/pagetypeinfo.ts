import type { MigrateType, Zone } from '../../model/topology'
import type { TreeFiles } from '../tree-files'
import { countsOf } from './buddyinfo'
import { procText } from './proc-text'
import { MOST_ZONES, zoneKey } from './zone-key'

const FREE_LINE = /^Node +(\d{1,7}), zone +(\S{1,20}), type +(\S{1,20}) +([\d> ]{1,1000})$/
const BLOCK_HEADING = /^Number of blocks type +(\S.{0,400})$/
const BLOCK_LINE = /^Node +(\d{1,7}), zone +(\S{1,20}) +([\d ]{1,1000})$/
const MOST_TYPES = 64

/**
 * /proc/pagetypeinfo (root): free blocks of each order by migrate type, and pageblocks of that type (mm/vmstat.c
 * pagetypeinfo_show). The parts repeat for each node.
 */
export function readPagetypeinfo(files: TreeFiles): ReadonlyMap<string, Zone> {
  const [text] = procText(files, 'pagetypeinfo')
  const zones = new Map<string, Zone & { readonly migrateTypes: MutableType[] }>()
  let blockTypes: readonly string[] | undefined
  for (const line of (text ?? '').split('\n')) {
    const trimmed = line.trim()
    const heading = BLOCK_HEADING.exec(trimmed)?.[1]
    if (heading !== undefined) blockTypes = heading.trim().split(/ +/).slice(0, MOST_TYPES)
    const [, node, zone, type, counts] = FREE_LINE.exec(trimmed) ?? []
    if (node !== undefined && zone !== undefined && type !== undefined) {
      const freeBlocks = countsOf(counts ?? '')
      typeOf(node, zone, type, (known) => {
        if (freeBlocks !== undefined) known.freeBlocks ??= freeBlocks
      })
      continue
    }
    const [, blockNode, blockZone, blocks = ''] = BLOCK_LINE.exec(trimmed) ?? []
    if (blockNode === undefined || blockZone === undefined || blockTypes === undefined) continue
    const pageblocks = countsOf(blocks)
    if (pageblocks?.length !== blockTypes.length) continue
    blockTypes.forEach((name, index) => {
      typeOf(blockNode, blockZone, name, (known) => {
        known.pageblocks ??= pageblocks[index] ?? 0
      })
    })
  }
  return zones

  function typeOf(
    node: string,
    zoneName: string,
    typeName: string,
    change: (type: MutableType) => void,
  ): void {
    const key = zoneKey(node, zoneName)
    const zone = zones.get(key) ?? { nodeId: Number(node), name: zoneName, migrateTypes: [] }
    if (!zones.has(key) && zones.size >= MOST_ZONES) return
    zones.set(key, zone)
    const known = zone.migrateTypes.find(({ name }) => name === typeName)
    if (known !== undefined) change(known)
    else if (zone.migrateTypes.length < MOST_TYPES) {
      const type: MutableType = { name: typeName }
      zone.migrateTypes.push(type)
      change(type)
    }
  }
}

type MutableType = { -readonly [K in keyof MigrateType]: MigrateType[K] }
