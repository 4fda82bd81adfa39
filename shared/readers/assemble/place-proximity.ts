import type { Diagnostic } from '../../model/diagnostic'
import type { DistanceMatrix, NumaNode, Topology } from '../../model/topology'
import { formatBytes } from '../../model/units'
import { domainName, type ProximityFacts } from '../proximity-facts'
import { derive } from './derive'
import { accessClassesOf } from './access-classes'

/**
 * Gives the nodes what SLIT and HMAT say of their proximity domains, where sysfs did not say it itself, and names the
 * nodes in the matrices. A domain that two nodes claim (numa=fake splits one) says nothing about either.
 */
export function placeProximity(
  topology: Topology,
  proximity: ProximityFacts,
  diagnose: (diagnostic: Diagnostic) => void,
): Topology {
  const nodeOfDomain = nodesByDomain(topology.nodes)
  const nodes = topology.nodes.map((node) =>
    node.proximityDomain !== undefined && nodeOfDomain.get(node.proximityDomain) === node
      ? placeOn(node, node.proximityDomain, { proximity, nodeOfDomain })
      : node,
  )
  tellUnplacedCaches(nodes, proximity, { nodeOfDomain, diagnose })
  return {
    ...topology,
    nodes,
    distanceMatrices: topology.distanceMatrices.map((matrix) => nameNodes(matrix, nodeOfDomain)),
  }
}

export type NodeOfDomain = ReadonlyMap<number, NumaNode>

function nodesByDomain(nodes: readonly NumaNode[]): NodeOfDomain {
  const byDomain = new Map<number, NumaNode | undefined>()
  for (const node of nodes) {
    if (node.proximityDomain === undefined) continue
    byDomain.set(node.proximityDomain, byDomain.has(node.proximityDomain) ? undefined : node)
  }
  return new Map(
    [...byDomain].flatMap(([domain, node]) => (node === undefined ? [] : [[domain, node]])),
  )
}

function placeOn(
  node: NumaNode,
  domain: number,
  from: { readonly proximity: ProximityFacts; readonly nodeOfDomain: NodeOfDomain },
): NumaNode {
  const { proximity, nodeOfDomain } = from
  const caches = proximity.caches.filter((one) => one.domain === domain)
  const withDistances = derive(node, 'distances', {
    value: distancesOf(domain, proximity.distances, nodeOfDomain),
    rule: `row ${domain} of SLIT, the domains named as nodes`,
  })
  const withCaches = derive(withDistances, 'memorySideCaches', {
    value:
      caches.length === 0
        ? undefined
        : caches.map(({ cache }) => cache).sort((a, b) => a.level - b.level),
    rule: `caches of ${domainName(domain)} in HMAT`,
  })
  return derive(withCaches, 'accessClasses', {
    value: accessClassesOf(domain, proximity, nodeOfDomain),
    rule: `HMAT from the best initiators to ${domainName(domain)}, as drivers/acpi/numa/hmat.c finds them`,
  })
}

function distancesOf(
  domain: number,
  distances: ProximityFacts['distances'],
  nodeOfDomain: NodeOfDomain,
): Readonly<Record<string, number>> | undefined {
  if (distances === undefined || domain >= distances.size) return undefined
  const { size, values } = distances
  const entries = [...nodeOfDomain].flatMap(([to, { nodeId }]): [number, number][] => {
    const value = to < size ? values[domain * size + to] : undefined
    return value === undefined ? [] : [[nodeId, value]]
  })
  return Object.fromEntries(entries)
}

function nameNodes(matrix: DistanceMatrix, nodeOfDomain: NodeOfDomain): DistanceMatrix {
  const names = new Map([...nodeOfDomain].map(([domain, { id }]) => [domainName(domain), id]))
  const named = (members: readonly string[]) => members.map((member) => names.get(member) ?? member)
  return {
    ...matrix,
    members: named(matrix.members),
    ...(matrix.columns !== undefined && { columns: named(matrix.columns) }),
  }
}

/** Only where no node shows a cache: what sysfs shows, it shows completely. */
function tellUnplacedCaches(
  nodes: readonly NumaNode[],
  { caches }: ProximityFacts,
  to: {
    readonly nodeOfDomain: NodeOfDomain
    readonly diagnose: (diagnostic: Diagnostic) => void
  },
): void {
  if (nodes.some(({ memorySideCaches }) => memorySideCaches !== undefined)) return
  for (const { domain, cache, path } of caches.slice(0, 64)) {
    if (to.nodeOfDomain.has(domain)) continue
    to.diagnose({
      severity: 'info',
      code: 'unplaced-cache',
      where: path,
      message: `${domainName(domain)} has a memory-side cache of ${formatBytes(cache.sizeBytes)} at level ${cache.level}; which node this is, the input does not tell`,
    })
  }
}
