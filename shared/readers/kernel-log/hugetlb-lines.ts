import { KIB, parseDecimal } from '../../model/units'

/** Since 6.1 (mm/hugetlb.c report_hugepages; DOMAIN §3.2). */
const FREEABLE =
  /HugeTLB: (\d{1,9}) KiB vmemmap can be freed for a ([\d.]{1,10}) (KiB|MiB|GiB) page/g
/** 5.14 said `free`, 5.18 to 6.0 `optimize`; only x86-64 had it then, with pages of 4 KiB (DOMAIN §3.2, §3.3). */
const FREEABLE_PAGES =
  /HugeTLB: can (?:free|optimize) (\d{1,9}) vmemmap pages for hugepages-(\d{1,12})kB/g
const X86_PAGE_KIB = 4
const UNIT_BYTES: Readonly<Record<string, number>> = { KiB: KIB, MiB: KIB ** 2, GiB: KIB ** 3 }

/** What the kernel says it can free for each hugepage size: bytes by the size in bytes; 0 is said, too (arm64). */
export function freeableBytes(text: string): Readonly<Record<string, number>> {
  const freeable: Record<string, number> = {}
  const put = (pageBytes: number, freeableKib: number | undefined) => {
    if (freeableKib === undefined || !Number.isSafeInteger(pageBytes) || pageBytes === 0) return
    freeable[String(pageBytes)] = freeableKib * KIB
  }
  for (const [, pages = '', kibibytes = ''] of text.matchAll(FREEABLE_PAGES)) {
    put(Number(kibibytes) * KIB, (parseDecimal(pages) ?? 0) * X86_PAGE_KIB)
  }
  for (const [, kibibytes = '', size, unit = ''] of text.matchAll(FREEABLE)) {
    put(Number(size) * (UNIT_BYTES[unit] ?? 0), parseDecimal(kibibytes))
  }
  return freeable
}
