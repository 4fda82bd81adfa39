import { formatIdList } from '../../model/id-list'
import type { Source } from '../../model/source'
import type { HugepagePool, NumaNode } from '../../model/topology'
import { formatBytes } from '../../model/units'
import { FactSheet } from '../facts'
import { byDefault, contradiction, derived, type SpecContext } from './context'
import { setPerformance } from './memory-performance'
import { isPowerOfTwo, sum } from './numbers'
import type { SpecNode } from './schema'
import type { Socket } from './sockets'

/** Distances of a machine without SLIT (LOCAL_DISTANCE and REMOTE_DISTANCE, include/linux/topology.h). */
const LOCAL_DISTANCE = 10
const REMOTE_DISTANCE = 20

interface NodeCpus {
  readonly cpuIds: readonly number[]
  readonly source: Source
}

/** Memory that dax devices bring to nodes, in bytes by node id. */
export interface NodeMemory {
  readonly ramBytes: ReadonlyMap<number, number>
  readonly hotAddedBytes: ReadonlyMap<number, number>
}

/** NUMA nodes, one for each entry of `nodes`, numbered from 0. */
export function nodeFacts(
  context: SpecContext,
  sockets: readonly Socket[],
  memory: NodeMemory,
): readonly NumaNode[] {
  const { nodes } = context.written.spec
  const cpus = cpusOfNodes(context, sockets)
  return nodes.map((node, nodeId) => {
    const own = cpus.get(nodeId)
    const memoryBytes = (memory.ramBytes.get(nodeId) ?? 0) + (memory.hotAddedBytes.get(nodeId) ?? 0)
    const sheet = new FactSheet<NumaNode>(`node${nodeId}`)
      .set('nodeId', nodeId, context.written.source(['nodes', nodeId]))
      .set(
        'cpuList',
        own === undefined ? undefined : formatIdList(own.cpuIds),
        own?.source ?? derived('none'),
      )
      .set('memoryBytes', memoryBytes, memorySource(context, nodeId, memory))
      .set('distances', ...distancesOf(context, nodeId))
      .set(
        'hugepagePools',
        poolsOf(context, nodeId, memoryBytes),
        context.written.source(['nodes', nodeId, 'hugepages']),
      )
    setPerformance(context, sheet, { node, nodeId })
    return sheet.finish()
  })
}

function memorySource(context: SpecContext, nodeId: number, memory: NodeMemory): Source {
  const node = context.written.spec.nodes[nodeId]
  if (memory.hotAddedBytes.has(nodeId)) {
    return derived('RAM of the node and whole memory blocks of its system-ram devices')
  }
  if (node?.offline !== undefined) return derived('RAM of the node less its offline blocks')
  if (node?.memory !== undefined) return context.written.source(['nodes', nodeId, 'memory'])
  if (node?.ranges !== undefined) return derived('sum of the ranges of the node')
  return byDefault('a node without memory or ranges has none')
}

/**
 * CPUs by node. A node without `cpus` shares those of its socket evenly with the others of that socket; without a
 * socket it has none. Nothing is known where the sockets do not tell their CPUs.
 */
function cpusOfNodes(
  context: SpecContext,
  sockets: readonly Socket[],
): ReadonlyMap<number, NodeCpus> {
  const { nodes } = context.written.spec
  const cpus = new Map<number, NodeCpus>()
  const taken = new Set<number>()
  const known = new Set(sockets.flatMap(({ cpuIds }) => cpuIds ?? []))
  nodes.forEach((node, nodeId) => {
    checkSocket(context, { node, nodeId }, sockets)
    const own = ownCpus(context, { node, nodeId }, sockets)
    if (own === undefined) return
    if (known.size > 0 && own.cpuIds.some((cpuId) => !known.has(cpuId))) {
      throw contradiction(context, ['nodes', nodeId, 'cpus'], {
        what: `node ${nodeId} lists CPUs that no socket has`,
        hint: 'list CPUs of the sockets above',
      })
    }
    if (own.cpuIds.some((cpuId) => taken.has(cpuId))) {
      throw contradiction(context, ['nodes', nodeId, 'cpus'], {
        what: `node ${nodeId} has CPUs that another node has`,
        hint: 'give cpus for every node of the socket, or for none',
      })
    }
    for (const cpuId of own.cpuIds) taken.add(cpuId)
    cpus.set(nodeId, own)
  })
  return cpus
}

interface NumberedNode {
  readonly node: SpecNode
  readonly nodeId: number
}

function checkSocket(
  context: SpecContext,
  { node, nodeId }: NumberedNode,
  sockets: readonly Socket[],
): void {
  if (node.socket === undefined || node.socket < sockets.length) return
  throw contradiction(context, ['nodes', nodeId, 'socket'], {
    what: `there is no socket ${node.socket}`,
    hint: sockets.length === 0 ? 'describe it under sockets' : `write 0 to ${sockets.length - 1}`,
  })
}

