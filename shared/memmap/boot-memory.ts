import type { Topology } from '../model/topology'
import { roundDown, type AddressRange } from '../model/units'
import type { KernelRules } from './kernel-rules'
import { mergeRanges, rangeBytes, subtractRanges, widenTo } from './ranges'

/** Sections of boot RAM that lie side by side on one node. */
export interface BootSpan {
  /** Whole sections: what is paid for. */
  readonly sections: AddressRange
  /** RAM inside them: what it is paid for, without the holes. */
  readonly ram: readonly AddressRange[]
  readonly nodeId: number | undefined
  /** False where addresses were hidden and memory blocks larger than a section stand for them. */
  readonly isExact: boolean
}

/**
 * Boot RAM by whole sections (DOMAIN §1.3): a section that holds any RAM has all its struct pages. From the
 * "System RAM" lines of /proc/iomem, or, when the kernel hid them, from the memory blocks.
 */
export function bootSpans(topology: Topology, rules: KernelRules): readonly BootSpan[] {
  const fromIomem = topology.iomem
    .filter(({ name, depth }) => name === 'System RAM' && depth === 0)
    .map(({ start, end }) => ({ start, end }))
  const ram = fromIomem.length > 0 ? mergeRanges(fromIomem) : ramOfBlocks(topology)
  const isExact = fromIomem.length > 0 || topology.machine.memoryBlockBytes === rules.sectionBytes
  const nodeOf = nodeFinder(topology)
  const spans: { start: number; end: number; nodeId: number | undefined }[] = []
  const sections = mergeRanges(ram.map((range) => widenTo(range, rules.sectionBytes)))
  for (const run of sections) {
    for (const { start, end } of splitByBlocks(run, topology, rules)) {
      const nodeId = nodeOf(start)
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
  }))
}

/** Memory blocks that no kmem device brought: those are accounted with their device. */
function ramOfBlocks({ machine, memoryBlocks, daxDevices }: Topology): readonly AddressRange[] {
  const blockBytes = machine.memoryBlockBytes
  if (blockBytes === undefined) return []
  const hotAdded = mergeRanges(
    daxDevices.filter(({ mode }) => mode === 'system-ram').flatMap(({ ranges }) => ranges ?? []),
  )
  return mergeRanges(
    memoryBlocks
      .map(({ blockIndex }) => ({
        start: blockIndex * blockBytes,
        end: (blockIndex + 1) * blockBytes,
      }))
      .filter((range) => {
        const remaining = subtractRanges(range, hotAdded)
        return remaining.reduce((sum, part) => sum + rangeBytes(part), 0) === blockBytes
      }),
  )
}

/** A block belongs to the node whose directory links to it; a machine with one node needs no links. */
function nodeFinder({
  machine,
  memoryBlocks,
  nodes,
}: Topology): (address: number) => number | undefined {
  const onlyNode = nodes.length === 1 ? nodes[0]?.nodeId : undefined
  const blockBytes = machine.memoryBlockBytes
  const nodeIds = new Map(memoryBlocks.map((block) => [block.blockIndex, block.nodeIds?.[0]]))
  return (address) =>
    blockBytes === undefined
      ? onlyNode
      : (nodeIds.get(Math.floor(address / blockBytes)) ?? onlyNode)
}

/** A step is never larger than a section, so that a hostile block size of 0 or 1 cannot make it endless. */
function* splitByBlocks(
  run: AddressRange,
  { machine }: Topology,
  { sectionBytes }: KernelRules,
): Iterable<AddressRange> {
  const stepBytes = Math.max(machine.memoryBlockBytes ?? 0, sectionBytes)
  for (let start = run.start; start < run.end;) {
    const end = Math.min(run.end, roundDown(start, stepBytes) + stepBytes)
    yield { start, end }
    start = end
  }
}

function clip(range: AddressRange, window: AddressRange): readonly AddressRange[] {
  const start = Math.max(range.start, window.start)
  const end = Math.min(range.end, window.end)
  return start < end ? [{ start, end }] : []
}
