import type { CxlRegion } from '../../model/cxl'
import type { DaxDevice, PmemRegion } from '../../model/topology'
import type { Facts, Reader } from '../facts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-blocks'
import { JsonFields, type JsonPlace } from '../json/json-fields'
import { hasToolOutput, toolOutputs } from '../json/json-tools'
import { readDaxDevice, readDaxDevices } from './devices'
import { readRegionPath } from './region-path'

/** `daxctl list`, with any options, and what create-device and reconfigure-device print (DOMAIN §7). */
export const daxctlReader: Reader = {
  id: 'daxctl',
  title: 'daxctl (JSON of list, create-device, reconfigure-device)',
  inputKind: 'tool-output',
  sniff: (tree) => hasToolOutput(tree, 'daxctl'),
  read(tree, context): Facts {
    const found: Found = { daxDevices: [], regions: [], cxlRegions: [] }
    for (const { path, value } of toolOutputs(tree, 'daxctl', context)) {
      visit(value, { reader: 'daxctl', path, context }, found)
    }
    const { daxDevices, regions, cxlRegions } = found
    return {
      daxDevices,
      ...(regions.length > 0 && { regions }),
      ...(cxlRegions.length > 0 && { cxlRegions }),
    }
  },
}

interface Found {
  readonly daxDevices: DaxDevice[]
  readonly regions: PmemRegion[]
  readonly cxlRegions: CxlRegion[]
}

function visit(value: JsonValue, place: JsonPlace, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) visit(item, place, found)
  } else if (isJsonObject(value)) {
    visitObject(value, place, found)
  }
}

function visitObject(object: JsonObject, place: JsonPlace, found: Found): void {
  const chardev = object['chardev']
  if (typeof chardev === 'string') {
    if (!/^dax\d{1,9}\.\d{1,9}$/.test(chardev)) return
    found.daxDevices.push(readDaxDevice(new JsonFields(object, chardev, place)))
    return
  }
  const { id } = object
  const fields = new JsonFields(object, typeof id === 'number' ? `region ${id}` : 'region', place)
  const { parent, region, cxlRegion } = readRegionPath(fields)
  if (region !== undefined) found.regions.push(region)
  if (cxlRegion !== undefined) found.cxlRegions.push(cxlRegion)
  found.daxDevices.push(...readDaxDevices(fields, parent))
}
