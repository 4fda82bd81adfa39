import { mergeRanges } from '../../memmap/ranges'
import type { IomemRange } from '../../model/topology'
import type { AddressRange } from '../../model/units'
import type { PlacedCxl } from './cxl'
import type { PlacedDax } from './dax-devices'
import type { RamRange } from './ram'
import type { PlacedRegion } from './regions'

interface Memory {
  readonly ram: readonly RamRange[]
  /** Interleave sets of NVDIMMs. */
  readonly regions: readonly PlacedRegion[]
  readonly cxl: PlacedCxl
  /** Made of namespaces, of CXL regions, and of their own. */
  readonly daxDevices: readonly PlacedDax[]
}

interface Line extends AddressRange {
  readonly name: string
  readonly below?: readonly Line[]
}

/** The lines that the kernel would print in /proc/iomem (DOMAIN §6.4, §9.3), in address order. */
export function iomemFacts({ ram, regions, cxl, daxDevices }: Memory): readonly IomemRange[] {
  const daxOfNamespace = new Map(daxDevices.map((dax) => [dax.namespaceId, dax]))
  const daxOfRegion = new Map(daxDevices.map((dax) => [dax.cxlRegionId, dax]))
  let windows = cxl.windows.length
  const lines = [
    ...mergeRanges(ram).map((range): Line => ({ ...range, name: 'System RAM' })),
    ...regions.map((region): Line => ({
      ...rangeOf(region),
      name: 'Persistent Memory',
      below: namespaceLines(region, daxOfNamespace),
    })),
    ...cxl.windows.map((window): Line => ({
      ...rangeOf(window),
      name: `CXL Window ${window.index}`,
      below: cxl.regions
        .filter((region) => region.window === window)
        .map((region): Line => {
          const name = `region${region.number}`
          const pmem = cxl.pmem.regions.find(({ cxlRegionId }) => cxlRegionId === region.id)
          const dax = daxOfRegion.get(region.id)
          if (pmem === undefined) {
            return { ...rangeOf(region), name, below: dax === undefined ? [] : daxLines(dax) }
          }
          const inside = { ...rangeOf(region), name, below: namespaceLines(pmem, daxOfNamespace) }
          return { ...rangeOf(region), name: 'Persistent Memory', below: [inside] }
        }),
    })),
    ...daxDevices
      .filter(({ namespaceId, cxlRegionId }) => (namespaceId ?? cxlRegionId) === undefined)
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

function namespaceLines(
  { namespaces }: PlacedRegion,
  daxOfNamespace: ReadonlyMap<string | undefined, PlacedDax>,
): readonly Line[] {
  return namespaces.flatMap((namespace): readonly Line[] => {
    const dax = daxOfNamespace.get(namespace.id)
    if (dax === undefined) return [{ ...rangeOf(namespace), name: namespace.id }]
    const metadata = { start: namespace.start, end: dax.start, name: namespace.id }
    return [metadata, ...daxLines(dax)]
  })
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
