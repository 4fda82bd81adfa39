import { GIB, KIB, MIB } from '../../model/units'
import { release, rule } from './kernel-rule'

/**
 * What the kernels differ in, as far as it decides what struct pages cost. "Read" in a source means
 * the source of both releases was read, "recalled" that the exact release between two is from memory (DOMAIN §0).
 */
export const ruleTable = {
  // DOMAIN §1.2
  basePageBytes: rule<number>(
    'base page in bytes',
    [
      { architectures: ['ppc64le'], value: 64 * KIB, source: 'usual configuration' },
      {
        architectures: ['loongarch64'],
        value: 16 * KIB,
        source: 'usual configuration',
      },
    ],
    { value: 4 * KIB, source: 'usual configuration' },
  ),

  // DOMAIN §1.1
  structPageBytes: rule<number>('sizeof(struct page) in bytes', [], {
    value: 64,
    source: 'include/linux/mm_types.h, normal 64-bit configuration, 5.10 to 7.3',
  }),

  // DOMAIN §1.3
  sectionBytes: rule<number>(
    'SPARSEMEM section in bytes',
    [
      {
        architectures: ['aarch64'],
        before: release(5, 12),
        value: GIB,
        source: 'arch/arm64/include/asm/sparsemem.h (5.10)',
      },
      {
        architectures: ['aarch64'],
        basePageBytes: [64 * KIB],
        value: 512 * MIB,
        source: 'arch/arm64/include/asm/sparsemem.h (5.15 to 7.3)',
      },
      {
        architectures: ['loongarch64'],
        value: 512 * MIB,
        source: 'arch/loongarch/include/asm/sparsemem.h',
      },
      {
        architectures: ['ppc64le'],
        value: 16 * MIB,
        source: 'arch/powerpc/include/asm/sparsemem.h',
      },
    ],
    { value: 128 * MIB, source: 'asm/sparsemem.h, SECTION_SIZE_BITS 27' },
  ),

  // DOMAIN §1.3
  subsectionBytes: rule<number>(
    'smallest piece of ZONE_DEVICE memory in bytes',
    [
      {
        before: release(5, 3),
        value: 128 * MIB,
        source: 'whole sections before subsections existed (recalled)',
      },
    ],
    {
      value: 2 * MIB,
      source: 'include/linux/mmzone.h, SUBSECTION_SHIFT 21; mm/memory_hotplug.c, check_pfn_span',
    },
  ),

  // DOMAIN §1.5
  partialSectionsTakeRam: rule<boolean>(
    'whether part of a section ignores the altmap and takes RAM',
    [
      {
        architectures: ['x86_64'],
        value: true,
        source: 'arch/x86/mm/init_64.c, vmemmap_populate (5.10 to 7.3)',
      },
    ],
    { value: false, source: 'the altmap is honoured everywhere' },
  ),

  // DOMAIN §1.5
  mapsSectionsByPmd: rule<boolean>(
    'whether a whole section of struct pages is mapped without PTE tables',
    [
      {
        architectures: ['aarch64'],
        basePageBytes: [16 * KIB, 64 * KIB],
        value: false,
        source: 'arch/arm64/mm/mmu.c, vmemmap_populate: base pages',
      },
    ],
    { value: true, source: 'vmemmap_populate_hugepages' },
  ),

  // DOMAIN §2.4, §6.3
  pmdBytes: rule<number>(
    'memory that one PMD entry maps, in bytes',
    [
      {
        architectures: ['ppc64le'],
        value: 2 * MIB,
        source: 'arch/powerpc/include/asm/book3s/64/radix-64k.h',
      },
      {
        basePageBytes: [16 * KIB],
        value: 32 * MIB,
        source: 'include/asm-generic/pgtable.h: one page of entries',
      },
      {
        basePageBytes: [64 * KIB],
        value: 512 * MIB,
        source: 'include/asm-generic/pgtable.h: one page of entries',
      },
    ],
    { value: 2 * MIB, source: 'include/asm-generic/pgtable.h: one page of entries' },
  ),

  // DOMAIN §6.3
  pudBytes: rule<number>(
    'memory that one PUD entry maps, in bytes',
    [
      {
        architectures: ['ppc64le'],
        value: GIB,
        source: 'arch/powerpc/include/asm/book3s/64/radix-64k.h',
      },
      {
        basePageBytes: [16 * KIB],
        value: 64 * GIB,
        source: 'include/asm-generic/pgtable.h: one page of entries',
      },
      {
        basePageBytes: [64 * KIB],
        value: 4096 * GIB,
        source: 'include/asm-generic/pgtable.h: one page of entries',
      },
    ],
    { value: GIB, source: 'include/asm-generic/pgtable.h: one page of entries' },
  ),

  // DOMAIN §6.3
  compatAlignBytes: rule<number>(
    'alignment that the start of every fsdax and devdax namespace needs, in bytes',
    [
      {
        architectures: ['ppc64le'],
        value: 16 * MIB,
        source: 'memremap_compat_align on book3s: up to 16 MiB',
      },
    ],
    { value: 2 * MIB, source: 'mm/memremap.c, memremap_compat_align' },
  ),

  // DOMAIN §3.1, §3.2, §3.3
  hvoKeptPages: rule<number | undefined>(
    'number of vmemmap pages that an optimised hugepage keeps',
    [
      {
        needsPowerOfTwo: true,
        architectures: ['x86_64'],
        since: release(5, 14),
        before: release(5, 18),
        value: 2,
        source: 'mm/hugetlb_vmemmap.c, RESERVE_VMEMMAP_NR 2 (5.15)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['x86_64'],
        since: release(5, 18),
        value: 1,
        source: 'mm/hugetlb_vmemmap.h, HUGETLB_VMEMMAP_RESERVE_SIZE (5.19 to 7.3)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['s390x'],
        since: release(6, 2),
        before: release(6, 8),
        value: 1,
        source: 'arch Kconfig, ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP (6.2, 6.5)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['loongarch64'],
        since: release(6, 2),
        value: 1,
        source: 'arch Kconfig, ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP (6.2 to 7.3)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['riscv64'],
        since: release(6, 5),
        value: 1,
        source: 'arch Kconfig, ARCH_WANT_OPTIMIZE_HUGETLB_VMEMMAP (6.5 to 7.3)',
      },
    ],
    {
      value: undefined,
      source: 'this kernel, architecture or struct page size has no HVO',
    },
  ),

  // DOMAIN §3.2, §14.1
  hvoSharesTailPage: rule<boolean>(
    'whether all hugepages of one size in one zone share one more vmemmap page',
    [
      {
        since: release(7, 1),
        value: true,
        source: 'mm/hugetlb_vmemmap.c, one tail page for each zone and order',
      },
    ],
    { value: false, source: 'tails map to the head page of their hugepage' },
  ),

  // DOMAIN §3.3, §4
  dedupsDax: rule<boolean>(
    'whether struct pages of device-dax are deduplicated',
    [
      {
        needsPowerOfTwo: true,
        since: release(5, 17),
        before: release(6, 1),
        value: true,
        source: 'mm/sparse-vmemmap.c, every SPARSEMEM_VMEMMAP architecture (5.19)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['x86_64'],
        since: release(6, 1),
        value: true,
        source: 'ARCH_WANT_OPTIMIZE_DAX_VMEMMAP and before it the symbol of HVO',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['s390x', 'loongarch64'],
        since: release(6, 2),
        before: release(6, 8),
        value: true,
        source: 'gated by the symbol of HVO (6.2, 6.5)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['riscv64'],
        since: release(6, 5),
        before: release(6, 8),
        value: true,
        source: 'gated by the symbol of HVO (6.5)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['ppc64le'],
        since: release(6, 8),
        value: true,
        source: 'ARCH_WANT_OPTIMIZE_DAX_VMEMMAP, radix (6.8 to 7.3)',
      },
      {
        needsPowerOfTwo: true,
        architectures: ['riscv64'],
        since: release(6, 12),
        value: true,
        source: 'ARCH_WANT_OPTIMIZE_DAX_VMEMMAP (6.12 to 7.3)',
      },
    ],
    {
      value: false,
      source: 'this kernel, architecture or struct page size has no deduplication',
    },
  ),

  // DOMAIN §4
  daxKeptPages: rule<number>('number of vmemmap pages that a compound page keeps', [], {
    value: 2,
    source: 'include/linux/mm.h, VMEMMAP_RESERVE_NR: a head and one tail page',
  }),

  // DOMAIN §2.4
  memmapOnMemory: rule<'none' | 'one-block' | 'every-block'>(
    'support of memmap_on_memory',
    [
      {
        architectures: ['x86_64', 'aarch64'],
        since: release(5, 13),
        before: release(6, 6),
        value: 'one-block',
        source: 'mm/memory_hotplug.c: only additions of one block (5.15 to 6.5)',
      },
      {
        architectures: ['x86_64', 'aarch64', 'ppc64le', 's390x'],
        since: release(6, 6),
        value: 'every-block',
        source: 'mm/memory_hotplug.c: one altmap for each block (6.8 to 7.3)',
      },
      {
        architectures: ['riscv64'],
        since: release(7, 3),
        value: 'every-block',
        source: 'mm/memory_hotplug.c: one altmap for each block (7.3)',
      },
    ],
    { value: 'none', source: 'this kernel or architecture has no memmap_on_memory' },
  ),

  // DOMAIN §2.4, §13
  kmemHonoursMemmapOnMemory: rule<boolean>(
    'whether kmem honours memmap_on_memory',
    [
      {
        since: release(6, 8),
        value: true,
        source: 'drivers/dax/kmem.c, memmap_on_memory of the device (6.8 to 7.3)',
      },
    ],
    { value: false, source: 'kmem ignores the setting (measured on 6.1)' },
  ),

  // DOMAIN §2.3, §14
  countersMissDaxDedup: rule<'no' | 'yes' | 'maybe'>(
    'whether nr_memmap_pages counts device-dax as if it were not deduplicated',
    [
      {
        since: release(6, 8),
        before: release(6, 20),
        value: 'maybe',
        source: 'point releases of 6.11 to 6.19 differ: the correction was backported',
      },
    ],
    { value: 'no', source: 'corrected by 7.0' },
  ),
} as const
