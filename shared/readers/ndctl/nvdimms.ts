import type { Nvdimm } from '../../model/memory-modules'
import { FactSheet } from '../facts'
import type { JsonFields } from '../json/json-fields'
import type { Sourced } from '../tree-files'

/** An NVDIMM (util_dimm_to_json, ndctl/json.c); `handle` and `phys_id` are decimal here and hexadecimal in sysfs. */
export function readNvdimm(fields: JsonFields): Nvdimm {
  const [uniqueId, idSource] = fields.text('id')
  return (
    new FactSheet<Nvdimm>(fields.name)
      .set('handle', ...fields.number('handle'))
      .set('physicalId', ...fields.number('phys_id'))
      // CXL devices have their serial here, and 0 where they have none.
      .set('uniqueId', uniqueId === '0' ? undefined : uniqueId, idSource)
      .set('security', ...fields.text('security'))
      .set('health', ...readHealth(fields))
      // Not what sysfs calls the state of an nmem (idle or active: whether a region uses it).
      .set(
        'state',
        fields.value('state') === 'disabled' ? 'disabled' : undefined,
        fields.derived('ndctl finds no driver bound to it'),
      )
      .finish()
  )
}

/** What `-H` says, else the failures that the `flag_…` keys tell of: `failed flush`. */
function readHealth(fields: JsonFields): Sourced<string> {
  const [health] = fields.objects('health')
  if (health !== undefined) {
    const [state, source] = fields.within(health, `${fields.name} health`).text('health_state')
    if (state !== undefined) return [state, source]
  }
  const failures = Object.keys(fields.object).filter(
    (key) => key.startsWith('flag_failed_') && fields.value(key) === true,
  )
  const words = failures.map((key) => key.slice('flag_'.length).replace('_', ' ')).join(', ')
  return [words === '' ? undefined : words, fields.source('flag_failed_*')]
}
