import type { Topology } from '../model/topology'
import { MAX_PHYSICAL_BYTES, roundUp, type AddressRange } from '../model/units'
import { memoryBlockBytes, type KernelRules } from './kernel-rules'
import { mergeRanges, subtractRanges, totalBytes, widenTo } from './ranges'

/** Sections of boot RAM that lie side by side on one node. */
export interface BootSpan {
  /** Whole sections: what is paid for. */
  readonly sections: AddressRange
  /** RAM inside them: what it is paid for, without the holes. */
  readonly ram: readonly AddressRange[]
  readonly nodeId: number | undefined
  /** False where memory blocks larger than a section, or only totals, stand for the RAM. */
  readonly isExact: boolean
  /** False where only the amount is known: `sections` then starts at 0. */
  readonly hasAddresses: boolean
}

/**
 * Boot RAM by whole sections (DOMAIN §1.3): a section that holds any RAM has all its struct pages. From the
 * "System RAM" lines of /proc/iomem; when the kernel hid them, from the memory blocks; without those, from the totals.
 */
export function bootSpans(topology: Topology, rules: KernelRules): readonly BootSpan[] {
  const spans = addressedSpans(topology, rules)
  return spans.length > 0 ? spans : spansOfTotals(topology, rules)
}

function addressedSpans(topology: Topology, rules: KernelRules): readonly BootSpan[] {
  const fromIomem = topology.iomem
    .filter(({ name, depth }) => name === 'System RAM' && depth === 0)
    .map(({ start, end }) => ({ start, end }))
  const ram = fromIomem.length > 0 ? mergeRanges(fromIomem) : ramOfBlocks(topology, rules)
  const isExact = fromIomem.length > 0 || topology.machine.memoryBlockBytes === rules.sectionBytes
  const blocks = blocksByNode(topology, rules)
  const onlyNode = topology.nodes.length === 1 ? topology.nodes[0]?.nodeId : undefined
  const spans: { start: number; end: number; nodeId: number | undefined }[] = []
  for (const run of mergeRanges(ram.map((range) => widenTo(range, rules.sectionBytes)))) {
    for (const { start, end, nodeId = onlyNode } of splitByBlocks(run, blocks)) {
      const last = spans.at(-1)
      if (last !== undefined && last.end === start && last.nodeId === nodeId) last.end = end
      else spans.push({ start, end, nodeId })
    }
  }
  return spans.map(({ start, end, nodeId }) => ({
    sections: { start, end },
    ram: ram.flatMap((range) => clip(range, { start, end })),
    nodeId,
    isExact,
    hasAddresses: true,
  }))
}

/** One span a node from what its zones present, else from its MemTotal, which lacks what the kernel took before (DOMAIN §2.3). */
function spansOfTotals(topology: Topology, rules: KernelRules): readonly BootSpan[] {
  const { nodes, machine, zones } = topology
  const amounts: readonly { nodeId?: number; bytes: number }[] =
    nodes.length === 0
      ? [{ bytes: machine.memoryBytes ?? 0 }]
      : nodes.map(({ nodeId, memoryBytes }) => {
          const presentPages = zones
            .filter((zone) => zone.nodeId === nodeId && zone.name !== 'Device')
            .reduce((sum, zone) => sum + (zone.presentPages ?? 0), 0)
          return { nodeId, bytes: presentPages * rules.basePageBytes || (memoryBytes ?? 0) }
        })
  return amounts
    .map(({ nodeId, bytes }) => ({ nodeId, bytes: bytes - kmemBytesOf(nodeId, topology) }))
    .filter(({ bytes }) => bytes > 0 && bytes <= MAX_PHYSICAL_BYTES)
    .map(({ nodeId, bytes }) => ({
      sections: { start: 0, end: roundUp(bytes, rules.sectionBytes) },
      ram: [{ start: 0, end: bytes }],
      nodeId,
      isExact: false,
      hasAddresses: false,
    }))
}

/** System RAM of dax devices is accounted with the device. */
function kmemBytesOf(nodeId: number | undefined, { daxDevices }: Topology): number {
  return daxDevices
    .filter(({ mode, targetNode }) => mode === 'system-ram' && targetNode === nodeId)
    .reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
}

/** Memory blocks that no kmem device brought: those are accounted with their device. */
function ramOfBlocks(topology: Topology, rules: KernelRules): readonly AddressRange[] {
  const blocks = blocksByNode(topology, rules)
  if (topology.machine.memoryBlockBytes === undefined || !holdAllMemory(topology, blocks)) return []
  const hotAdded = mergeRanges(
    topology.daxDevices
      .filter(({ mode }) => mode === 'system-ram')
      .flatMap(({ ranges }) => ranges ?? []),
  )
  return mergeRanges(
    blocks
      .filter((block) => totalBytes(subtractRanges(block, hotAdded)) === block.end - block.start)
      .map(({ start, end }) => ({ start, end })),
  )
}

/** Dumps of large machines may lack the links of most blocks (hwloc's memorysidecaches): then totals tell more. */
function holdAllMemory({ nodes }: Topology, blocks: readonly NodeRange[]): boolean {
  const bytesOf = new Map<number | undefined, number>()
  for (const { nodeId, start, end } of blocks) {
    bytesOf.set(nodeId, (bytesOf.get(nodeId) ?? 0) + end - start)
  }
  const [first] = blocks
  // Where a block does not say its node there is nothing to compare.
  if (first === undefined || bytesOf.has(undefined)) return true
  // A block that two nodes share counts for one of them here.
  const shared = first.end - first.start
  return nodes.every(
    ({ nodeId, memoryBytes = 0 }) => (bytesOf.get(nodeId) ?? 0) + shared >= memoryBytes,
  )
}

interface NodeRange extends AddressRange {
  readonly nodeId?: number | undefined
}

/** Memory blocks with the node whose directory links to them, in address order. */
function blocksByNode(
  { machine, memoryBlocks }: Topology,
  rules: KernelRules,
): readonly NodeRange[] {
  const blockBytes = memoryBlockBytes(machine, rules)
  return memoryBlocks
    .map(({ blockIndex, nodeIds }) => ({
      start: blockIndex * blockBytes,
      end: (blockIndex + 1) * blockBytes,
      nodeId: nodeIds?.[0],
    }))
    .filter(({ end }) => end <= MAX_PHYSICAL_BYTES)
    .sort((a, b) => a.start - b.start)
}

/** Cuts a run of sections at block borders; what lies in no block has no node of its own. */
function* splitByBlocks(run: AddressRange, blocks: readonly NodeRange[]): Iterable<NodeRange> {
  let start = run.start
  for (const block of blocks) {
    if (block.end <= start) continue
    if (block.start >= run.end) break
    if (block.start > start) yield { start, end: block.start }
    const end = Math.min(block.end, run.end)
    yield { start: Math.max(start, block.start), end, nodeId: block.nodeId }
    start = end
  }
  if (start < run.end) yield { start, end: run.end }
}

function clip(range: AddressRange, window: AddressRange): readonly AddressRange[] {
  const start = Math.max(range.start, window.start)
  const end = Math.min(range.end, window.end)
  return start < end ? [{ start, end }] : []
}
