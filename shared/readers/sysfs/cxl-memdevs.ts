import type { CxlMemdev } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import { parentName, type BusDevice } from './bus-devices'

const PCI_ADDRESS = /^[\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[\da-f]$/

/** A CXL memory device; it hangs below its PCI device, its endpoint below a port. */
export function readCxlMemdev(
  files: TreeFiles,
  { name, path }: BusDevice,
  endpointId: ObjectId | undefined,
): CxlMemdev {
  const parent = parentName(path)
  return new FactSheet<CxlMemdev>(name)
    .set('ramBytes', ...files.number(`${path}/ram/size`))
    .set('pmemBytes', ...files.number(`${path}/pmem/size`))
    .set('serial', ...readSerial(files, `${path}/serial`))
    .set('numaNode', ...files.id(`${path}/numa_node`))
    .set('firmwareVersion', ...files.text(`${path}/firmware_version`))
    .set('pciAddress', PCI_ADDRESS.test(parent ?? '') ? parent : undefined, files.source(path))
    .set('endpointId', endpointId, files.source(`sys/bus/cxl/devices/${endpointId}/uport`))
    .finish()
}

/** `%#llx`: all 64 bits, so it stays a string; 0 is printed without the prefix by older kernels. */
function readSerial(files: TreeFiles, path: string): Sourced<string> {
  const [text, source] = files.text(path)
  const digits = /^(?:0x)?([\da-f]{1,16})$/i.exec(text ?? '')?.[1]
  if (text !== undefined && digits === undefined) files.malformed(path, text, 'a 64-bit serial')
  return [digits === undefined ? undefined : `0x${BigInt(`0x${digits}`).toString(16)}`, source]
}
