import type { CxlRegion } from '../../model/cxl'
import type { PmemRegion } from '../../model/topology'
import { FactSheet } from '../facts'
import type { JsonFields } from '../json/json-fields'
import type { DaxParent } from './devices'

export interface RegionOfPath {
  readonly parent?: DaxParent
  readonly region?: PmemRegion
  readonly cxlRegion?: CxlRegion
}

/**
 * What the `path` of a dax region names (DOMAIN §13.12): the CXL region and its root decoder in
 * `/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0`, the libnvdimm bus and region in
 * `…/ndbus0/region1/dax1.0`, or `/platform/hmem.0`.
 */
export function readRegionPath(fields: JsonFields): RegionOfPath {
  const [path, source] = fields.text('path')
  if (path === undefined) return {}
  const [, decoder, cxlName] =
    /\/(decoder\d{1,9}\.\d{1,9})\/(region\d{1,9})\/dax_region\d{1,9}$/.exec(path) ?? []
  if (cxlName !== undefined) {
    const id = `cxl:${cxlName}`
    const cxlRegion = new FactSheet<CxlRegion>(id)
      .set('regionName', cxlName, source)
      .set('rootDecoderId', decoder, source)
      .set('regionType', 'ram', fields.derived('a dax region is made from volatile memory'))
      .set('sizeBytes', fields.size('size')[0], fields.derived('its dax region covers it whole'))
      .finish()
    return { cxlRegion, parent: { origin: 'cxl', cxlRegionId: id, source } }
  }
  const [, busId, regionId] = /\/(ndbus\d{1,9})\/(region\d{1,9})\//.exec(path) ?? []
  if (regionId !== undefined) {
    const region = new FactSheet<PmemRegion>(regionId).set('busId', busId, source).finish()
    return { region, parent: { origin: 'pmem', source } }
  }
  return /\/hmem\.\d{1,9}$/.test(path) ? { parent: { origin: 'hmem', source } } : {}
}