function ownCpus(
  context: SpecContext,
  { node, nodeId }: NumberedNode,
  sockets: readonly Socket[],
): NodeCpus | undefined {
  if (node.cpus !== undefined) {
    return { cpuIds: node.cpus, source: context.written.source(['nodes', nodeId, 'cpus']) }
  }
  if (node.socket === undefined) {
    return sockets.some(({ cpuIds }) => cpuIds !== undefined)
      ? { cpuIds: [], source: byDefault('a node without socket or cpus has no CPUs') }
      : undefined
  }
  const cpuIds = sockets[node.socket]?.cpuIds
  if (cpuIds === undefined) return undefined
  const sharers = context.written.spec.nodes.flatMap((other, index) =>
    other.socket === node.socket && other.cpus === undefined ? [index] : [],
  )
  const place = sharers.indexOf(nodeId)
  const from = Math.floor((cpuIds.length * place) / sharers.length)
  const to = Math.floor((cpuIds.length * (place + 1)) / sharers.length)
  return {
    cpuIds: cpuIds.slice(from, to),
    source: derived(
      sharers.length === 1
        ? `all CPUs of socket ${node.socket}`
        : `CPUs of socket ${node.socket}, divided evenly among its nodes`,
    ),
  }
}

function distancesOf(
  context: SpecContext,
  nodeId: number,
): readonly [Readonly<Record<string, number>>, Source] {
  const { distances, nodes } = context.written.spec
  if (distances === undefined) {
    const row = nodes.map((_, index) => (index === nodeId ? LOCAL_DISTANCE : REMOTE_DISTANCE))
    return [byNode(row), byDefault('10 to itself and 20 to others, as the kernel without a SLIT')]
  }
  const row = distances[nodeId] ?? []
  if (distances.length !== nodes.length || row.length !== nodes.length) {
    const path = distances.length === nodes.length ? ['distances', nodeId] : ['distances']
    throw contradiction(context, path, {
      what: `distances are not ${nodes.length} rows of ${nodes.length} numbers, one for each node`,
      hint: 'write a row for each node, with a number for each node',
    })
  }
  row.forEach((distance, other) => {
    if ((distance === LOCAL_DISTANCE) === (other === nodeId)) return
    throw contradiction(context, ['distances', nodeId, other], {
      what: `the distance from node ${nodeId} to node ${other} is ${distance}`,
      hint: 'a node is 10 away from itself and 11 to 255 from all others',
    })
  })
  return [byNode(row), context.written.source(['distances', nodeId])]
}

function byNode(row: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(row.map((distance, nodeId) => [String(nodeId), distance]))
}

function poolsOf(
  context: SpecContext,
  nodeId: number,
  memoryBytes: number,
): readonly HugepagePool[] | undefined {
  const pools = context.written.spec.nodes[nodeId]?.hugepages
  if (pools === undefined) return undefined
  pools.forEach(({ size, count, free }, index) => {
    const path = ['nodes', nodeId, 'hugepages', index]
    if (!isPowerOfTwo(size) || size <= context.rules.basePageBytes) {
      throw contradiction(context, [...path, 'size'], {
        what: `there are no hugepages of ${formatBytes(size)}`,
        hint: 'write a power of two above the base page, such as 2MiB or 1GiB',
      })
    }
    if (free !== undefined && free > count) {
      throw contradiction(context, [...path, 'free'], {
        what: `${free} of ${count} hugepages cannot be free`,
        hint: 'free is at most count',
      })
    }
  })
  const poolBytes = sum(pools.map(({ size, count }) => size * count))
  if (poolBytes > memoryBytes) {
    throw contradiction(context, ['nodes', nodeId, 'hugepages'], {
      what: `the hugepages of node ${nodeId} take ${formatBytes(poolBytes)} and it has ${formatBytes(memoryBytes)}`,
      hint: 'lower count, or give the node more memory',
    })
  }
  return pools.map(({ size, count, free }) => ({
    sizeBytes: size,
    total: count,
    ...(free === undefined ? {} : { free }),
  }))
}

/** Node of each socket that has exactly one. */
export function nodeIdOfSocket(context: SpecContext): ReadonlyMap<number, number> {
  const found = new Map<number, number[]>()
  context.written.spec.nodes.forEach(({ socket }, nodeId) => {
    if (socket !== undefined) found.set(socket, [...(found.get(socket) ?? []), nodeId])
  })
  return new Map(
    [...found].flatMap(([socket, [nodeId, ...others]]) =>
      nodeId === undefined || others.length > 0 ? [] : [[socket, nodeId] as const],
    ),
  )
}
