import type { ObjectId } from '../../model/model-object'
import type { Namespace } from '../../model/topology'
import { FactSheet } from '../facts'
import type { Fact, JsonFields } from '../json/json-fields'
import { readUuid } from './namespaces'

const MODE_OF_SIGNATURE = {
  NVDIMM_PFN_INFO: 'fsdax',
  NVDIMM_DAX_INFO: 'devdax',
  BTT_ARENA_INFO: 'sector',
} as const

/** enum nd_pfn_mode of drivers/nvdimm/nd.h. */
const MAP_OF_MODE: Readonly<Record<number, 'mem' | 'dev'>> = { 1: 'mem', 2: 'dev' }

/**
 * What `ndctl read-infoblock` tells of a namespace (DOMAIN §6.4). Sizes need the page size, which info blocks older than
 * version 1.4 do not hold.
 */
export function readInfoBlock(fields: JsonFields, regionId: Fact<ObjectId>): Namespace {
  const [mode, modeSource] = fields.word('signature', MODE_OF_SIGNATURE)
  const sheet = new FactSheet<Namespace>(fields.name)
    .set('regionId', ...regionId)
    .set('mode', mode, modeSource)
    .set('uuid', ...readUuid(fields, 'uuid'))
    .set('rawUuid', ...readUuid(fields, 'parent_uuid'))
  if (mode === 'sector') {
    return sheet
      .set('map', 'none', modeSource)
      .set('sectorBytes', ...fields.number('external_lbasize'))
      .finish()
  }
  const [map, mapSource] = fields.number('mode')
  const quantities = ['npfns', 'page_size', 'dataoff', 'start_pad', 'end_trunc'].map(
    (key) => fields.size(key)[0],
  )
  const [pages, pageBytes, dataOffset = 0, startPad = 0, endTrunc = 0] = quantities
  const usable = pages === undefined || pageBytes === undefined ? undefined : pages * pageBytes
  const raw = usable === undefined ? undefined : usable + dataOffset + startPad + endTrunc
  return sheet
    .set('map', MAP_OF_MODE[map ?? 0], mapSource)
    .set('alignBytes', ...fields.size('align'))
    .set('usableBytes', safe(usable), fields.derived('npfns × page_size of the info block'))
    .set(
      'rawBytes',
      safe(raw),
      fields.derived('npfns × page_size + dataoff + start_pad + end_trunc'),
    )
    .finish()
}

function safe(bytes: number | undefined): number | undefined {
  return bytes !== undefined && Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined
}
