import type { FirmwareRange } from '../../model/topology'
import { formatHex, MAX_PHYSICAL_BYTES, parseNumber } from '../../model/units'
import { FactSheet } from '../facts'

/** What the kernel prints of each enabled memory range of the SRAT, with the node that it made of the domain (drivers/acpi/numa/srat.c). */
const LINE =
  /SRAT: Node (\d{1,7}) PXM (\d{1,10}) \[mem (0x[\da-f]{1,16})-(0x[\da-f]{1,16})\]( hotplug)?( non-volatile)?/g
/** As many as the kernel keeps (NR_NODE_MEMBLKS). */
const MOST_RANGES = 4096

export interface SratLines {
  readonly ranges: readonly FirmwareRange[]
  /** Proximity domains by node; a node with several has none here. */
  readonly domainOfNode: ReadonlyMap<number, number>
}

/** The SRAT as the kernel read it; unlike the table, the log is readable without root. Ids as those of the ACPI reader. */
export function sratLines(text: string, path: string): SratLines {
  const ranges = new Map<string, FirmwareRange>()
  const domains = new Map<number, number | undefined>()
  for (const [, node, domain, first = '', last = '', hotplug, nonVolatile] of text.matchAll(LINE)) {
    const start = parseNumber(first)
    const lastByte = parseNumber(last)
    if (start === undefined || lastByte === undefined || lastByte < start) continue
    if (lastByte >= MAX_PHYSICAL_BYTES || ranges.size >= MOST_RANGES) continue
    const nodeId = Number(node)
    const proximityDomain = Number(domain)
    const isFirst = !domains.has(nodeId)
    domains.set(
      nodeId,
      isFirst || domains.get(nodeId) === proximityDomain ? proximityDomain : undefined,
    )
    const id = `srat:${formatHex(start)}-${formatHex(lastByte + 1)}`
    if (ranges.has(id)) continue
    const source = {
      kind: 'read',
      reader: 'kernel-log',
      path,
      key: `SRAT: Node ${nodeId}`,
    } as const
    ranges.set(
      id,
      new FactSheet<FirmwareRange>(id)
        .set('proximityDomain', proximityDomain, source)
        .set('isHotpluggable', hotplug !== undefined, source)
        .set('isNonVolatile', nonVolatile !== undefined, source)
        .finish({ table: 'SRAT', startAddress: start, sizeBytes: lastByte + 1 - start }),
    )
  }
  const known = [...domains].flatMap(([nodeId, domain]): [number, number][] =>
    domain === undefined ? [] : [[nodeId, domain]],
  )
  return { ranges: [...ranges.values()], domainOfNode: new Map(known) }
}
