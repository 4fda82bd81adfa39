import type { Facts } from '../facts'
import type { TreeFiles } from '../tree-files'
import { readCxlDecoder } from './cxl-decoders'
import { devicesOfBus } from './bus-devices'
import { readCxlMemdev } from './cxl-memdevs'
import { readCxlPort } from './cxl-ports'
import { readCxlRegion } from './cxl-regions'

/**
 * Devices of the CXL bus (DOMAIN §8; Documentation/ABI/testing/sysfs-bus-cxl). The tree is in their real paths:
 * root0/port1/endpoint2/decoder2.0 and root0/decoder0.0/region0/dax_region0/dax0.0.
 * Windows are not among them: `assemble` takes them from the CEDT, or has the root decoders stand for them, so that their
 * list is empty here, not unknown.
 */
export function readCxl(files: TreeFiles): Facts {
  if (files.tree.kind('sys/bus/cxl') === undefined) return {}
  const devices = devicesOfBus(files, 'cxl')
  const named = (pattern: RegExp) => devices.filter(({ name }) => pattern.test(name))
  const cxlPorts = named(/^(?:root|port|endpoint)\d+$/).map((device) => readCxlPort(files, device))
  const portById = new Map(cxlPorts.map((port) => [port.id, port]))
  const endpointOfMemdev = new Map(cxlPorts.map(({ memdevId, id }) => [memdevId, id]))
  const cxlDecoders = named(/^decoder\d+\.\d+$/).flatMap(
    (device) => readCxlDecoder(files, device, portById) ?? [],
  )
  const memdevOfDecoder = new Map(
    cxlDecoders.map(({ id, portId }) => [id, portById.get(portId ?? '')?.memdevId]),
  )
  return {
    cxlPorts,
    cxlDecoders,
    cxlWindows: [],
    cxlMemdevs: named(/^mem\d+$/).map((device) =>
      readCxlMemdev(files, device, endpointOfMemdev.get(device.name)),
    ),
    cxlRegions: named(/^region\d+$/).map((device) => readCxlRegion(files, device, memdevOfDecoder)),
  }
}
