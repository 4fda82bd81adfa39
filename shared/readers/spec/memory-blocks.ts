import type { Source } from '../../model/source'
import type { MemoryBlock } from '../../model/topology'
import { formatBytes, type AddressRange } from '../../model/units'
import { FactSheet } from '../facts'
import { byDefault, contradiction, derived, type SpecContext } from './context'
import { countFrom, sum } from './numbers'
import type { Path } from './yaml-document'

/** Every block becomes an object of the model; 256 TiB in blocks of 2 GiB are as many. */
const MAX_BLOCKS = 131_072

export interface BlockMemory extends AddressRange {
  readonly nodeId: number
}

/** How much of some memory is in blocks that are offline, and how much in ZONE_MOVABLE, in bytes. */
export interface BlockStates {
  readonly offline?: number | undefined
  readonly movable?: number | undefined
}

/** Memory of which it is written; `path` is the map that holds the keys. */
export interface StatedMemory {
  readonly name: string
  readonly ranges: readonly AddressRange[]
  readonly states: BlockStates
  readonly path: Path
}

interface BlockState {
  readonly state: 'online' | 'offline'
  readonly validZones?: 'Movable'
  readonly source: Source
}

/**
 * Memory blocks that hold any of the given memory, online unless something else is written. A block on the border of two
 * nodes belongs to both.
 */
export function memoryBlockFacts(
  context: SpecContext,
  memory: readonly BlockMemory[],
  stated: readonly StatedMemory[],
): readonly MemoryBlock[] {
  const blockBytes = blockBytesOf(context)
  const spans = memory.map(({ start, end, nodeId }) => {
    const first = Math.floor(start / blockBytes)
    return { nodeId, first, count: Math.ceil(end / blockBytes) - first }
  })
  const total = sum(spans.map(({ count }) => count))
  if (total > MAX_BLOCKS) {
    throw contradiction(context, ['machine', 'memoryBlockSize'], {
      what: `these are ${total} memory blocks of ${formatBytes(blockBytes)}`,
      hint: `write a larger memoryBlockSize: up to ${MAX_BLOCKS} blocks are read`,
    })
  }
  const nodeIdsByBlock = new Map<number, Set<number>>()
  for (const { nodeId, first, count } of spans) {
    for (const index of countFrom(first, count)) {
      const nodeIds = nodeIdsByBlock.get(index) ?? new Set()
      nodeIdsByBlock.set(index, nodeIds.add(nodeId))
    }
  }
  const states = new Map(stated.flatMap((one) => statesOf(context, one, nodeIdsByBlock)))
  const layout = derived('blocks that hold RAM of the node')
  const online: BlockState = {
    state: 'online',
    source: byDefault('memory is online unless something else is written'),
  }
  return [...nodeIdsByBlock]
    .sort(([a], [b]) => a - b)
    .map(([blockIndex, nodeIds]) => {
      const { state, validZones, source } = states.get(blockIndex) ?? online
      return new FactSheet<MemoryBlock>(`memory${blockIndex}`)
        .set('blockIndex', blockIndex, layout)
        .set('state', state, source)
        .set('validZones', validZones, source)
        .set(
          'nodeIds',
          [...nodeIds].sort((a, b) => a - b),
          layout,
        )
        .finish()
    })
}

function blockBytesOf({ machine, rules }: SpecContext): number {
  return machine.memoryBlockBytes ?? rules.sectionBytes
}

/** The last whole blocks of the memory are offline, those before them movable. */
function statesOf(
  context: SpecContext,
  { name, ranges, states, path }: StatedMemory,
  nodeIdsByBlock: ReadonlyMap<number, ReadonlySet<number>>,
): readonly (readonly [blockIndex: number, state: BlockState])[] {
  const offline = blockCount(context, states.offline, [...path, 'offline'])
  const movable = blockCount(context, states.movable, [...path, 'movable'])
  if (offline + movable === 0) return []
  const blockBytes = blockBytesOf(context)
  const own = ranges
    .flatMap(({ start, end }) => {
      const first = Math.ceil(start / blockBytes)
      return countFrom(first, Math.max(0, Math.floor(end / blockBytes) - first))
    })
    .filter((index) => nodeIdsByBlock.get(index)?.size === 1)
    .sort((a, b) => b - a)
  if (own.length < offline + movable) {
    throw contradiction(context, [...path, offline > 0 ? 'offline' : 'movable'], {
      what: `${name} has ${own.length} whole memory blocks of ${formatBytes(blockBytes)} of its own`,
      hint: 'lower offline and movable',
    })
  }
  const isOffline: BlockState = {
    state: 'offline',
    source: context.written.source([...path, 'offline']),
  }
  const isMovable: BlockState = {
    state: 'online',
    validZones: 'Movable',
    source: context.written.source([...path, 'movable']),
  }
  return own
    .slice(0, offline + movable)
    .map((index, place) => [index, place < offline ? isOffline : isMovable] as const)
}

function blockCount(context: SpecContext, bytes: number | undefined, path: Path): number {
  const count = (bytes ?? 0) / blockBytesOf(context)
  if (Number.isInteger(count)) return count
  throw contradiction(context, path, {
    what: `this is no whole number of memory blocks of ${formatBytes(blockBytesOf(context))}`,
    hint: 'write a multiple of the size of a memory block',
  })
}
