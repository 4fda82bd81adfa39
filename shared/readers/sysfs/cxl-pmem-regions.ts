import type { CxlRegion } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import type { DerivedSource } from '../../model/source'
import type { PmemRegion } from '../../model/topology'
import type { Facts } from '../facts'

/**
 * Ties each libnvdimm region of a CXL bridge to the CXL region that it persists on. No link of sysfs does: it is the one
 * with the same addresses, or, where those are hidden, the only pmem region over the same memory devices.
 */
export function tiePmemRegions(facts: Facts): Facts {
  const cxlRegions = (facts.cxlRegions ?? []).filter(({ regionType }) => regionType === 'pmem')
  if (facts.regions === undefined || cxlRegions.length === 0) return facts
  const memdevOf = new Map(facts.nvdimms?.map(({ id, cxlMemdevId }) => [id, cxlMemdevId]))
  return { ...facts, regions: facts.regions.map((region) => tie(region, cxlRegions, memdevOf)) }
}

function tie(
  region: PmemRegion,
  cxlRegions: readonly CxlRegion[],
  memdevOf: ReadonlyMap<ObjectId, ObjectId | undefined>,
): PmemRegion {
  if (region.provider !== 'CXL') return region
  const memdevs = namesOf(region.mappings?.map(({ nvdimmId }) => memdevOf.get(nvdimmId)))
  const [only, ...others] = cxlRegions.filter(({ startAddress, targets }) =>
    startAddress === undefined || region.startAddress === undefined
      ? memdevs !== undefined && memdevs === namesOf(targets?.map(({ memdevId }) => memdevId))
      : startAddress === region.startAddress,
  )
  if (only === undefined || others.length > 0) return region
  const source: DerivedSource = {
    kind: 'derived',
    reader: 'sysfs',
    rule: 'the CXL region with the same start address, or the only one over the same memory devices',
  }
  return {
    ...region,
    cxlRegionId: only.id,
    sources: { ...region.sources, cxlRegionId: source },
  }
}

function namesOf(ids: readonly (ObjectId | undefined)[] | undefined): string | undefined {
  return ids === undefined || ids.includes(undefined) ? undefined : [...ids].sort().join(' ')
}
