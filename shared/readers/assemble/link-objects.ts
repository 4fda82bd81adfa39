import { parseIdList } from '../../model/id-list'
import type { DerivedSource } from '../../model/source'
import type { Nvdimm } from '../../model/memory-modules'
import type { ModelObject } from '../../model/model-object'
import type { CpuPackage, DaxDevice, MemoryKind, NumaNode, Topology } from '../../model/topology'

/** Adds the facts that follow from several objects: nodes of a package, tier and kinds of a node, namespace of a dax device. */
export function linkObjects(topology: Topology): Topology {
  const daxDevices = topology.daxDevices.map((device) => linkDaxDevice(device, topology))
  const linked = { ...topology, daxDevices }
  return {
    ...linked,
    packages: linked.packages.map((cpuPackage) => linkPackage(cpuPackage, linked)),
    nodes: linked.nodes.map((node) => linkNode(node, linked)),
    nvdimms: linked.nvdimms.map((nvdimm) => linkNvdimm(nvdimm, linked)),
  }
}

function derive<T extends ModelObject, K extends keyof T & string>(
  object: T,
  key: K,
  fact: { readonly value: T[K] | undefined; readonly rule: string },
): T {
  if (object[key] !== undefined || fact.value === undefined) return object
  const source: DerivedSource = { kind: 'derived', reader: 'assemble', rule: fact.rule }
  return { ...object, [key]: fact.value, sources: { ...object.sources, [key]: source } }
}

function linkDaxDevice(device: DaxDevice, { namespaces }: Topology): DaxDevice {
  return derive(device, 'namespaceId', {
    value: namespaces.find((namespace) => namespace.device === device.id)?.id,
    rule: 'the namespace whose claim created this device',
  })
}

function linkPackage(cpuPackage: CpuPackage, { nodes }: Topology): CpuPackage {
  const cpuIds = new Set(cpuPackage.cpuIds)
  const nodeIds = nodes
    .filter((node) => parseIdList(node.cpuList ?? '')?.some((cpuId) => cpuIds.has(cpuId)) === true)
    .map((node) => node.nodeId)
  return derive(cpuPackage, 'nodeIds', {
    value: nodeIds.length === 0 ? undefined : nodeIds,
    rule: 'nodes whose cpulist shares CPUs with this package',
  })
}

function linkNode(node: NumaNode, topology: Topology): NumaNode {
  const tier = topology.memoryTiers.find(({ nodeIds }) => nodeIds.includes(node.nodeId))
  const withTier = derive(node, 'memoryTier', {
    value: tier?.tier,
    rule: `${tier?.id} lists this node`,
  })
  return derive(withTier, 'memoryKinds', {
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

function linkNvdimm(nvdimm: Nvdimm, { regions }: Topology): Nvdimm {
  const parts = regions.flatMap(({ mappings }) =>
    (mappings ?? []).filter((mapping) => mapping.nvdimmId === nvdimm.id),
  )
  const mappedBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  return derive(nvdimm, 'mappedBytes', {
    value: parts.length > 0 && Number.isSafeInteger(mappedBytes) ? mappedBytes : undefined,
    rule: 'sum of the mappings of all regions',
  })
}
