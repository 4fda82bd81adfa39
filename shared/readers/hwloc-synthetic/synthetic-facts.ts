import { formatIdList } from '../../model/id-list'
import type { CpuPackage, Machine, NumaNode } from '../../model/topology'
import type { DerivedSource, ReadSource, Source } from '../../model/source'
import { GIB } from '../../model/units'
import { FactSheet, type Facts } from '../facts'
import { indexesOf } from './indexes'
import type { SyntheticAttributes } from './levels'
import type { PlacedLevel } from './place-levels'

export const READER_ID = 'hwloc-synthetic'

/** hwloc_synthetic_set_default_attrs (hwloc/topology-synthetic.c). */
const DEFAULT_NODE_BYTES = GIB

interface Node {
  readonly nodeId: number
  /** CPUs below the object that the node belongs to. */
  readonly near: readonly number[]
  readonly own: readonly number[]
  readonly attributes: SyntheticAttributes
}

const derived = (rule: string): DerivedSource => ({ kind: 'derived', reader: READER_ID, rule })

/** The machine that settled levels describe. @throws SyntheticMistake for wrong indexes */
export function syntheticFacts(levels: readonly PlacedLevel[], source: ReadSource): Facts {
  const cpus = levels.at(-1)
  const cpuIds = indexesOf(cpus?.attributes.indexes, cpus?.width ?? 0, levels.slice(0, -1))
  const nodes = nodesOf(levels, cpuIds)
  const packages = packagesOf(levels, cpuIds, { nodes, source })
  return {
    machine: new FactSheet<Machine>('machine').set('cpuCount', cpuIds.length, source).finish(),
    packages,
    nodes: nodes.map((node) => nodeFact(node, source)),
  }
}

/** The CPUs below the object at `position` of a level that is `width` wide. */
function cpusBelow(cpuIds: readonly number[], width: number, position: number): readonly number[] {
  const each = cpuIds.length / width
  return cpuIds.slice(position * each, (position + 1) * each).sort((a, b) => a - b)
}

function nodesOf(levels: readonly PlacedLevel[], cpuIds: readonly number[]): readonly Node[] {
  const depth = levels.findIndex(({ type }) => type === 'NUMANode')
  const level = levels[depth]
  if (level === undefined) return attachedNodes(levels, cpuIds)
  const { width, attributes } = level
  return indexesOf(attributes.indexes, width, levels.slice(0, depth)).map((nodeId, position) => {
    const near = cpusBelow(cpuIds, width, position)
    return { nodeId, near, own: near, attributes }
  })
}

/**
 * Nodes in brackets, in hwloc's order: those further in first. A CPU belongs to one node: to the first one that is
 * attached nearest to it. The others have no CPUs.
 */
function attachedNodes(levels: readonly PlacedLevel[], cpuIds: readonly number[]): readonly Node[] {
  const innermost = levels.reduce(
    (found, { attached }, at) => (attached.length > 0 ? at : found),
    0,
  )
  const places: Omit<Node, 'nodeId'>[] = []
  const visit = (depth: number, position: number) => {
    const level = levels[depth]
    if (level === undefined || depth > innermost) return
    const below = levels[depth + 1]?.count ?? 0
    for (let child = 0; child < below; child++) visit(depth + 1, position * below + child)
    const near = level.attached.length > 0 ? cpusBelow(cpuIds, level.width, position) : []
    level.attached.forEach((attributes, order) => {
      const isOwner = depth === innermost && order === 0
      places.push({ near, own: isOwner ? near : [], attributes })
    })
  }
  visit(0, 0)
  const indexes = levels.flatMap(({ attached }) => attached).findLast((one) => one.indexes)?.indexes
  const ids = indexesOf(indexes, places.length, levels)
  return places.map((place, position) => ({ nodeId: ids[position] ?? position, ...place }))
}

function nodeFact({ nodeId, own, attributes }: Node, source: ReadSource): NumaNode {
  const { memoryBytes, memorySideCacheBytes } = attributes
  const memorySource: Source =
    memoryBytes === undefined
      ? { kind: 'default', reader: READER_ID, rule: '1 GiB, as hwloc gives a node without memory=' }
      : source
  return new FactSheet<NumaNode>(`node${nodeId}`)
    .set('nodeId', nodeId, source)
    .set('cpuList', formatIdList(own), derived('CPUs below the first node that is nearest to them'))
    .set('memoryBytes', memoryBytes ?? DEFAULT_NODE_BYTES, memorySource)
    .set(
      'memorySideCaches',
      memorySideCacheBytes === undefined || memorySideCacheBytes === 0
        ? undefined
        : [{ level: 1, sizeBytes: memorySideCacheBytes }],
      source,
    )
    .finish()
}

function packagesOf(
  levels: readonly PlacedLevel[],
  cpuIds: readonly number[],
  { nodes, source }: { readonly nodes: readonly Node[]; readonly source: ReadSource },
): readonly CpuPackage[] {
  const depth = levels.findIndex(({ type }) => type === 'Package')
  const level = levels[depth]
  if (level === undefined) return []
  const packageIds = indexesOf(level.attributes.indexes, level.width, levels.slice(0, depth))
  const packageOfCpu = new Map<number, number>()
  packageIds.forEach((packageId, position) => {
    for (const cpuId of cpusBelow(cpuIds, level.width, position)) packageOfCpu.set(cpuId, packageId)
  })
  const nodeIds = new Map<number, number[]>()
  for (const { nodeId, near } of nodes) {
    const packagesNear = new Set(near.map((cpuId) => packageOfCpu.get(cpuId)))
    for (const packageId of packagesNear) {
      if (packageId === undefined) continue
      const list = nodeIds.get(packageId) ?? []
      list.push(nodeId)
      nodeIds.set(packageId, list)
    }
  }
  return packageIds.map((packageId, position) =>
    new FactSheet<CpuPackage>(`package${packageId}`)
      .set('packageId', packageId, source)
      .set('cpuIds', cpusBelow(cpuIds, level.width, position), source)
      .set(
        'nodeIds',
        nodeIds.get(packageId)?.sort((a, b) => a - b),
        source,
      )
      .finish(),
  )
}
