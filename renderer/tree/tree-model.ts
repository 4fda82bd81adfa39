import { nodeOfDaxDevice } from '../../shared/model/dax-node'
import type { PaintId } from '../../shared/layout/display-list'
import type { MemmapAccount } from '../../shared/memmap/types'
import type { MemoryBlock, NumaNode, PmemRegion, Topology } from '../../shared/model/topology'
import type { ObjectEntry, ObjectKind } from '../document/object-index'
import { objectDetail, objectName, objectSizeBytes } from '../document/object-words'
import { structPageOwners } from '../document/struct-page-owners'
import { cxlBranch } from './cxl-branch'
import { group, isKnown, sum, type MakeTreeItem, type TreeItem } from './tree-item'

/** Lines with more than this below them start closed; memory blocks always do, they are many and alike. */
const OPEN_AT_MOST = 24
const BLOCKS = '#blocks'

const OWNING_KINDS: ReadonlySet<ObjectKind> = new Set(['node', 'region', 'namespace', 'dax-device'])

/** The machine as a tree: nodes with their ranges, regions, namespaces and devices; then what was bought. */
export function buildTree(topology: Topology, account: MemmapAccount): TreeItem {
  const structPages = structPageBytesByOwner(account)
  const blocks = blocksByNode(topology)

  const structPageBytesOf = (entry: ObjectEntry): number | undefined => {
    // Blocks and modules own no extents, and there may be very many of them.
    if (!OWNING_KINDS.has(entry.kind)) return undefined
    const known = [...structPageOwners(topology, entry)]
      .map((ownerId) => structPages.get(ownerId))
      .filter(isKnown)
    return known.length === 0 ? undefined : sum(known)
  }

  const item: MakeTreeItem = (parentKey, entry, children = () => []) => {
    const { id } = entry.object
    const key = `${parentKey}/${id}`
    const detail = lineDetail(entry)
    const sizeBytes = objectSizeBytes(entry, topology.machine)
    const structPageBytes = structPageBytesOf(entry)
    const paint = paintOf(entry)
    return {
      key,
      objectId: id,
      label: objectName(entry),
      ...(detail !== undefined && { detail }),
      ...(sizeBytes !== undefined && { sizeBytes }),
      ...(structPageBytes !== undefined && { structPageBytes }),
      ...(paint !== undefined && { paint }),
      children: children(key),
    }
  }

  const daxDevices = (parentKey: string, namespaceId: string) =>
    topology.daxDevices
      .filter((device) => device.namespaceId === namespaceId)
      .map((object) => item(parentKey, { kind: 'dax-device', object }))

  const region = (parentKey: string, object: PmemRegion): TreeItem =>
    item(parentKey, { kind: 'region', object }, (key) =>
      topology.namespaces
        .filter((namespace) => namespace.regionId === object.id)
        .map((namespace) =>
          item(key, { kind: 'namespace', object: namespace }, (namespaceKey) =>
            daxDevices(namespaceKey, namespace.id),
          ),
        ),
    )

  const node = (parentKey: string, object: NumaNode): TreeItem =>
    item(parentKey, { kind: 'node', object }, (key) => [
      ...group(`${key}${BLOCKS}`, 'memory blocks', (groupKey) =>
        (blocks.get(object.nodeId) ?? []).map((block) =>
          item(groupKey, { kind: 'memory-block', object: block }),
        ),
      ),
      ...topology.regions
        .filter((candidate) => candidate.numaNode === object.nodeId)
        .map((candidate) => region(key, candidate)),
      ...topology.daxDevices
        .filter((device) => !hasParent(topology, device.namespaceId))
        .filter((device) => nodeOfDaxDevice(device) === object.nodeId)
        .map((device) => item(key, { kind: 'dax-device', object: device })),
    ])

  const key = '/machine'
  const nodeIds = new Set(topology.nodes.map((candidate) => candidate.nodeId))
  const isHomeless = (nodeId: number | undefined) => nodeId === undefined || !nodeIds.has(nodeId)
  const regionIds = new Set(topology.regions.map((candidate) => candidate.id))

  const machine = item('', { kind: 'machine', object: topology.machine }, () => [
    ...topology.nodes.map((object) => node(key, object)),
    ...topology.regions
      .filter((candidate) => isHomeless(candidate.numaNode))
      .map((candidate) => region(key, candidate)),
    ...topology.namespaces
      .filter(({ regionId }) => regionId === undefined || !regionIds.has(regionId))
      .map((object) =>
        item(key, { kind: 'namespace', object }, (below) => daxDevices(below, object.id)),
      ),
    ...topology.daxDevices
      .filter((device) => !hasParent(topology, device.namespaceId))
      .filter((device) => isHomeless(nodeOfDaxDevice(device)))
      .map((object) => item(key, { kind: 'dax-device', object })),
    ...group(`${key}#packages`, 'CPU packages', (at) =>
      topology.packages.map((object) => item(at, { kind: 'package', object })),
    ),
    ...group(`${key}#dimms`, 'DIMMs', (at) =>
      topology.dimms.map((object) => item(at, { kind: 'dimm', object })),
    ),
    ...group(`${key}#nvdimms`, 'NVDIMMs', (at) =>
      topology.nvdimms.map((object) => item(at, { kind: 'nvdimm', object })),
    ),
    ...cxlBranch(topology, key, item),
    ...group(`${key}#p2p`, 'P2PDMA providers', (at) =>
      topology.p2pProviders.map((object) => item(at, { kind: 'p2p-provider', object })),
    ),
    ...group(`${key}#tiers`, 'Memory tiers', (at) =>
      topology.memoryTiers.map((object) => item(at, { kind: 'memory-tier', object })),
    ),
    // Ranges of several tables overlap: their sum means nothing.
    ...group(
      `${key}#firmware`,
      'Firmware',
      (at) => [
        ...topology.memoryArrays.map((object) => item(at, { kind: 'memory-array', object })),
        ...topology.firmwareRanges.map((object) => item(at, { kind: 'firmware-range', object })),
      ],
      { isSummed: false },
    ),
    ...group(`${key}#matrices`, 'Matrices', (at) =>
      topology.distanceMatrices.map((object) => item(at, { kind: 'distance-matrix', object })),
    ),
  ])
  return {
    ...machine,
    key,
    ...(account.extents.length > 0 && { structPageBytes: account.totals.residentBytes }),
  }
}

