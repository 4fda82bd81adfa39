import type { Nvdimm } from '../../model/memory-modules'
import type { PmemRegion } from '../../model/topology'
import { FactSheet } from '../facts'
import { contradiction, derived, type SpecContext } from './context'
import type { PlacedCxlRegion } from './cxl-regions'
import { dataOfDax, type PlacedDax } from './dax-devices'
import { placeNamespaces, regionAlign, usedBytesOf, type PlacedRegion } from './regions'

/** Dax devices of the ram regions that say what becomes of them. */
export function placeCxlDax(
  context: SpecContext,
  regions: readonly PlacedCxlRegion[],
): readonly PlacedDax[] {
  return regions.flatMap((region): readonly PlacedDax[] => {
    const { written, start, end, path, number, numaNode } = region
    if (written.mode === undefined) return []
    const device = { ...written, mode: written.mode, kind: 'cxl', node: numaNode } as const
    return [
      {
        ...dataOfDax(context, device, { range: { start, end }, path }),
        id: `dax${number}.0`,
        name: `dax${number}.0`,
        cxlRegionId: region.id,
      },
    ]
  })
}

/** libnvdimm regions and NVDIMMs that Linux makes of the pmem regions; `firstNvdimm` is the number of the first. */
export function placeCxlPmem(
  context: SpecContext,
  cxlRegions: readonly PlacedCxlRegion[],
  firstNvdimm: number,
): CxlPmem {
  const nvdimms = new Map<string, string>()
  const regions = cxlRegions
    .filter(({ type }) => type === 'pmem')
    .map((region): CxlPmemRegion => {
      const { written, start, end, path, number, members, numaNode } = region
      if (numaNode === undefined && written.namespaces?.some(({ systemRam }) => systemRam)) {
        throw contradiction(context, path, {
          what: `${region.name} has no node that it is nearest to`,
          hint: 'write node',
        })
      }
      const mappings = members.map(({ memdev, dpaStart, dpaBytes }, position) => {
        const nvdimmId = nvdimms.get(memdev.id) ?? `nmem${firstNvdimm + nvdimms.size}`
        nvdimms.set(memdev.id, nvdimmId)
        return { nvdimmId, dpaStart, sizeBytes: dpaBytes, position }
      })
      // libnvdimm sees the CXL region as one mapping after the other, whatever interleaves them.
      const alignBytes = regionAlign(context, end - start, members.length)
      return {
        start,
        end,
        name: `region${number}`,
        path,
        index: number,
        mappings,
        alignBytes,
        numaNode,
        targetNode: written.targetNode,
        cxlRegionId: region.id,
        namespaces: placeNamespaces(context, {
          regionIndex: number,
          range: { start, end },
          alignBytes,
          written: written.namespaces ?? [],
          path: [...path, 'namespaces'],
        }),
      }
    })
  return { regions, nvdimms }
}

export interface CxlPmemRegion extends PlacedRegion {
  readonly cxlRegionId: string
}

export interface CxlPmem {
  readonly regions: readonly CxlPmemRegion[]
  /** NVDIMM of each memory device, by its id. */
  readonly nvdimms: ReadonlyMap<string, string>
}

export function cxlPmemFacts(context: SpecContext, { regions }: CxlPmem): readonly PmemRegion[] {
  return regions.map((region) => {
    const source = derived('the CXL region that it persists on')
    return new FactSheet<PmemRegion>(region.name)
      .set('provider', 'CXL', source)
      .set('regionType', 'pmem', context.written.source([...region.path, 'type']))
      .set('sizeBytes', region.end - region.start, source)
      .set(
        'availableBytes',
        region.end - region.start - usedBytesOf(region),
        derived('what its namespaces leave'),
      )
      .set('alignBytes', region.alignBytes, derived('16 MiB'))
      .set('startAddress', region.start, source)
      .set('mappings', region.mappings, source)
      .set('numaNode', region.numaNode, derived('node of its devices'))
      .set('targetNode', region.targetNode, context.written.source([...region.path, 'targetNode']))
      .set('cxlRegionId', region.cxlRegionId, source)
      .finish()
  })
}

export function cxlNvdimmFacts({ nvdimms }: CxlPmem): readonly Nvdimm[] {
  return [...nvdimms].map(([memdevId, id]) =>
    new FactSheet<Nvdimm>(id)
      .set('cxlMemdevId', memdevId, derived('the CXL device whose persistent memory it is'))
      .finish(),
  )
}
