import type { Zone } from '../../model/topology'
import { parseDecimal } from '../../model/units'
import type { TreeFiles } from '../tree-files'
import { procText } from './proc-text'
import { MOST_ZONES } from './zone-key'

/** Zones, and what stands before the first. */
const MOST_SECTIONS = MOST_ZONES + 1

/** Zones of /proc/zoneinfo in pages; undefined when the file is missing. */
export function readZoneinfo(files: TreeFiles): readonly Zone[] | undefined {
  const [text] = procText(files, 'zoneinfo')
  if (text === undefined) return undefined
  return text
    .split(/^(?=Node )/m)
    .slice(0, MOST_SECTIONS)
    .map(readZone)
    .filter((zone) => zone !== undefined)
}

function readZone(section: string): Zone | undefined {
  const [, node, name] = /^Node (\d{1,7}), zone\s+(\S+)/.exec(section) ?? []
  if (node === undefined || name === undefined) return undefined
  const field = (key: string) => {
    const digits = new RegExp(`^\\s+${key}:?\\s+(\\d{1,20})$`, 'm').exec(section)?.[1]
    return digits === undefined ? undefined : parseDecimal(digits)
  }
  const [spannedPages, presentPages, managedPages] = ['spanned', 'present', 'managed'].map(field)
  if (spannedPages === undefined || presentPages === undefined || managedPages === undefined) {
    return undefined
  }
  const startPfn = field('start_pfn')
  return {
    nodeId: Number(node),
    name,
    spannedPages,
    presentPages,
    managedPages,
    ...(startPfn === undefined ? {} : { startPfn }),
  }
}
