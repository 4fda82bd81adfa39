import type { ObjectId } from '../../model/model-object'
import type { Source } from '../../model/source'
import type { DaxDevice, DaxMode } from '../../model/topology'
import type { AddressRange } from '../../model/units'
import { daxRanges } from '../dax-ranges'
import { FactSheet } from '../facts'
import type { JsonFields } from '../json/json-fields'
import { parseQuantity, type Sourced } from '../tree-files'

/** What the surroundings of a dax device tell of it. */
export interface DaxParent {
  readonly origin: NonNullable<DaxDevice['origin']>
  readonly cxlRegionId?: ObjectId
  readonly source: Source
}

const DEVICE_NAME = /^dax\d{1,9}\.\d{1,9}$/

/**
 * The devices of a `devices` array, as daxctl prints them and as ndctl and cxl nest them (util_daxctl_dev_to_json,
 * daxctl/json.c; DOMAIN §7).
 */
export function readDaxDevices(region: JsonFields, parent?: DaxParent): readonly DaxDevice[] {
  return region.objects('devices').flatMap((object) => {
    const name = object['chardev']
    return typeof name === 'string' && DEVICE_NAME.test(name)
      ? [readDaxDevice(region.within(object, name), parent)]
      : []
  })
}

/** One device; its name is the name of `fields`. */
export function readDaxDevice(fields: JsonFields, parent?: DaxParent): DaxDevice {
  const ranges = readRanges(fields)
  const sheet = new FactSheet<DaxDevice>(fields.name)
    .set('sizeBytes', ...fields.size('size'))
    .set('alignBytes', ...fields.size('align'))
    .set('targetNode', ...fields.id('target_node'))
    .set('onlineBlocks', ...fields.number('online_memblocks'))
    .set('totalBlocks', ...fields.number('total_memblocks'))
    .set('isMovable', ...fields.flag('movable'))
    .set('ranges', ...ranges)
    .set('startAddress', ranges[0]?.[0]?.start, ranges[1])
  setMode(sheet, fields)
  if (parent !== undefined) {
    sheet
      .set('origin', parent.origin, parent.source)
      .set('cxlRegionId', parent.cxlRegionId, parent.source)
  }
  return sheet.finish()
}

const MODES: Readonly<Record<string, DaxMode>> = {
  devdax: 'devdax',
  'system-ram': 'system-ram',
  famfs: 'fsdev',
}

function setMode(sheet: FactSheet<DaxDevice>, fields: JsonFields): void {
  const [mode, source] = fields.word('mode', MODES)
  if (fields.value('state') === 'disabled') sheet.set('mode', 'disabled', fields.source('state'))
  else if (mode !== 'devdax') sheet.set('mode', mode, source)
  // Up to v81 a device of fsdev_dax is called devdax, too (DOMAIN §14.7): the driver link, where there is one, knows better.
  else sheet.set('mode', mode, fields.derived('daxctl calls devdax what is not system-ram'))
}

/** `end` is the last byte. */
function readRanges(fields: JsonFields): Sourced<readonly AddressRange[]> {
  const ranges: AddressRange[] = []
  for (const object of fields.objects('mappings')) {
    const [start, last] = [object['start'], object['end']].map((value) =>
      parseQuantity(String(value ?? '')),
    )
    if (start === undefined || last === undefined || last < start) {
      fields.malformed('mappings', 'a list of ranges with start and end')
      continue
    }
    ranges.push({ start, end: last + 1 })
  }
  const distinct = daxRanges(ranges)
  if (!distinct.isWhole) fields.malformed('mappings', 'a list of up to 1024 distinct ranges')
  return [distinct.ranges, fields.source('mappings')]
}
