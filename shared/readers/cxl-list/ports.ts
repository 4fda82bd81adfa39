import type { CxlDport, CxlPort } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import { compareIds } from '../../model/order'
import type { Source } from '../../model/source'
import { FactSheet } from '../facts'
import type { Fact, JsonFields } from '../json/json-fields'
import type { Sourced } from '../tree-files'

/** The port that an object is nested in, under a key such as `ports:root0`. */
export interface PortAround {
  readonly id: ObjectId
  readonly depth: number | undefined
  readonly source: Source
}

/** A bus, which is the root port of its tree. */
export function readBus(fields: JsonFields): CxlPort {
  return new FactSheet<CxlPort>(fields.name)
    .set('portKind', 'root', fields.source('bus'))
    .set('dports', ...readDports(fields))
    .finish()
}

/** A host bridge or switch. */
export function readPort(fields: JsonFields, around: PortAround | undefined): CxlPort {
  const sheet = new FactSheet<CxlPort>(fields.name)
    .set('portKind', ...portKindOf(fields, around))
    .set('depth', ...fields.number('depth'))
    .set('uport', ...fields.text('host'))
    .set('parentDport', ...fields.text('parent_dport'))
    .set('dports', ...readDports(fields))
  return sheet.set('parentPortId', ...parentOf(fields, around)).finish()
}

/** An endpoint; its host is the memory device that it stands for. */
export function readEndpoint(fields: JsonFields, around: PortAround | undefined): CxlPort {
  const [host, source] = fields.text('host')
  const sheet = new FactSheet<CxlPort>(fields.name)
    .set('portKind', 'endpoint', fields.source('endpoint'))
    .set('depth', ...fields.number('depth'))
    .set('uport', host, source)
    .set('memdevId', /^mem\d{1,9}$/.test(host ?? '') ? host : undefined, source)
    .set('parentDport', ...fields.text('parent_dport'))
  return sheet.set('parentPortId', ...parentOf(fields, around)).finish()
}

/** What the output leaves out (-p, -BE) does not nest: an endpoint may stand in the bus instead of in its port. */
function parentOf(fields: JsonFields, around: PortAround | undefined): Fact<ObjectId> {
  const [depth] = fields.number('depth')
  const isDirect =
    depth !== undefined && around?.depth !== undefined
      ? depth === around.depth + 1
      : around?.depth !== 0 || fields.has('port')
  return [isDirect ? around?.id : undefined, around?.source ?? fields.source('depth')]
}

/** Host bridges are the first level below the root; older versions print no depth, but their host is an ACPI device. */
function portKindOf(fields: JsonFields, around: PortAround | undefined): Fact<CxlPort['portKind']> {
  if (fields.name.startsWith('root')) return ['root', fields.source('port')]
  const [depth, depthSource] = fields.number('depth')
  if (depth !== undefined) return [depth === 1 ? 'host-bridge' : 'switch', depthSource]
  if (around?.depth === 0) return ['host-bridge', around.source]
  const host = String(fields.value('host') ?? '')
  return [
    /^(?:ACPI0016:|pci[\da-f]{4}:)/.test(host) ? 'host-bridge' : 'switch',
    fields.derived('an ACPI or PCI root device is a host bridge, another one a switch'),
  ]
}

function readDports(fields: JsonFields): Sourced<readonly CxlDport[]> {
  const dports = fields.objects('dports').flatMap((object): readonly CxlDport[] => {
    const dport = fields.within(object, `${fields.name} dport`)
    const [device] = dport.text('dport')
    const [dportId] = dport.number('id')
    const [alias] = dport.text('alias')
    return device === undefined
      ? []
      : [
          {
            device,
            ...(dportId !== undefined && { dportId }),
            ...(alias !== undefined && { alias }),
          },
        ]
  })
  dports.sort((a, b) => compareIds(a.device, b.device))
  return [dports.length === 0 ? undefined : dports, fields.source('dports')]
}
