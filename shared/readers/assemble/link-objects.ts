import type { CxlRegion } from '../../model/cxl'
import { parseIdList } from '../../model/id-list'
import type { ObjectId } from '../../model/model-object'
import type { CpuPackage, DaxDevice, MemoryKind, NumaNode, Topology } from '../../model/topology'
import { completeNamespaces } from './complete-namespaces'
import { derive } from './derive'
import { linkCxlWindows } from './link-cxl'
import { linkModules } from './link-modules'
import { nodeOfRange } from './node-of-address'
import { proximityDomains } from './proximity'

/** Adds the facts that follow from several objects: what belongs to which node, package, region and module. */
export function linkObjects(topology: Topology): Topology {
  const nodeOf = nodeOfRange(topology)
  const domains = proximityDomains(topology, nodeOf)
  const packages = linkPackages(topology)
  const daxDevices = linkDaxDevices(topology)
  const linked = {
    ...topology,
    packages,
    daxDevices,
    namespaces: completeNamespaces(topology.namespaces, topology.machine.basePageBytes),
    ...linkModules({ ...topology, packages }, nodeOf),
    cxlWindows: linkCxlWindows(topology),
  }
  return { ...linked, nodes: linked.nodes.map((node) => linkNode(node, linked, domains)) }
}

function linkDaxDevices({ daxDevices, namespaces, cxlRegions }: Topology): readonly DaxDevice[] {
  const claimed = new Map(namespaces.map(({ device, id }) => [device, id]))
  return daxDevices.map((device) => linkDaxDevice(device, claimed.get(device.id), cxlRegions))
}

function linkDaxDevice(
  device: DaxDevice,
  namespaceId: ObjectId | undefined,
  cxlRegions: readonly CxlRegion[],
): DaxDevice {
  const withNamespace = derive(device, 'namespaceId', {
    value: namespaceId,
    rule: 'the namespace whose claim created this device',
  })
  const range = device.ranges?.[0]
  return derive(withNamespace, 'cxlRegionId', {
    value:
      range === undefined
        ? undefined
        : cxlRegions.find(
            ({ startAddress: start, sizeBytes: size }) =>
              start !== undefined &&
              size !== undefined &&
              range.start >= start &&
              range.end <= start + size,
          )?.id,
    rule: 'the CXL region whose addresses this device lies in',
  })
}

function linkPackages({ packages, nodes }: Topology): readonly CpuPackage[] {
  if (packages.every(({ nodeIds }) => nodeIds !== undefined)) return packages
  const packageOfCpu = new Map(
    packages.flatMap((item) => item.cpuIds.map((cpuId) => [cpuId, item.id] as const)),
  )
  const nodeIds = new Map<string, Set<number>>()
  for (const node of nodes) {
    for (const cpuId of parseIdList(node.cpuList ?? '') ?? []) {
      const packageId = packageOfCpu.get(cpuId)
      if (packageId === undefined) continue
      const own = nodeIds.get(packageId)
      if (own === undefined) nodeIds.set(packageId, new Set([node.nodeId]))
      else own.add(node.nodeId)
    }
  }
  return packages.map((item) => {
    const own = nodeIds.get(item.id)
    return derive(item, 'nodeIds', {
      value: own === undefined ? undefined : [...own],
      rule: 'nodes whose cpulist shares CPUs with this package',
    })
  })
}

function linkNode(
  node: NumaNode,
  topology: Topology,
  domains: ReadonlyMap<number, number>,
): NumaNode {
  const tier = topology.memoryTiers.find(({ nodeIds }) => nodeIds.includes(node.nodeId))
  const withTier = derive(node, 'memoryTier', {
    value: tier?.tier,
    rule: `${tier?.id} lists this node`,
  })
  const withDomain = derive(withTier, 'proximityDomain', {
    value: domains.get(node.nodeId),
    rule: 'domain of the SRAT ranges whose memory blocks are on this node',
  })
  return derive(withDomain, 'memoryKinds', {
    value: memoryKindsOf(node, topology),
    rule: 'system RAM from dax devices is of their origin, all other RAM is taken for DRAM',
  })
}

/** What a node's memory is made of, as far as the origin of its dax devices tells; undefined for a node without memory. */
function memoryKindsOf(node: NumaNode, topology: Topology): readonly MemoryKind[] | undefined {
  if (node.memoryBytes === undefined || node.memoryBytes === 0) return undefined
  const devices = topology.daxDevices.filter(
    (device) => device.mode === 'system-ram' && device.targetNode === node.nodeId,
  )
  const kinds = new Set<MemoryKind>()
  let deviceBytes = 0
  for (const device of devices) {
    deviceBytes += device.sizeBytes ?? 0
    if (device.origin === 'pmem' || device.origin === 'cxl') kinds.add(device.origin)
  }
  if (node.memoryBytes > deviceBytes) kinds.add('dram')
  return kinds.size === 0 ? undefined : [...kinds].sort()
}
