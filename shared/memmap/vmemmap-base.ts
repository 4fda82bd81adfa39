import type { KernelRules } from './kernel-rules'
import { applyRule, release, rule } from './rules/kernel-rule'

/** Where the vmemmap array begins without KASLR, as 64-bit hexadecimal (DOMAIN §1.4). */
const baseRule = rule<string | undefined>(
  'virtual address of the vmemmap array',
  [
    {
      architectures: ['x86_64'],
      value: '0xffffea0000000000',
      source: 'arch/x86/include/asm/pgtable_64_types.h, __VMEMMAP_BASE_L4',
    },
    ...[
      { basePageBytes: [4096], value: '0xfffffc0000000000' },
      { basePageBytes: [16384], value: '0xffffff0000000000' },
      { basePageBytes: [65536], value: '0xfffffc0000000000' },
    ].map((row) => ({
      ...row,
      architectures: ['aarch64'] as const,
      before: release(6, 9),
      source: 'arch/arm64/include/asm/memory.h (5.15 to 6.8), largest VA_BITS of the page size',
    })),
    ...[
      { basePageBytes: [4096], value: '0xfffffdffc0000000' },
      { basePageBytes: [16384], value: '0xffffff7fc0000000' },
      { basePageBytes: [65536], value: '0xfffffc1fc0000000' },
    ].map((row) => ({
      ...row,
      architectures: ['aarch64'] as const,
      since: release(6, 9),
      source: 'arch/arm64/include/asm/memory.h (6.12 to 7.3), 48 bits, with 64K pages 52',
    })),
  ],
  { value: undefined, source: 'not known' },
)

/**
 * The nominal virtual address of the first struct page. A running kernel with KASLR has another one.
 * @returns undefined for architectures whose base is not known
 */
export function nominalVmemmapBase(
  rules: KernelRules,
  { la57 }: { readonly la57: boolean },
): { readonly address: string; readonly source: string } | undefined {
  if (la57 && rules.architecture === 'x86_64') {
    return {
      address: '0xffd4000000000000',
      source: 'arch/x86/include/asm/pgtable_64_types.h, __VMEMMAP_BASE_L5',
    }
  }
  const { value, source } = applyRule(baseRule, rules)
  return value === undefined ? undefined : { address: value, source }
}
