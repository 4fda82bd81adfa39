import { release, rule } from './kernel-rule'

/** What the words of /proc/kpageflags mean, as far as the kernels differ in it. Sources as in rule-table.ts. */
export const pageFlagRules = {
  // DOMAIN §10.2
  kpageflagsTailsRepeatHead: rule<boolean>(
    'whether tail pages in kpageflags repeat the flags of their head',
    [
      {
        since: release(6, 10),
        value: true,
        source: 'fs/proc/page.c, flags of the folio (6.12 to 7.3; release recalled)',
      },
    ],
    { value: false, source: 'fs/proc/page.c, flags of each struct page (to 6.8)' },
  ),

  // DOMAIN §10.2, §14
  kpageflagsMarksHoles: rule<boolean>(
    'whether kpageflags marks pages without online memmap with NOPAGE',
    [
      {
        since: release(6, 16),
        value: false,
        source: 'fs/proc/page.c, kpage_read gives 0 (measured on 6.16 to 7.3)',
      },
    ],
    { value: true, source: 'fs/proc/page.c, KPF_NOPAGE (to 6.12)' },
  ),

  // DOMAIN §13.3, §14
  kpageflagsSlabHasStrayBits: rule<boolean>(
    'whether slab pages in kpageflags carry stray ANON and KSM bits',
    [
      {
        since: release(6, 12),
        before: release(7, 0),
        value: true,
        source: 'measured on 6.12 to 6.18',
      },
    ],
    { value: false, source: 'measured on 6.1 and on 7.0 to 7.3' },
  ),

  // DOMAIN §13.3, §14
  kpageflagsAnonHasKsm: rule<boolean>(
    'whether every anonymous page in kpageflags carries the KSM bit',
    [
      {
        since: release(6, 12),
        before: release(7, 1),
        value: true,
        source: 'measured on 6.12 to 7.0',
      },
    ],
    { value: false, source: 'measured on 6.1 and on 7.1 to 7.3' },
  ),

  // DOMAIN §14, §14.2
  kpageflagsHvoFalseHeads: rule<boolean>(
    'whether an optimised hugepage shows a false HEAD every 64 pages in kpageflags',
    [
      {
        since: release(6, 17),
        before: release(7, 1),
        value: true,
        source: 'measured on 6.17, 6.18 and 7.0',
      },
    ],
    { value: false, source: 'measured on 6.1 to 6.16 and on 7.1 to 7.3' },
  ),

  // DOMAIN §13.2, §14, §14.3
  kpageflagsShowsBootMemmap: rule<boolean>(
    'whether struct pages of boot memory read reserved|private in kpageflags',
    [
      {
        since: release(7, 2),
        value: false,
        source: 'measured on 7.2 and 7.3: reserved alone',
      },
    ],
    { value: true, source: 'measured on 6.1 to 7.1' },
  ),
} as const
