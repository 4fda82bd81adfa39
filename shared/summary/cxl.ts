import type { CxlRegion } from '../model/cxl'
import type { Topology } from '../model/topology'
import { known } from './known'
import type { SummaryCxl, SummaryCxlRegion } from './types'

/** CXL as `info --json` prints it; undefined when no reader met any CXL. */
export function summariseCxl(topology: Topology): SummaryCxl | undefined {
  const { cxlMemdevs, cxlRegions, cxlWindows, cxlDecoders, surveyed } = topology
  const lists = ['cxlMemdevs', 'cxlRegions', 'cxlWindows', 'cxlDecoders'] as const
  const isKnown = (list: (typeof lists)[number]) =>
    surveyed.includes(list) || topology[list].length > 0
  if (!lists.some(isKnown)) return undefined
  return {
    memdevs: cxlMemdevs.map(({ id, ramBytes, pmemBytes, serial, numaNode }) => ({
      id,
      ...known({ ramBytes, pmemBytes, serial, numaNode }),
    })),
    regions: cxlRegions.map(summariseRegion),
    ...known({
      windows: isKnown('cxlWindows') ? cxlWindows.length : undefined,
      decoders: isKnown('cxlDecoders') ? cxlDecoders.length : undefined,
    }),
  }
}

function summariseRegion(region: CxlRegion): SummaryCxlRegion {
  const memdevs = [...(region.targets ?? [])]
    .sort((a, b) => a.position - b.position)
    .flatMap(({ memdevId }) => memdevId ?? [])
  return {
    id: region.regionName,
    ...known({
      type: region.regionType,
      sizeBytes: region.sizeBytes,
      startAddress: region.startAddress,
      interleaveWays: region.interleaveWays,
      granularityBytes: region.granularityBytes,
      memdevs: memdevs.length === 0 ? undefined : memdevs,
    }),
  }
}
