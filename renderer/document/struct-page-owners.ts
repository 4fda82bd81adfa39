import type { Topology } from '../../shared/model/topology'
import type { ObjectEntry } from './object-index'

/**
 * Ids of the objects whose extents of the memmap account describe an object's memory. An extent names one owner, but
 * a region stands for its namespaces, a namespace for the dax devices on it, a dax device for its namespace, and a
 * node for the devices that became its RAM.
 */
export function structPageOwners(topology: Topology, entry: ObjectEntry): ReadonlySet<string> {
  const owners = new Set([entry.object.id])
  switch (entry.kind) {
    case 'region':
      for (const namespace of topology.namespaces) {
        if (namespace.regionId === entry.object.id) owners.add(namespace.id)
      }
      break
    case 'node':
      for (const device of topology.daxDevices) {
        if (device.mode === 'system-ram' && device.targetNode === entry.object.nodeId) {
          owners.add(device.id)
        }
      }
      return owners
    case 'dax-device':
      if (entry.object.namespaceId !== undefined) owners.add(entry.object.namespaceId)
      return owners
    case 'namespace':
      break
    default:
      return owners
  }
  for (const device of topology.daxDevices) {
    if (device.namespaceId !== undefined && owners.has(device.namespaceId)) owners.add(device.id)
  }
  return owners
}
