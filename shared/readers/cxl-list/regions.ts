import type { CxlRegion, CxlRegionTarget } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import type { DaxDevice } from '../../model/topology'
import { readDaxDevices } from '../daxctl/devices'
import { FactSheet } from '../facts'
import type { Fact, JsonFields } from '../json/json-fields'
import type { Sourced } from '../tree-files'

const TYPES = { ram: 'ram', pmem: 'pmem' } as const

/** A CXL region, below its root decoder where the output nests them (util_cxl_region_to_json, cxl/json.c). */
export function readRegion(
  fields: JsonFields,
  rootDecoderId: Fact<ObjectId> | undefined,
): CxlRegion {
  const type: Fact<'ram' | 'pmem'> =
    fields.has('daxregion') && !fields.has('type')
      ? ['ram', fields.derived('a dax region is made from volatile memory')]
      : fields.word('type', TYPES)
  const sheet = new FactSheet<CxlRegion>(`cxl:${fields.name}`)
    .set('regionName', fields.name, fields.source('region'))
    .set('regionType', ...type)
    .set('sizeBytes', ...fields.size('size'))
    .set('startAddress', ...fields.number('resource'))
    .set('interleaveWays', ...fields.number('interleave_ways'))
    .set('granularityBytes', ...fields.size('interleave_granularity'))
    .set('state', ...fields.text('decode_state'))
    .set('uuid', ...fields.text('uuid'))
    .set('targets', ...readTargets(fields))
    .set('extendedLinearCacheBytes', ...fields.size('extended_linear_cache_size'))
  if (rootDecoderId !== undefined) sheet.set('rootDecoderId', ...rootDecoderId)
  return sheet.finish()
}

/** By position; older versions name no memory device. */
function readTargets(fields: JsonFields): Sourced<readonly CxlRegionTarget[]> {
  const targets = fields.objects('mappings').flatMap((object): readonly CxlRegionTarget[] => {
    const mapping = fields.within(object, `${fields.name} mapping`)
    const [position] = mapping.number('position')
    const [decoderId] = mapping.text('decoder')
    const [memdevId] = mapping.text('memdev')
    return position === undefined
      ? []
      : [
          {
            position,
            ...(decoderId !== undefined && { decoderId }),
            ...(memdevId !== undefined && { memdevId }),
          },
        ]
  })
  targets.sort((a, b) => a.position - b.position)
  return [targets.length === 0 ? undefined : targets, fields.source('mappings')]
}

/** The dax devices that stand below a region with -X. */
export function readDaxDevicesOf(fields: JsonFields): readonly DaxDevice[] {
  const parent = {
    origin: 'cxl',
    cxlRegionId: `cxl:${fields.name}`,
    source: fields.source('daxregion'),
  } as const
  return fields
    .objects('daxregion')
    .flatMap((region) => readDaxDevices(fields.within(region, `${fields.name} daxregion`), parent))
}
