import type { Topology } from '../model/topology'
import { formatCount } from '../model/units'
import type { KernelRules } from './kernel-rules'
import { sumExtents } from './totals'
import type { Discrepancy, MeasuredMemmap, MemmapExtent } from './types'

/**
 * What the kernel's own counters say (6.8 and later), and why they differ from what is resident as far as that is known: the
 * counters have habits of their own (DOMAIN §2.3, §13.5, §14.1).
 * @returns undefined where the input has no such counters
 */
export function measure(
  { vmstat }: Topology,
  rules: KernelRules,
  extents: readonly MemmapExtent[],
): MeasuredMemmap | undefined {
  const pages = vmstat['nr_memmap_pages']
  const bootPages = vmstat['nr_memmap_boot_pages']
  if (pages === undefined || bootPages === undefined) return undefined
  const residentBytes = (pages + bootPages) * rules.basePageBytes
  const totals = sumExtents(extents)
  const differenceBytes = residentBytes - totals.residentBytes
  const explained: Discrepancy[] = []
  const explain = (bytes: number, text: string, rule: string) => {
    if (bytes !== 0) explained.push({ bytes, text, rule })
  }
  const sharedPages = extents.reduce((sum, extent) => sum + (extent.sharedTailPages ?? 0), 0)
  const sharedBytes = sharedPages * rules.basePageBytes
  explain(
    -sharedBytes,
    `${formatCount(sharedPages)} tail pages that optimised hugepages share are not counted`,
    'mm/hugetlb_vmemmap.c (7.1 and later)',
  )
  const dedupBytes = totals.savedBytes.daxDedup
  const countsDedup =
    rules.countersMissDaxDedup === 'yes' ||
    (rules.countersMissDaxDedup === 'maybe' && differenceBytes + sharedBytes === dedupBytes)
  if (countsDedup) {
    explain(
      dedupBytes,
      'deduplicated device-dax is counted as if it were not',
      'mm/sparse-vmemmap.c (6.11 to 6.19, depending on the point release)',
    )
  }
  return {
    source: 'proc/vmstat · nr_memmap_pages + nr_memmap_boot_pages',
    residentBytes,
    differenceBytes,
    explained,
    unexplainedBytes: explained.reduce((rest, { bytes }) => rest - bytes, differenceBytes),
  }
}
