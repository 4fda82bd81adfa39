import type { TreeFiles } from '../tree-files'

export interface BusDevice {
  /** The kernel's name: `region0`, `mem0`. */
  readonly name: string
  /** Canonical path of its directory; the parents in it are the parent devices. */
  readonly path: string
}

/** Devices of a bus by the links of /sys/bus/NAME/devices; a link that dangles leads to no device. */
export function devicesOfBus(files: TreeFiles, bus: string): readonly BusDevice[] {
  const folder = `sys/bus/${bus}/devices`
  return files.tree.list(folder).flatMap((name) => {
    const path = files.tree.resolve(`${folder}/${name}`)
    return path === undefined ? [] : [{ name, path }]
  })
}

/** Name of the device `levels` above another: `region0` for 1 above `…/region0/dax_region0`. */
export function parentName(path: string, levels = 1): string | undefined {
  return path.split('/').at(-1 - levels)
}
