import type { AccessClass, MemorySideCache, MemoryTier, NumaNode } from '../../model/topology'
import { FactSheet } from '../facts'
import { contradiction, type SpecContext } from './context'
import type { SpecAccess, SpecNode } from './schema'

/** Adds what is written of a node's kind of memory and its speed: caches, access classes, weight for interleaving. */
export function setPerformance(
  context: SpecContext,
  sheet: FactSheet<NumaNode>,
  { node, nodeId }: { readonly node: SpecNode; readonly nodeId: number },
): void {
  const source = (key: keyof SpecNode) => context.written.source(['nodes', nodeId, key])
  sheet
    .set('memoryKinds', node.kind === undefined ? undefined : [node.kind], source('kind'))
    .set('memorySideCaches', cachesOf(node), source('caches'))
    .set('accessClasses', accessClassesOf(context, node, nodeId), source('access'))
    .set('interleaveWeight', node.interleaveWeight, source('interleaveWeight'))
}

function cachesOf({ caches }: SpecNode): readonly MemorySideCache[] | undefined {
  return caches?.map(({ size, level, line }, index) => ({
    level: level ?? index + 1,
    sizeBytes: size,
    ...(line === undefined ? {} : { lineBytes: line }),
  }))
}

function accessClassesOf(
  context: SpecContext,
  { access }: SpecNode,
  nodeId: number,
): readonly AccessClass[] | undefined {
  const count = context.written.spec.nodes.length
  return access?.map((written, index): AccessClass => {
    const path = ['nodes', nodeId, 'access', index]
    const initiatorNodeIds = written.initiators ?? [nodeId]
    const unknown = initiatorNodeIds.findIndex((initiator) => initiator >= count)
    if (unknown >= 0) {
      throw contradiction(context, [...path, 'initiators', unknown], {
        what: `there is no node ${initiatorNodeIds[unknown]}`,
        hint: `write 0 to ${count - 1}`,
      })
    }
    return { accessClass: written.class ?? index, initiatorNodeIds, ...measuresOf(written) }
  })
}

function measuresOf(written: SpecAccess): Partial<AccessClass> {
  const measures = {
    readBandwidthMBs: written.readBandwidth,
    writeBandwidthMBs: written.writeBandwidth,
    readLatencyNs: written.readLatency,
    writeLatencyNs: written.writeLatency,
  }
  return Object.fromEntries(Object.entries(measures).filter(([, value]) => value !== undefined))
}

/** Memory tiers that the nodes name, fastest first; undefined where none does. */
export function memoryTierFacts(context: SpecContext): readonly MemoryTier[] | undefined {
  const nodeIds = new Map<number, number[]>()
  context.written.spec.nodes.forEach(({ tier }, nodeId) => {
    if (tier !== undefined) nodeIds.set(tier, [...(nodeIds.get(tier) ?? []), nodeId])
  })
  if (nodeIds.size === 0) return undefined
  return [...nodeIds]
    .sort(([a], [b]) => a - b)
    .map(([tier, ids]) => {
      const source = context.written.source(['nodes', ids[0] ?? 0, 'tier'])
      return new FactSheet<MemoryTier>(`memory_tier${tier}`)
        .set('tier', tier, source)
        .set('nodeIds', ids, source)
        .finish()
    })
}
