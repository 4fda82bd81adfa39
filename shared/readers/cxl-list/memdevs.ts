import type { CxlMemdev } from '../../model/cxl'
import { FactSheet } from '../facts'
import type { JsonFields } from '../json/json-fields'
import type { Sourced } from '../tree-files'
import type { PortAround } from './ports'

const PCI_ADDRESS = /^[\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[\da-f]$/

/** A CXL memory device, inside its endpoint where the output nests them (util_cxl_memdev_to_json, cxl/json.c). */
export function readMemdev(fields: JsonFields, around: PortAround | undefined): CxlMemdev {
  const [host, hostSource] = fields.text('host')
  const sheet = new FactSheet<CxlMemdev>(fields.name)
    .set('ramBytes', ...fields.size('ram_size'))
    .set('pmemBytes', ...fields.size('pmem_size'))
    .set('serial', ...fields.bits64('serial'))
    .set('numaNode', ...fields.id('numa_node'))
    .set('firmwareVersion', ...readFirmwareVersion(fields))
    // A device of cxl_test has a host that is none.
    .set('pciAddress', PCI_ADDRESS.test(host ?? '') ? host : undefined, hostSource)
    .set('state', ...fields.text('state'))
  // Without endpoints in the output (-BM), memory devices stand in the bus or port above.
  if (around?.id.startsWith('endpoint') === true) sheet.set('endpointId', around.id, around.source)
  return sheet.finish()
}

/** Version in the active slot (-F). */
function readFirmwareVersion(fields: JsonFields): Sourced<string> {
  const [firmware] = fields.objects('firmware')
  if (firmware === undefined) return [undefined, fields.source('firmware')]
  const slots = fields.within(firmware, `${fields.name} firmware`)
  return slots.text(`slot_${slots.number('active_slot')[0]}_version`)
}
