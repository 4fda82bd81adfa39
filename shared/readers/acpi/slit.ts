import type { ProximityFacts } from '../proximity-facts'
import type { AcpiTable, Wrong } from './table'

const MATRIX = 44
/** MAX_NUMNODES of the largest kernel configuration (CONFIG_NODES_SHIFT 10). */
const MOST_LOCALITIES = 1024

/** Distances between proximity domains (ACPI 6.5, 5.2.17); locality i is domain i. */
export function readSlit(
  { view, path }: AcpiTable,
  wrong: Wrong,
): ProximityFacts['distances'] | undefined {
  const size = view.u64(36)
  if (size === undefined || size === 0 || size > MOST_LOCALITIES) {
    wrong(`${size ?? 'an unreadable number of'} localities cannot be; the distances are left out`)
    return undefined
  }
  if (view.length < MATRIX + size * size) {
    wrong(
      `${size} localities need ${MATRIX + size * size} bytes, there are ${view.length}; the distances are left out`,
    )
    return undefined
  }
  return { size, values: Array.from(view.bytes.subarray(MATRIX, MATRIX + size * size)), path }
}
