import type { CxlPort, CxlRegion } from '../../shared/model/cxl'
import type { Topology } from '../../shared/model/topology'
import { group, type MakeTreeItem, type TreeItem } from './tree-item'

/** CXL in the tree: windows, regions with what they are made of and became, devices, and the ports with their decoders. */
export function cxlBranch(
  topology: Topology,
  parentKey: string,
  item: MakeTreeItem,
): readonly TreeItem[] {
  const region = (at: string, object: CxlRegion) =>
    item(at, { kind: 'cxl-region', object }, (key) =>
      topology.daxDevices
        .filter((device) => device.cxlRegionId === object.id)
        .map((device) => item(key, { kind: 'dax-device', object: device })),
    )
  return [
    ...group(`${parentKey}#cxl-windows`, 'CXL windows', (at) =>
      topology.cxlWindows.map((object) => item(at, { kind: 'cxl-window', object })),
    ),
    ...group(`${parentKey}#cxl-regions`, 'CXL regions', (at) =>
      topology.cxlRegions.map((object) => region(at, object)),
    ),
    ...group(`${parentKey}#cxl-memdevs`, 'CXL devices', (at) =>
      topology.cxlMemdevs.map((object) => item(at, { kind: 'cxl-memdev', object })),
    ),
    ...group(`${parentKey}#cxl-ports`, 'CXL ports', (at) => ports(topology, at, item)),
  ]
}

/** Ports below their parents. A circle of parents, which only a broken input has, is left out. */
function ports(topology: Topology, at: string, item: MakeTreeItem): readonly TreeItem[] {
  const ids = new Set(topology.cxlPorts.map(({ id }) => id))
  const below = new Map<string | undefined, CxlPort[]>()
  for (const port of topology.cxlPorts) {
    const parent =
      port.parentPortId !== undefined && ids.has(port.parentPortId) ? port.parentPortId : undefined
    below.set(parent, [...(below.get(parent) ?? []), port])
  }
  const line = (parentKey: string, object: CxlPort): TreeItem =>
    item(parentKey, { kind: 'cxl-port', object }, (key) => [
      ...topology.cxlDecoders
        .filter(({ portId }) => portId === object.id)
        .map((decoder) => item(key, { kind: 'cxl-decoder', object: decoder })),
      ...(below.get(object.id) ?? []).map((child) => line(key, child)),
    ])
  return (below.get(undefined) ?? []).map((port) => line(at, port))
}
