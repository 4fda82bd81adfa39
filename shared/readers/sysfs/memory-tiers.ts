import type { MemoryTier } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { TreeFiles } from '../tree-files'
import { directoryNumbers } from './directory-numbers'

const TIERS = 'sys/devices/virtual/memory_tiering'

/** Machines have a handful; each may name many nodes. */
const MOST_TIERS = 256

/** Memory tiers, kernel 6.1 and later (DOMAIN §9.1); a smaller number is faster memory. */
export function readMemoryTiers(files: TreeFiles): Facts {
  const tiers = directoryNumbers(files, TIERS, /^memory_tier(\d{1,7})$/).slice(0, MOST_TIERS)
  const memoryTiers = tiers.flatMap((tier) => {
    const name = `memory_tier${tier}`
    const [nodeIds, source] = files.idList(`${TIERS}/${name}/nodelist`)
    if (nodeIds === undefined) return []
    return [
      new FactSheet<MemoryTier>(name)
        .set('tier', tier, source)
        .set('nodeIds', nodeIds, source)
        .finish(),
    ]
  })
  return memoryTiers.length === 0 ? {} : { memoryTiers }
}
