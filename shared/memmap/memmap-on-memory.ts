import { formatBytes, roundUp, type Bytes } from '../model/units'
import { refused, type Refusal } from './geometry-refusal'
import { vmemmapPages, type KernelRules } from './kernel-rules'

/** A memory block that holds its own struct pages at its head. */
export interface SelfHostedBlock {
  readonly kind: 'self-hosted'
  /** Bytes of struct pages. */
  readonly memmapBytes: Bytes
  /** What the block loses: struct pages, and with `force` what fills the last pageblock. */
  readonly reservedBytes: Bytes
}

/**
 * Whether a memory block can hold its own struct pages, and what it then loses (mhp_supports_memmap_on_memory in
 * mm/memory_hotplug.c, 6.8 to 7.3; DOMAIN §2.4).
 */
export function selfHostedBlock(
  blockBytes: Bytes,
  mode: 'Y' | 'force',
  rules: KernelRules,
): SelfHostedBlock | Refusal {
  const { basePageBytes, pmdBytes } = rules
  if (rules.memmapOnMemory === 'none') {
    return refused('memmap-on-memory-missing', 'this kernel has no memmap_on_memory here')
  }
  const memmapBytes = Math.ceil(vmemmapPages(blockBytes, rules)) * basePageBytes
  // Pageblocks are as large as a PMD on every architecture that has memmap_on_memory (include/linux/pageblock-flags.h).
  const reservedBytes = mode === 'force' ? roundUp(memmapBytes, pmdBytes) : memmapBytes
  const needsWholePmds = !(rules.architecture === 'ppc64le' && basePageBytes > 4096)
  if (reservedBytes % pmdBytes !== 0 || (needsWholePmds && memmapBytes % pmdBytes !== 0)) {
    return refused(
      'memmap-on-memory-unaligned',
      `the struct pages of a block of ${formatBytes(blockBytes)} take ${formatBytes(memmapBytes)}, which is no multiple of ${formatBytes(pmdBytes)}`,
    )
  }
  if (reservedBytes >= blockBytes) {
    return refused(
      'memmap-on-memory-no-room',
      `a block of ${formatBytes(blockBytes)} would hold nothing but its struct pages`,
    )
  }
  return { kind: 'self-hosted', memmapBytes, reservedBytes }
}
