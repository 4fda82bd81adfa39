import type { Facts } from '../facts'
import type { SpecContext } from './context'
import { cxlNvdimmFacts, cxlPmemFacts, placeCxlDax, placeCxlPmem, type CxlPmem } from './cxl-memory'
import { cxlRegionFacts, endpointDecoderFacts } from './cxl-region-facts'
import { placeCxlRegions, type PlacedCxlRegion } from './cxl-regions'
import { cxlMemdevFacts, cxlPortFacts, placeCxlTree, type CxlTree } from './cxl-tree'
import { cxlWindowFacts, placeWindows, rootDecoderFacts, type PlacedWindow } from './cxl-windows'
import type { PlacedDax } from './dax-devices'

/** All that `cxl` describes, with its place in the address space. */
export interface PlacedCxl {
  readonly tree: CxlTree
  readonly windows: readonly PlacedWindow[]
  readonly regions: readonly PlacedCxlRegion[]
  readonly daxDevices: readonly PlacedDax[]
  readonly pmem: CxlPmem
}

/** Lays out CXL behind `end` of RAM and PMEM; regions and NVDIMMs are numbered on from the given numbers. */
export function placeCxl(
  context: SpecContext,
  from: { readonly end: number; readonly firstRegion: number; readonly firstNvdimm: number },
): PlacedCxl {
  const tree = placeCxlTree(context)
  const windows = placeWindows(context, tree, from.end)
  const regions = placeCxlRegions(context, tree, { windows, firstNumber: from.firstRegion })
  return {
    tree,
    windows,
    regions,
    daxDevices: placeCxlDax(context, regions),
    pmem: placeCxlPmem(context, regions, from.firstNvdimm),
  }
}

/** Facts of the CXL objects themselves; none where the specification says nothing of CXL. */
export function cxlFacts(context: SpecContext, cxl: PlacedCxl): Facts {
  if (context.written.spec.cxl === undefined) return {}
  const { tree, windows, regions } = cxl
  return {
    cxlMemdevs: cxlMemdevFacts(context, tree),
    cxlPorts: cxlPortFacts(context, tree),
    cxlDecoders: [...rootDecoderFacts(windows, tree), ...endpointDecoderFacts(regions)],
    cxlRegions: cxlRegionFacts(context, regions),
    cxlWindows: cxlWindowFacts(context, windows, tree),
  }
}

/** NVDIMMs and libnvdimm regions of persistent CXL memory. */
export function cxlPersistentFacts(
  context: SpecContext,
  { pmem }: PlacedCxl,
): Required<Pick<Facts, 'nvdimms' | 'regions'>> {
  return { nvdimms: cxlNvdimmFacts(pmem), regions: cxlPmemFacts(context, pmem) }
}
