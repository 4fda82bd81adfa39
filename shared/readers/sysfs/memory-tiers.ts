import type { MemoryTier } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { TreeFiles } from '../tree-files'

const TIERS = 'sys/devices/virtual/memory_tiering'

/** Memory tiers, kernel 6.1 and later (DOMAIN §9.1); a smaller number is faster memory. */
export function readMemoryTiers(files: TreeFiles): Facts {
  const memoryTiers = files.tree.list(TIERS).flatMap((name) => {
    const digits = /^memory_tier(\d{1,7})$/.exec(name)?.[1]
    const [nodeIds, source] = files.idList(`${TIERS}/${name}/nodelist`)
    if (digits === undefined || nodeIds === undefined) return []
    return [
      new FactSheet<MemoryTier>(name)
        .set('tier', Number(digits), source)
        .set('nodeIds', nodeIds, source)
        .finish(),
    ]
  })
  return memoryTiers.length === 0 ? {} : { memoryTiers }
}
