import type { CxlRegion } from '../model/cxl'
import type { Topology } from '../model/topology'
import { formatBytes } from '../model/units'
import type { StripSpec } from './strips'
import { cxlRegionName } from './wording'

/** A strip for each CXL region that is neither device-dax nor PMEM: decoded, but nobody made memory of it yet. */
export function cxlRegionStrips(topology: Topology): readonly StripSpec[] {
  const used = new Set(
    [...topology.daxDevices, ...topology.regions].map(({ cxlRegionId }) => cxlRegionId),
  )
  return topology.cxlRegions.filter(({ id }) => !used.has(id)).flatMap(regionStrip)
}

function regionStrip(region: CxlRegion): readonly StripSpec[] {
  const { id, sizeBytes = 0, startAddress: start } = region
  if (sizeBytes <= 0) return []
  const type = region.regionType === undefined ? '' : `${region.regionType} `
  const range = { start: start ?? 0, end: (start ?? 0) + sizeBytes }
  return [
    {
      kind: 'hot-added',
      ownerId: id,
      ...range,
      hasAddresses: start !== undefined,
      pieces: [
        {
          id,
          objectId: id,
          ...range,
          paint: 'cxl',
          title: `${cxlRegionName(region)} · ${formatBytes(sizeBytes)} ${type}without struct pages`,
          isHatched: true,
        },
      ],
    },
  ]
}
