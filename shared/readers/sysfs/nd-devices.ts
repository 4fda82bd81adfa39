import type { TreeFiles } from '../tree-files'
import { devicesOfBus, type BusDevice } from './bus-devices'

/** Folders of links that may lead below a libnvdimm bus. */
const LINK_FOLDERS = ['sys/bus/dax/devices', 'sys/class/block', 'sys/block']
/** Where the bus of an NFIT hangs: before and since 7.3 (DOMAIN §14.8). */
const BUS_FOLDERS = [
  'sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00',
  'sys/devices/platform/ACPI0012:00',
]
const BUS_IN_PATH = /^(.*\/ndbus\d+)(?:\/|$)/
const ND_DEVICE = /^(?:nmem\d+|region\d+)$/
const REGION_DEVICE = /^(?:namespace|pfn|dax|btt)\d+\.\d+$/

/**
 * Devices of the libnvdimm bus, found through the links of /sys/bus/nd/devices and never by a fixed path (DOMAIN §14.8).
 * hwloc-gather-topology leaves /sys/bus/nd out: there the directories below each bus tell.
 * Undefined when nothing says whether there is such a bus.
 */
export function ndDevices(files: TreeFiles): readonly BusDevice[] | undefined {
  if (files.tree.kind('sys/bus/nd') !== undefined) return devicesOfBus(files, 'nd')
  const buses = findBuses(files)
  return buses.size === 0 ? undefined : [...buses].flatMap((bus) => below(files, bus))
}

function findBuses(files: TreeFiles): ReadonlySet<string> {
  const links = LINK_FOLDERS.flatMap((folder) =>
    files.tree.list(folder).map((name) => `${folder}/${name}`),
  )
  const children = BUS_FOLDERS.flatMap((folder) =>
    files.tree.list(folder).map((name) => `${folder}/${name}`),
  )
  const buses = [...links, ...children].flatMap(
    (path) => BUS_IN_PATH.exec(files.tree.resolve(path) ?? '')?.[1] ?? [],
  )
  return new Set(buses)
}

function below(files: TreeFiles, bus: string): readonly BusDevice[] {
  const children = (path: string, pattern: RegExp) =>
    files.tree
      .list(path)
      .filter((name) => pattern.test(name))
      .map((name) => ({ name, path: `${path}/${name}` }))
  const own = children(bus, ND_DEVICE)
  return [...own, ...own.flatMap(({ path }) => children(path, REGION_DEVICE))]
}
