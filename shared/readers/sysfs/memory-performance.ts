import type { AccessClass, MemorySideCache } from '../../model/topology'
import type { Sourced, TreeFiles } from '../tree-files'
import { directoryNumbers } from './directory-numbers'

const NODE_LINK = /^node(\d{1,7})$/

/** Caches in front of a node's memory, by their level; sizes in bytes (HMAT type 2, DOMAIN §9.1). */
export function readMemorySideCaches(
  files: TreeFiles,
  path: string,
): Sourced<readonly MemorySideCache[]> {
  const caches = directoryNumbers(files, path, /^index(\d{1,3})$/).flatMap((level) => {
    const [sizeBytes] = files.number(`${path}/index${level}/size`)
    const [lineBytes] = files.number(`${path}/index${level}/line_size`)
    if (sizeBytes === undefined) return []
    return [{ level, sizeBytes, ...(lineBytes === undefined ? {} : { lineBytes }) }]
  })
  return [caches.length === 0 ? undefined : caches, files.source(path)]
}

/**
 * access0 = best initiators of any kind, access1 = best CPUs; MB/s and ns as HMAT gives them (DOMAIN §9.1).
 * The kernel prints 0 for what the table does not give (drivers/acpi/numa/hmat.c): that is not known.
 */
export function readAccessClasses(
  files: TreeFiles,
  nodePath: string,
): Sourced<readonly AccessClass[]> {
  const classes = directoryNumbers(files, nodePath, /^access(\d{1,2})$/).map((accessClass) => {
    const path = `${nodePath}/access${accessClass}/initiators`
    const measured = {
      readBandwidthMBs: files.number(`${path}/read_bandwidth`)[0],
      writeBandwidthMBs: files.number(`${path}/write_bandwidth`)[0],
      readLatencyNs: files.number(`${path}/read_latency`)[0],
      writeLatencyNs: files.number(`${path}/write_latency`)[0],
    }
    const known = Object.entries(measured).filter(([, value]) => value !== undefined && value > 0)
    return {
      accessClass,
      initiatorNodeIds: directoryNumbers(files, path, NODE_LINK),
      ...Object.fromEntries(known),
    }
  })
  return [classes.length === 0 ? undefined : classes, files.source(nodePath, 'access*')]
}
