import type { CxlDecoder, CxlMemdev, CxlPort, CxlRegion } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import type { DaxDevice } from '../../model/topology'
import type { Facts, Reader } from '../facts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-blocks'
import { JsonFields, type Fact, type JsonPlace } from '../json/json-fields'
import { hasToolOutput, toolOutputs } from '../json/json-tools'
import { readDecoder } from './decoders'
import { readMemdev } from './memdevs'
import { readBus, readEndpoint, readPort, type PortAround } from './ports'
import { readDaxDevicesOf, readRegion } from './regions'

/** `cxl list`, with any options and of any version, and what create-region and update-firmware print (DOMAIN §8). */
export const cxlListReader: Reader = {
  id: 'cxl-list',
  title: 'cxl (JSON of list, create-region, update-firmware)',
  inputKind: 'tool-output',
  sniff: (tree) => hasToolOutput(tree, 'cxl-list'),
  read(tree, context): Facts {
    const found: Found = {}
    for (const { path, value } of toolOutputs(tree, 'cxl-list', context)) {
      visit(value, { place: { reader: 'cxl-list', path, context } }, found)
    }
    return found
  },
}

interface Found {
  cxlMemdevs?: CxlMemdev[]
  cxlPorts?: CxlPort[]
  cxlDecoders?: CxlDecoder[]
  cxlRegions?: CxlRegion[]
  daxDevices?: DaxDevice[]
}

/** What an object stands in. */
interface Within {
  readonly place: JsonPlace
  readonly port?: PortAround
  readonly rootDecoder?: Fact<ObjectId>
}

/** Objects below these keys are no devices of their own. */
const PARTS = new Set([
  'mappings',
  'targets',
  'dports',
  'health',
  'partition_info',
  'firmware',
  'media_errors',
  'alert_config',
  'daxregion',
])

function visit(value: JsonValue, within: Within, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) visit(item, within, found)
  } else if (isJsonObject(value)) {
    visitObject(value, within, found)
  }
}

const KINDS = {
  bus: /^root\d{1,9}$/,
  port: /^(?:root|port)\d{1,9}$/,
  endpoint: /^endpoint\d{1,9}$/,
  decoder: /^decoder\d{1,9}\.\d{1,9}$/,
  region: /^region\d{1,9}$/,
  memdev: /^mem\d{1,9}$/,
} as const

/** The key that names the object: `region` is also a field of decoders, so it comes behind them. */
function fieldsOf(object: JsonObject, place: JsonPlace) {
  for (const kind of ['bus', 'port', 'endpoint', 'decoder', 'region', 'memdev'] as const) {
    const name = object[kind]
    if (typeof name === 'string' && KINDS[kind].test(name)) {
      return { kind, fields: new JsonFields(object, name, place) }
    }
  }
  return undefined
}

function visitObject(object: JsonObject, within: Within, found: Found): void {
  const named = fieldsOf(object, within.place)
  if (named === undefined) {
    visitGroups(object, within, found)
    return
  }
  const { kind, fields } = named
  switch (kind) {
    case 'bus':
      ;(found.cxlPorts ??= []).push(readBus(fields))
      break
    case 'port':
      ;(found.cxlPorts ??= []).push(readPort(fields, within.port))
      break
    case 'endpoint':
      ;(found.cxlPorts ??= []).push(readEndpoint(fields, within.port))
      break
    case 'decoder':
      ;(found.cxlDecoders ??= []).push(readDecoder(fields, within.port))
      visitGroups(object, { ...within, rootDecoder: [fields.name, fields.source(kind)] }, found)
      return
    case 'region': {
      ;(found.cxlRegions ??= []).push(readRegion(fields, within.rootDecoder))
      const daxDevices = readDaxDevicesOf(fields)
      if (daxDevices.length > 0) (found.daxDevices ??= []).push(...daxDevices)
      break
    }
    case 'memdev':
      ;(found.cxlMemdevs ??= []).push(readMemdev(fields, within.port))
      return
  }
  visitGroups(object, kind === 'region' ? within : { ...within, port: portHere(fields) }, found)
}

function portHere(fields: JsonFields): PortAround {
  const isRoot = fields.name.startsWith('root')
  return {
    id: fields.name,
    depth: isRoot ? 0 : fields.number('depth')[0],
    source: fields.source('nesting'),
  }
}

function visitGroups(object: JsonObject, within: Within, found: Found): void {
  for (const [key, value] of Object.entries(object)) {
    if (!PARTS.has(key)) visit(value, within, found)
  }
}
