import { ownValue } from '../../model/own-value'
import type { DaxDevice, DaxMode } from '../../model/topology'
import type { AddressRange } from '../../model/units'
import { daxRanges } from '../dax-ranges'
import { FactSheet, type Facts } from '../facts'
import { parseQuantity, type Sourced, type TreeFiles } from '../tree-files'
import { devicesOfBus, parentName, type BusDevice } from './bus-devices'
import { cxlRegionId } from './cxl-region-id'

const MODE_OF_DRIVER: Readonly<Record<string, DaxMode>> = {
  device_dax: 'devdax',
  kmem: 'system-ram',
  fsdev_dax: 'fsdev',
}

/** hwloc drops such a device and marks the node instead (topology-linux.c, hwloc_linuxfs_lookup_dax_class). */
const HIDDEN = 'kmem has made it ordinary memory: lstopo shows the node, not the device'

/** Devices of the dax bus (DOMAIN §7). The mode is the driver: neither `state` nor daxctl tell it reliably (DOMAIN §14.7–8). */
export function readDaxDevices(files: TreeFiles): Facts {
  if (files.tree.kind('sys/bus/dax') === undefined) return {}
  const daxDevices = devicesOfBus(files, 'dax')
    .filter(({ name }) => /^dax\d+\.\d+$/.test(name))
    .map((device) => readDaxDevice(files, device))
  return { daxDevices }
}

function readDaxDevice(files: TreeFiles, { name, path }: BusDevice): DaxDevice {
  const [driver, driverSource] = files.linkName(`${path}/driver`)
  const mode = driver === undefined ? 'disabled' : ownValue(MODE_OF_DRIVER, driver)
  const ranges = readRanges(files, path)
  const [resource, resourceSource] = files.number(`${path}/resource`)
  return new FactSheet<DaxDevice>(name)
    .set('mode', mode, driverSource)
    .set('sizeBytes', ...files.number(`${path}/size`))
    .set('alignBytes', ...files.number(`${path}/align`))
    .set('numaNode', ...files.id(`${path}/numa_node`))
    .set('targetNode', ...files.id(`${path}/target_node`))
    .set('origin', originOf(path), files.source(path))
    .set('cxlRegionId', originOf(path) === 'cxl' ? regionOf(path) : undefined, files.source(path))
    .set('startAddress', resource ?? ranges[0]?.[0]?.start, resourceSource)
    .set('ranges', ...ranges)
    .set('hiddenByHwloc', mode === 'system-ram' ? HIDDEN : undefined, driverSource)
    .set('memmapOnMemory', ...files.flag(`${path}/memmap_on_memory`))
    .finish()
}

/** The parent devices tell: a libnvdimm claim, a CXL region, or the platform device hmem.N (DOMAIN §7). */
function originOf(path: string): 'pmem' | 'hmem' | 'cxl' | undefined {
  if (/\/dax_region\d+\//.test(path)) return 'cxl'
  if (/\/hmem\.\d+\//.test(path)) return 'hmem'
  if (/\/ndbus\d+\//.test(path)) return 'pmem'
  return undefined
}

/** region0/dax_region0/dax0.0: the CXL region is two devices above. */
function regionOf(path: string): string | undefined {
  return cxlRegionId(parentName(path, 2))
}

/** mappingN/{start,end} in hexadecimal, end inclusive; root only. */
function readRanges(files: TreeFiles, path: string): Sourced<readonly AddressRange[]> {
  const ranges = files.tree.list(path).flatMap((name) => {
    if (!/^mapping\d+$/.test(name)) return []
    const start = parseQuantity(files.text(`${path}/${name}/start`)[0] ?? '')
    const last = parseQuantity(files.text(`${path}/${name}/end`)[0] ?? '')
    return start === undefined || last === undefined || last < start
      ? []
      : [{ start, end: last + 1 }]
  })
  const distinct = daxRanges(ranges)
  if (!distinct.isWhole) {
    files.malformed(`${path}/mapping*`, `${ranges.length} ranges`, 'up to 1024 distinct ranges')
  }
  return [distinct.ranges, files.source(path, 'mapping*')]
}
