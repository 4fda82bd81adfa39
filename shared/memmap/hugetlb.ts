import type { HugepagePool, Machine, NumaNode } from '../model/topology'
import { formatBytes, formatCount, type AddressRange } from '../model/units'
import { memoryBytesPerPteTable, vmemmapPages, type KernelRules } from './kernel-rules'
import type { DerivationStep } from './types'

/** What HVO saves in the hugepage pools of one node; an upper bound, as no kernel tells the state of single pages (DOMAIN §3.4). */
export interface HvoSaving {
  readonly nodeId: number
  /** vmemmap pages that are not resident. */
  readonly pages: number
  /** vmemmap pages that its hugepages share, one for each size (DOMAIN §14.1). */
  readonly sharedTailPages: number
  /** Page tables that cannot be fewer for this pool. */
  readonly leastPteTables: number
  readonly derivation: readonly DerivationStep[]
}

/** Bytes that HVO frees for one hugepage: what the kernel log says, else the rule of the release (DOMAIN §3.1). */
export function freeableBytes(sizeBytes: number, machine: Machine, rules: KernelRules): number {
  const logged = machine.hugetlbFreeableBytes?.[String(sizeBytes)]
  if (logged !== undefined) return logged
  if (rules.hvoKeptPages === undefined) return 0
  const pages = Math.floor(vmemmapPages(sizeBytes, rules)) - rules.hvoKeptPages
  return Math.max(0, pages) * rules.basePageBytes
}

/** Whether hugepages are optimised now: the sysctl where there is one, else the boot option of 5.14–5.18. */
export function isHvoOn(machine: Machine): boolean {
  if (machine.hugetlbOptimizeVmemmap !== undefined) return machine.hugetlbOptimizeVmemmap
  return /(?:^|\s)hugetlb_free_vmemmap=on(?:\s|$)/.test(machine.commandLine ?? '')
}

/** Savings by node; empty where HVO is off, absent or without a pool. */
export function hvoSavings(
  nodes: readonly NumaNode[],
  machine: Machine,
  rules: KernelRules,
): readonly HvoSaving[] {
  if (!isHvoOn(machine)) return []
  return nodes.flatMap((node) => {
    const pools = (node.hugepagePools ?? []).flatMap((pool) => poolSaving(pool, machine, rules))
    if (pools.length === 0) return []
    return [
      {
        nodeId: node.nodeId,
        pages: pools.reduce((sum, pool) => sum + pool.pages, 0),
        sharedTailPages: rules.hvoSharesTailPage ? pools.length : 0,
        leastPteTables: pools.reduce((sum, pool) => sum + pool.leastPteTables, 0),
        derivation: pools.map((pool) => pool.step),
      },
    ]
  })
}

function poolSaving({ sizeBytes, total }: HugepagePool, machine: Machine, rules: KernelRules) {
  const perPage = freeableBytes(sizeBytes, machine, rules) / rules.basePageBytes
  if (total === 0 || perPage === 0) return []
  const shared = rules.hvoSharesTailPage ? 1 : 0
  const pages = total * perPage - shared
  const sharedText = shared === 0 ? '' : ' − 1 shared tail page'
  return [
    {
      pages,
      leastPteTables: Math.ceil((total * sizeBytes) / memoryBytesPerPteTable(rules)),
      step: {
        text: `HVO: ${formatCount(total)} hugepages of ${formatBytes(sizeBytes)} × ${formatCount(perPage)} vmemmap pages${sharedText} = ${formatCount(pages)} saved at most`,
        rule: 'mm/hugetlb_vmemmap.c; no kernel tells the state of single hugepages',
      },
    },
  ]
}

/** Hugetlb pages inside a range as kpageflags shows them; undefined when it was not readable. */
export function hugetlbPagesIn(range: AddressRange, machine: Machine): number | undefined {
  const pageBytes = machine.basePageBytes ?? 4096
  return machine.hugetlbSections
    ?.filter(
      ({ startPfn }) => startPfn * pageBytes >= range.start && startPfn * pageBytes < range.end,
    )
    .reduce((sum, section) => sum + section.hugetlbPages, 0)
}
