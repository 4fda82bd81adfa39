import type { PmemRegion, RegionMapping } from '../../model/topology'
import { FactSheet } from '../facts'
import type { JsonFields } from '../json/json-fields'
import type { Sourced } from '../tree-files'

/** A libnvdimm region inside its bus, where the output names that (DOMAIN §6.8). */
export function readRegion(fields: JsonFields, bus: JsonFields | undefined): PmemRegion {
  const [persistenceDomain, domainSource] = fields.text('persistence_domain')
  const sheet = new FactSheet<PmemRegion>(fields.name)
    .set('regionType', ...fields.word('type', TYPES))
    .set('sizeBytes', ...fields.size('size'))
    .set('availableBytes', ...fields.size('available_size'))
    .set('maximumExtentBytes', ...fields.size('max_available_extent'))
    .set('alignBytes', ...fields.size('align'))
    .set('startAddress', ...fields.number('resource'))
    .set('mappings', ...readMappings(fields))
    .set('interleaveSetCookie', ...fields.bits64('iset_id'))
    // What ndctl writes where the kernel's own attribute is empty.
    .set(
      'persistenceDomain',
      persistenceDomain === 'unknown' ? undefined : persistenceDomain,
      domainSource,
    )
    .set('state', ...fields.text('state'))
    .set('numaNode', ...fields.id('numa_node'))
    .set('targetNode', ...fields.id('target_node'))
    .set('badBlockCount', ...fields.number('badblock_count'))
  if (bus !== undefined) {
    sheet.set('busId', bus.name, bus.source('dev')).set('provider', ...bus.text('provider'))
  }
  return sheet.finish()
}

const TYPES = { pmem: 'pmem', blk: 'blk', volatile: 'volatile' } as const

function readMappings(fields: JsonFields): Sourced<readonly RegionMapping[]> {
  const objects = fields.objects('mappings')
  const mappings = objects.flatMap((object, index): readonly RegionMapping[] => {
    const mapping = fields.within(object, `${fields.name} mapping`)
    const [nvdimmId] = mapping.text('dimm')
    const [dpaStart] = mapping.number('offset')
    const [sizeBytes] = mapping.size('length')
    const [position] = mapping.number('position')
    return nvdimmId === undefined || dpaStart === undefined || sizeBytes === undefined
      ? []
      : // Kernels before 4.20 have no position; ndctl prints the mappings backwards.
        [{ nvdimmId, dpaStart, sizeBytes, position: position ?? objects.length - 1 - index }]
  })
  mappings.sort((a, b) => a.position - b.position)
  return [mappings.length === 0 ? undefined : mappings, fields.source('mappings')]
}
