import { mergeRanges } from '../../memmap/ranges'
import type { IomemRange } from '../../model/topology'
import type { AddressRange } from '../../model/units'
import type { PlacedDax } from './dax-devices'
import type { RamRange } from './ram'
import type { PlacedRegion } from './regions'

interface Memory {
  readonly ram: readonly RamRange[]
  readonly regions: readonly PlacedRegion[]
  readonly daxDevices: readonly PlacedDax[]
}

interface Line extends AddressRange {
  readonly name: string
  readonly below?: readonly Line[]
}

/** The lines that the kernel would print in /proc/iomem (DOMAIN §6.4, §9.3), in address order. */
export function iomemFacts({ ram, regions, daxDevices }: Memory): readonly IomemRange[] {
  const daxOf = (namespaceId: string) => daxDevices.find((dax) => dax.namespaceId === namespaceId)
  let windows = 0
  const lines = [
    ...mergeRanges(ram).map((range): Line => ({ ...range, name: 'System RAM' })),
    ...regions.map(({ start, end, namespaces }): Line => ({
      start,
      end,
      name: 'Persistent Memory',
      below: namespaces.flatMap((namespace): readonly Line[] => {
        const dax = daxOf(namespace.id)
        if (dax === undefined) return [{ ...rangeOf(namespace), name: namespace.id }]
        const metadata = { start: namespace.start, end: dax.start, name: namespace.id }
        return [metadata, ...daxLines(dax)]
      }),
    })),
    ...daxDevices
      .filter(({ namespaceId }) => namespaceId === undefined)
      .map((dax): Line => {
        const range = rangeOf(dax)
        if (dax.kind === 'hmem') return { ...range, name: 'Soft Reserved', below: daxLines(dax) }
        const region = { ...range, name: dax.id.replace(/^dax(\d+)\.0$/, 'region$1') }
        return {
          ...range,
          name: `CXL Window ${windows++}`,
          below: [{ ...region, below: daxLines(dax) }],
        }
      }),
  ]
  return lines.sort((a, b) => a.start - b.start).flatMap((line) => flatten(line, 0))
}

/** Once kmem has taken a device, its line covers the whole memory blocks only (DOMAIN §13, kmem). */
function daxLines(dax: PlacedDax): readonly Line[] {
  if (dax.mode === 'devdax') return [{ ...rangeOf(dax), name: dax.id }]
  if (dax.blocks.end <= dax.blocks.start) return []
  const blocks = rangeOf(dax.blocks)
  return [{ ...blocks, name: dax.id, below: [{ ...blocks, name: 'System RAM (kmem)' }] }]
}

function rangeOf({ start, end }: AddressRange): AddressRange {
  return { start, end }
}

function flatten({ name, start, end, below = [] }: Line, depth: number): readonly IomemRange[] {
  return [{ name, depth, start, end }, ...below.flatMap((line) => flatten(line, depth + 1))]
}
