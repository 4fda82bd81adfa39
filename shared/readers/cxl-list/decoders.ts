import type { CxlDecoder } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import { FactSheet } from '../facts'
import type { Fact, JsonFields } from '../json/json-fields'
import { cxlRegionId } from '../sysfs/cxl-region-id'
import type { Sourced } from '../tree-files'
import type { PortAround } from './ports'

/** A decoder (util_cxl_decoder_to_json, cxl/json.c), of the port that it is nested in or that its name tells. */
export function readDecoder(fields: JsonFields, around: PortAround | undefined): CxlDecoder {
  // Without ports in the output, all decoders below a bus stand in the bus.
  const port = numberOf(around?.id) === numberOf(fields.name) ? around : undefined
  const [kind, kindSource] = decoderKindOf(fields, port)
  const [region, regionSource] = fields.text('region')
  return new FactSheet<CxlDecoder>(fields.name)
    .set('decoderKind', kind, kindSource)
    .set('portId', ...portOf(fields, port, kind ?? 'switch'))
    .set('startAddress', ...fields.number('resource'))
    .set('sizeBytes', ...fields.size('size'))
    .set('interleaveWays', ...fields.number('interleave_ways'))
    .set('granularityBytes', ...fields.size('interleave_granularity'))
    .set('targets', ...readTargets(fields))
    .set('mode', ...fields.text('mode'))
    .set('dpaStart', ...fields.number('dpa_resource'))
    .set('dpaBytes', ...fields.size('dpa_size'))
    .set('cxlRegionId', cxlRegionId(region), regionSource)
    .set('capabilities', ...readCapabilities(fields))
    .set('qosClass', ...fields.id('qos_class'))
    .finish()
}

type DecoderKind = CxlDecoder['decoderKind']

function decoderKindOf(fields: JsonFields, port: PortAround | undefined): Fact<DecoderKind> {
  if (port !== undefined) {
    const [name] = /^[a-z]+/.exec(port.id) ?? []
    return [name === 'root' ? 'root' : name === 'port' ? 'switch' : 'endpoint', port.source]
  }
  const rule = fields.derived(
    'only endpoints have no targets, only roots say what may be placed there',
  )
  if (!fields.has('nr_targets')) return ['endpoint', rule]
  const keys = ['max_available_extent', 'volatile_capable', 'pmem_capable', 'accelmem_capable']
  return [keys.some((key) => fields.has(key)) ? 'root' : 'switch', rule]
}

/** Ports, endpoints and roots share one numbering, and decoders begin with that number (drivers/cxl/core/port.c). */
function portOf(
  fields: JsonFields,
  port: PortAround | undefined,
  kind: DecoderKind,
): Fact<ObjectId> {
  if (port !== undefined) return [port.id, port.source]
  return [
    `${{ root: 'root', switch: 'port', endpoint: 'endpoint' }[kind]}${numberOf(fields.name)}`,
    fields.derived('the first number of the name is that of the port'),
  ]
}

function numberOf(name: string | undefined): string | undefined {
  return /\d+/.exec(name ?? '')?.[0]
}

/** Devices in interleave order; the tool prints them in any. */
function readTargets(fields: JsonFields): Sourced<readonly string[]> {
  const targets = fields
    .objects('targets')
    .map((object) => fields.within(object, `${fields.name} target`))
    .map((target) => ({ device: target.text('target')[0], position: target.number('position')[0] }))
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .flatMap(({ device }) => device ?? [])
  return [targets.length === 0 ? undefined : targets, fields.source('targets')]
}

/** ram and pmem are only printed of a window for memory devices, which is what type3 means (cap_type3). */
function readCapabilities(fields: JsonFields): Sourced<readonly string[]> {
  const is = (key: string) => fields.value(key) === true
  const isForMemory = is('volatile_capable') || is('pmem_capable')
  const names = [
    ['ram', is('volatile_capable')],
    ['pmem', is('pmem_capable')],
    ['type2', is('accelmem_capable')],
    ['type3', isForMemory],
  ] as const
  const present = names.flatMap(([name, isThere]) => (isThere ? [name] : []))
  return [present.length === 0 ? undefined : present, fields.source('*_capable')]
}
