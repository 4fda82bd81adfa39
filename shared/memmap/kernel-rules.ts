import type { Machine } from '../model/topology'
import { MIB } from '../model/units'
import { isAtLeast, parseKernelVersion, type KernelVersion } from './kernel-version'

/** The newest kernel whose sources the rules were read from; used when the release is not known (DOMAIN §0). */
const NEWEST: KernelVersion = { major: 7, minor: 3 }

/** How one machine's kernel lays out and saves struct pages. All sizes in bytes. */
export interface KernelRules {
  readonly version: KernelVersion
  readonly basePageBytes: number
  readonly structPageBytes: number
  /** SPARSEMEM section: boot memory pays for whole sections (DOMAIN §1.3). */
  readonly sectionBytes: number
  /** Whether part of a section ignores the altmap and takes RAM instead (x86 vmemmap_populate, DOMAIN §1.5). */
  readonly partialSectionsTakeRam: boolean
  /** Whether device-dax memory without altmap is deduplicated at all (DOMAIN §3.3, §4). */
  readonly dedupsDax: boolean
  /** vmemmap pages kept of each compound page of device-dax (DOMAIN §4). */
  readonly daxKeptPages: number
  /** vmemmap pages kept of each optimised hugepage, undefined where HVO does not exist (DOMAIN §3.1–3.3). */
  readonly hvoKeptPages: number | undefined
  /** From 7.1 all tails of one (zone, hugepage size) share one more page (DOMAIN §14.1). */
  readonly hvoSharesTailPage: boolean
  /** Whether kmem honours memmap_on_memory of the dax device (6.8 and later, DOMAIN §2.4). */
  readonly kmemHonoursMemmapOnMemory: boolean
}

/** Base pages of one section by architecture and page size (DOMAIN §1.3, arch/…/include/asm/sparsemem.h). */
function sectionBytes(arch: string, basePageBytes: number, version: KernelVersion): number {
  switch (arch) {
    case 'aarch64':
      if (!isAtLeast(version, 5, 12)) return 1024 * MIB
      return basePageBytes === 65536 ? 512 * MIB : 128 * MIB
    case 'loongarch64':
      return 512 * MIB
    case 'ppc64le':
      return 16 * MIB
    default:
      return 128 * MIB
  }
}

function hvoArchitectures(version: KernelVersion): readonly string[] {
  if (!isAtLeast(version, 5, 14)) return []
  if (!isAtLeast(version, 6, 2)) return ['x86_64']
  if (!isAtLeast(version, 6, 5)) return ['x86_64', 's390x', 'loongarch64']
  if (!isAtLeast(version, 6, 8)) return ['x86_64', 's390x', 'loongarch64', 'riscv64']
  return ['x86_64', 'loongarch64', 'riscv64']
}

function dedupArchitectures(version: KernelVersion): readonly string[] {
  if (!isAtLeast(version, 5, 17)) return []
  if (!isAtLeast(version, 6, 8)) return hvoArchitectures(version)
  if (!isAtLeast(version, 6, 12)) return ['x86_64', 'ppc64le']
  return ['x86_64', 'ppc64le', 'riscv64']
}

/** The rules for a machine, from its architecture, page sizes and kernel release; unknown facts take x86-64 and the newest kernel. */
export function kernelRulesOf(machine: Machine): KernelRules {
  const version = parseKernelVersion(machine.kernelRelease ?? '') ?? NEWEST
  const arch = machine.arch ?? 'x86_64'
  const basePageBytes = machine.basePageBytes ?? 4096
  const structPageBytes = machine.structPageBytes ?? 64
  // Aliased vmemmap pages need struct pages that never straddle one (DOMAIN §3.1, §4).
  const isPowerOfTwo = Number.isInteger(Math.log2(structPageBytes))
  return {
    version,
    basePageBytes,
    structPageBytes,
    sectionBytes: sectionBytes(arch, basePageBytes, version),
    partialSectionsTakeRam: arch === 'x86_64',
    dedupsDax: isPowerOfTwo && dedupArchitectures(version).includes(arch),
    daxKeptPages: 2,
    hvoKeptPages:
      isPowerOfTwo && hvoArchitectures(version).includes(arch)
        ? isAtLeast(version, 5, 18)
          ? 1
          : 2
        : undefined,
    hvoSharesTailPage: isAtLeast(version, 7, 1),
    kmemHonoursMemmapOnMemory: isAtLeast(version, 6, 8),
  }
}

/**
 * Size of a memory block, at least one section and whole sections (drivers/base/memory.c MIN_MEMORY_BLOCK_SIZE); an
 * input that says otherwise, or nothing, gets one section.
 */
export function memoryBlockBytes(machine: Machine, { sectionBytes }: KernelRules): number {
  const bytes = machine.memoryBlockBytes
  return bytes !== undefined && bytes > 0 && bytes % sectionBytes === 0 ? bytes : sectionBytes
}

/** vmemmap pages that describe a whole section or any other range that is a multiple of their reach. */
export function vmemmapPages(memoryBytes: number, rules: KernelRules): number {
  return (memoryBytes / rules.basePageBytes) * (rules.structPageBytes / rules.basePageBytes)
}

/** Memory whose struct pages one PTE table maps: 128 MiB with 4 KiB pages and 64-byte struct pages (DOMAIN §1.5). */
export function memoryBytesPerPteTable(rules: KernelRules): number {
  const vmemmapBytes = (rules.basePageBytes / 8) * rules.basePageBytes
  return (vmemmapBytes / rules.structPageBytes) * rules.basePageBytes
}
