import type { Nvdimm } from '../../model/memory-modules'
import type { ObjectId } from '../../model/model-object'
import type { DaxDevice, Namespace, PmemRegion } from '../../model/topology'
import type { Facts, Reader } from '../facts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-blocks'
import { JsonFields, type Fact, type JsonPlace } from '../json/json-fields'
import { hasToolOutput, toolOutputs } from '../json/json-tools'
import { readInfoBlock } from './info-blocks'
import { readDaxDevicesOf, readNamespace } from './namespaces'
import { readNvdimm } from './nvdimms'
import { readRegion } from './regions'

/** `ndctl list`, with any options and of any version, and what the commands that make or change something print. */
export const ndctlReader: Reader = {
  id: 'ndctl',
  title: 'ndctl (JSON of list, create-namespace, read-labels, read-infoblock, update-firmware)',
  inputKind: 'tool-output',
  sniff: (tree) => hasToolOutput(tree, 'ndctl'),
  read(tree, context): Facts {
    const found: Found = {}
    for (const { path, value } of toolOutputs(tree, 'ndctl', context)) {
      visit(value, { place: { reader: 'ndctl', path, context } }, found)
    }
    return found
  },
}

/** A list is there as soon as the tool was asked for it, so that an empty one is known to be empty. */
interface Found {
  nvdimms?: Nvdimm[]
  regions?: PmemRegion[]
  namespaces?: Namespace[]
  daxDevices?: DaxDevice[]
}

/** What an object stands in. */
interface Within {
  readonly place: JsonPlace
  readonly bus?: JsonFields
  readonly region?: JsonFields
}

/** Arrays of these are no objects of their own. */
const PARTS = new Set([
  'mappings',
  'capabilities',
  'badblocks',
  'health',
  'firmware',
  'index',
  'label',
  'daxregion',
])

function visit(value: JsonValue, within: Within, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) visit(item, within, found)
  } else if (isJsonObject(value)) {
    visitObject(value, within, found)
  }
}

function visitObject(object: JsonObject, within: Within, found: Found): void {
  const { dev } = object
  const name = typeof dev === 'string' ? dev : ''
  const fields = new JsonFields(object, name, within.place)
  if (/^nmem\d{1,9}$/.test(name)) {
    ;(found.nvdimms ??= []).push(readNvdimm(fields))
  } else if (/^namespace\d{1,9}\.\d{1,9}$/.test(name)) {
    addNamespace(fields, within, found)
  } else if (/^region\d{1,9}$/.test(name)) {
    ;(found.regions ??= []).push(readRegion(fields, within.bus))
    visitGroups(object, { ...within, region: fields }, found)
  } else {
    visitGroups(object, /^ndbus\d{1,9}$/.test(name) ? { ...within, bus: fields } : within, found)
  }
}

function visitGroups(object: JsonObject, within: Within, found: Found): void {
  for (const [key, value] of Object.entries(object)) {
    if (!PARTS.has(key)) visit(value, within, found)
  }
}

function addNamespace(fields: JsonFields, within: Within, found: Found): void {
  const regionId = regionIdOf(fields, within.region)
  const namespaces = (found.namespaces ??= [])
  if (fields.has('signature')) {
    namespaces.push(readInfoBlock(fields, regionId))
    return
  }
  const namespace = readNamespace(fields, regionId)
  if (namespace !== undefined) namespaces.push(namespace)
  const daxDevices = readDaxDevicesOf(fields)
  if (daxDevices.length > 0) (found.daxDevices ??= []).push(...daxDevices)
}

/** The region around it, else the one that its first number names (DOMAIN §6.1). */
function regionIdOf(fields: JsonFields, region: JsonFields | undefined): Fact<ObjectId> {
  if (region !== undefined) return [region.name, region.source('namespaces')]
  const id = `region${/\d+/.exec(fields.name)?.[0]}`
  return [id, fields.derived('the first number of the name is that of the region')]
}
