import type { Machine } from '../model/topology'
import { formatBytes, formatCount } from '../model/units'
import type { BootSpan } from './boot-memory'
import type { AccountContext } from './device-extents'
import { pteTablesOf } from './device-range'
import { hugetlbPagesIn, hvoSavings, type HvoSaving } from './hugetlb'
import { vmemmapPages } from './kernel-rules'
import { rangeBytes, totalBytes } from './ranges'
import type { MemmapExtent } from './types'

/** Struct pages of boot RAM, section granular, less what HVO saves in the node's hugepage pools (DOMAIN §1.3, §3). */
export function bootExtents(
  spans: readonly BootSpan[],
  context: AccountContext,
): readonly MemmapExtent[] {
  const { topology, rules } = context
  const savings = hvoSavings(topology.nodes, topology.machine, rules)
  const shares = shareSavings(spans, savings, topology.machine)
  return spans.map((span) => bootExtent(span, shares.get(span), context))
}

interface SpanSaving {
  readonly pages: number
  readonly sharedTailPages: number
  readonly saving: HvoSaving
}

/** Divides a node's saving over its spans by the hugetlb pages seen in each, else by size; the last span takes the rest. */
function shareSavings(
  spans: readonly BootSpan[],
  savings: readonly HvoSaving[],
  machine: Machine,
): ReadonlyMap<BootSpan, SpanSaving> {
  const shares = new Map<BootSpan, SpanSaving>()
  for (const saving of savings) {
    const own = spans.filter(({ nodeId }) => nodeId === saving.nodeId)
    const seen = own.map(({ sections }) => hugetlbPagesIn(sections, machine) ?? 0)
    const hasEvidence = seen.some((pages) => pages > 0)
    const weights = own.map((span, index) =>
      hasEvidence ? (seen[index] ?? 0) : rangeBytes(span.sections),
    )
    const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
    let remaining = saving.pages
    let remainingWeight = totalWeight
    own.forEach((span, index) => {
      const weight = weights[index] ?? 0
      const pages =
        weight === remainingWeight
          ? remaining
          : Math.min(remaining, Math.floor((saving.pages / totalWeight) * weight))
      remaining -= pages
      remainingWeight -= weight
      const sharedTailPages = index === 0 ? saving.sharedTailPages : 0
      shares.set(span, { pages, sharedTailPages, saving })
    })
  }
  return shares
}

function bootExtent(
  span: BootSpan,
  share: SpanSaving | undefined,
  context: AccountContext,
): MemmapExtent {
  const { rules } = context
  const pageBytes = rules.basePageBytes
  const { sections, nodeId, ram } = span
  const sectionCount = rangeBytes(sections) / rules.sectionBytes
  const fullPages = sectionCount * vmemmapPages(rules.sectionBytes, rules)
  // A pool larger than its node is somebody's invention; struct pages never get below none.
  const savedPages = Math.min(share?.pages ?? 0, fullPages)
  const hasSaving = savedPages > 0
  const owner = nodeId === undefined ? 'machine' : `node${nodeId}`
  return {
    id: `memmap:${owner}:0x${sections.start.toString(16)}`,
    ownerId: owner,
    ...(span.hasAddresses
      ? { range: { start: ram[0]?.start ?? sections.start, end: ram.at(-1)?.end ?? sections.end } }
      : {}),
    memoryBytes: totalBytes(ram),
    structPages: rangeBytes(sections) / pageBytes,
    fullBytes: fullPages * pageBytes,
    residentBytes: (fullPages - savedPages) * pageBytes,
    backing: [
      {
        place: nodeId === undefined ? { kind: 'node' } : { kind: 'node', nodeId },
        bytes: (fullPages - savedPages) * pageBytes,
      },
    ],
    mechanism: hasSaving ? 'hvo' : 'flat',
    pageTableBytes: share === undefined ? 0 : pteTables(span, share, context) * pageBytes,
    certainty: hasSaving
      ? 'upper-bound'
      : span.isExact && nodeId !== undefined
        ? 'exact'
        : 'estimated',
    derivation: [
      {
        text: `${formatCount(sectionCount)} sections of ${formatBytes(rules.sectionBytes)} × ${formatBytes(vmemmapPages(rules.sectionBytes, rules) * pageBytes)} = ${formatBytes(fullPages * pageBytes)}, holes inside sections included`,
        rule: 'mm/sparse.c: boot sections are always fully populated',
      },
      ...(hasSaving ? (share?.saving.derivation ?? []) : []),
    ],
    ...(share === undefined || share.sharedTailPages === 0
      ? {}
      : { sharedTailPages: share.sharedTailPages }),
  }
}

/** PTE tables that HVO made: one for each stretch that holds hugetlb pages, else the fewest that the pool allows. */
function pteTables(
  span: BootSpan,
  share: SpanSaving,
  { topology, rules, claimPteTables }: AccountContext,
): number {
  const { hugetlbSections, basePageBytes = rules.basePageBytes } = topology.machine
  if (hugetlbSections === undefined) {
    // A part of the pool's tables as large as its part of the saving, and never more than map the span.
    const { start, end } = pteTablesOf(span.sections, rules)
    const part = Math.round((share.saving.leastPteTables / share.saving.pages) * share.pages)
    return Math.min(part, end - start)
  }
  const inside = hugetlbSections
    .map(({ startPfn }) => startPfn * basePageBytes)
    .filter((address) => address >= span.sections.start && address < span.sections.end)
  return claimPteTables(
    inside.map((start) => pteTablesOf({ start, end: start + basePageBytes }, rules)),
  )
}