/** Keys of the lines that are open at first: all but long groups. */
export function initiallyOpen(root: TreeItem): ReadonlySet<string> {
  const open = new Set<string>()
  const visit = (line: TreeItem, isRoot: boolean) => {
    if (line.children.length === 0) return
    const isShort = line.children.length <= OPEN_AT_MOST && !line.key.endsWith(BLOCKS)
    if (isRoot || isShort) open.add(line.key)
    for (const child of line.children) visit(child, false)
  }
  visit(root, true)
  return open
}

function blocksByNode(topology: Topology): ReadonlyMap<number, readonly MemoryBlock[]> {
  const blocks = new Map<number, MemoryBlock[]>()
  for (const block of topology.memoryBlocks) {
    for (const nodeId of block.nodeIds ?? []) {
      const known = blocks.get(nodeId)
      if (known === undefined) blocks.set(nodeId, [block])
      else known.push(block)
    }
  }
  return blocks
}

/** Shorter than in the inspector: a line has room for one word beside the name. */
function lineDetail(entry: ObjectEntry): string | undefined {
  if (entry.kind === 'machine') return undefined
  return entry.kind === 'namespace' ? entry.object.mode : objectDetail(entry)
}

function paintOf(entry: ObjectEntry): PaintId | undefined {
  switch (entry.kind) {
    case 'node':
      return entry.object.memoryKinds?.[0] ?? 'dram'
    case 'memory-block':
      return entry.object.state === 'offline' ? 'dram-offline' : 'dram'
    case 'region':
      return 'pmem'
    case 'namespace':
      return entry.object.mode === undefined ? 'pmem-unused' : 'pmem'
    case 'dax-device':
      return entry.object.mode === 'system-ram' ? 'system-ram' : 'pmem'
    case 'package':
      return 'cpu'
    case 'dimm':
      return entry.object.sizeBytes === 0 ? 'empty-slot' : 'dimm'
    case 'nvdimm':
      return 'nvdimm'
    case 'cxl-memdev':
    case 'cxl-region':
      return 'cxl'
    case 'machine':
    case 'memory-tier':
    case 'cxl-window':
    case 'cxl-port':
    case 'cxl-decoder':
    case 'p2p-provider':
    case 'memory-array':
    case 'firmware-range':
    case 'distance-matrix':
      return undefined
  }
}

function structPageBytesByOwner(account: MemmapAccount): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>()
  for (const extent of account.extents) {
    bytes.set(extent.ownerId, (bytes.get(extent.ownerId) ?? 0) + extent.residentBytes)
  }
  return bytes
}

function hasParent(topology: Topology, namespaceId: string | undefined): boolean {
  return topology.namespaces.some((namespace) => namespace.id === namespaceId)
}
