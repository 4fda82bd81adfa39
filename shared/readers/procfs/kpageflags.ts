import type { HugetlbSection } from '../../model/topology'
import type { Sourced, TreeFiles } from '../tree-files'

const PATH = 'proc/kpageflags'
/** KPF_HUGE, include/uapi/linux/kernel-page-flags.h. */
const HUGE = 1 << 17
const WORD_BYTES = 8
const PIECE_BYTES = 8 * 1024 * 1024
/** One PTE table maps 32768 struct pages of 64 bytes on 4 KiB pages: 128 MiB of memory (DOMAIN §1.5). */
const PAGES_PER_SECTION = 32768

/**
 * Where hugetlb pages lie, by runs of 32768 pages: evidence for the vmemmap page tables that HVO costs and for the
 * ranges it saves in. The page map itself is made elsewhere.
 */
export function readHugetlbSections(files: TreeFiles): Sourced<readonly HugetlbSection[]> {
  const source = files.source(PATH)
  if (files.tree.kind(PATH) !== 'file') return [undefined, source]
  const pagesBySection = new Map<number, number>()
  let pfn = 0
  for (const piece of files.tree.pieces(PATH, PIECE_BYTES)) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength)
    for (let offset = 0; offset + WORD_BYTES <= piece.byteLength; offset += WORD_BYTES, pfn++) {
      if ((view.getUint32(offset, true) & HUGE) === 0) continue
      const section = Math.floor(pfn / PAGES_PER_SECTION)
      pagesBySection.set(section, (pagesBySection.get(section) ?? 0) + 1)
    }
  }
  if (pfn === 0) return [undefined, source]
  const sections = [...pagesBySection].map(([section, hugetlbPages]) => ({
    startPfn: section * PAGES_PER_SECTION,
    hugetlbPages,
  }))
  return [sections, source]
}
