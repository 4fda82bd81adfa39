import type { FirmwareRange } from '../../model/topology'
import { formatHex, MAX_PHYSICAL_BYTES } from '../../model/units'
import { FactSheet } from '../facts'
import { subtablesOf, type AcpiTable, type Wrong } from './table'

const LAYOUT = { start: 48, typeBytes: 1, lengthOffset: 1, lengthBytes: 1 } as const
const MEMORY_AFFINITY = 1
/** Linux keeps 2 × 1024 ranges at most (NR_NODE_MEMBLKS, arch/x86); each costs a search among the memory blocks. */
const MOST_RANGES = 4096

/** Memory affinity structures of SRAT that are enabled (ACPI 6.5, 5.2.16.2). */
export function readSrat(table: AcpiTable, wrong: Wrong): readonly FirmwareRange[] {
  const ranges = new Map<string, FirmwareRange>()
  for (const { type, view } of subtablesOf(table, LAYOUT, wrong)) {
    if (type !== MEMORY_AFFINITY) continue
    const domain = view.u32(2)
    const start = view.u64(8)
    const size = view.u64(16)
    const flags = view.u32(28)
    if (domain === undefined || flags === undefined || (flags & 1) === 0 || size === 0) continue
    if (start === undefined || size === undefined || start + size > MAX_PHYSICAL_BYTES) {
      wrong('a memory range lies beyond all physical memory')
      continue
    }
    if (ranges.size >= MOST_RANGES) {
      wrong(`more than ${MOST_RANGES} memory ranges; the rest is not read`)
      break
    }
    const id = `srat:${formatHex(start)}-${formatHex(start + size)}`
    // Revision 1 has one byte for the domain (drivers/acpi/numa/srat.c, acpi_srat_revision).
    const proximityDomain = table.revision < 2 ? domain & 0xff : domain
    const known = ranges.get(id)
    if (known !== undefined) {
      if (known.proximityDomain !== proximityDomain) {
        wrong(`${id} is given to domain ${known.proximityDomain} and to ${proximityDomain}`)
      }
      continue
    }
    const source = { kind: 'read', reader: 'acpi', path: table.path, key: id } as const
    ranges.set(
      id,
      new FactSheet<FirmwareRange>(id)
        .set('proximityDomain', proximityDomain, source)
        .set('isHotpluggable', (flags & 2) !== 0, source)
        .set('isNonVolatile', (flags & 4) !== 0, source)
        .finish({ table: 'SRAT', startAddress: start, sizeBytes: size }),
    )
  }
  return [...ranges.values()]
}
