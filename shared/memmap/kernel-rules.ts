import { ownValue } from '../model/own-value'
import { describeSource } from '../model/source'
import type { Machine } from '../model/topology'
import {
  NEWEST_READ,
  OLDEST_READ,
  compareVersions,
  formatVersion,
  parseKernelVersion,
  type KernelVersion,
} from './kernel-version'
import { ARCHITECTURES, applyRule, type Architecture, type Situation } from './rules/kernel-rule'
import { ruleTable } from './rules/rule-table'

/** Which value of a rule was taken, and why. */
export interface RuleUse {
  readonly rule: RuleId
  /** What the value is, with its unit. */
  readonly title: string
  readonly value: number | boolean | string | undefined
  /** `evidence` was found in the input and beats the release; `assumed` when neither is known. */
  readonly basis: 'evidence' | 'release' | 'nearest-release' | 'assumed'
  /** Kernel file and release, or where the evidence was read. */
  readonly source: string
}

export type RuleId = keyof typeof ruleTable

/** How one machine's kernel lays out and saves struct pages. All sizes in bytes. */
export interface KernelRules extends Situation {
  /** SPARSEMEM section: boot memory pays for whole sections (DOMAIN §1.3). */
  readonly sectionBytes: number
  /** Whether part of a section ignores the altmap and takes RAM instead (x86 vmemmap_populate, DOMAIN §1.5). */
  readonly partialSectionsTakeRam: boolean
  /** Whether whole sections of struct pages are mapped without PTE tables (DOMAIN §1.5). */
  readonly mapsSectionsByPmd: boolean
  /** Memory that one entry of the second and of the third page-table level maps. */
  readonly pmdBytes: number
  readonly pudBytes: number
  /** What the start of every fsdax and devdax namespace is a multiple of (DOMAIN §6.3). */
  readonly compatAlignBytes: number
  /** Whether device-dax memory without altmap is deduplicated at all (DOMAIN §3.3, §4). */
  readonly dedupsDax: boolean
  /** vmemmap pages kept of each compound page of device-dax (DOMAIN §4). */
  readonly daxKeptPages: number
  /** vmemmap pages kept of each optimised hugepage, undefined where HVO does not exist (DOMAIN §3.1–3.3). */
  readonly hvoKeptPages: number | undefined
  /** From 7.1 all tails of one (zone, hugepage size) share one more page (DOMAIN §14.1). */
  readonly hvoSharesTailPage: boolean
  /** What can hold its own struct pages when it is added (DOMAIN §2.4). */
  readonly memmapOnMemory: 'none' | 'one-block' | 'every-block'
  /** Whether kmem honours memmap_on_memory of the dax device (6.8 and later, DOMAIN §2.4). */
  readonly kmemHonoursMemmapOnMemory: boolean
  /** Whether nr_memmap_pages counts device-dax as if it were not deduplicated (DOMAIN §2.3). */
  readonly countersMissDaxDedup: 'no' | 'yes' | 'maybe'
  /** Every rule above with what decided it, in the order of the table. */
  readonly uses: readonly RuleUse[]
  /** What the input left open, in words: `Linux 8.1 is newer than 7.3 …`. */
  readonly notes: readonly string[]
}

/** Other names that people and tools give to architectures. */
const ALIASES: Readonly<Record<string, Architecture>> = {
  'x86-64': 'x86_64',
  amd64: 'x86_64',
  arm64: 'aarch64',
  riscv: 'riscv64',
  ppc64: 'ppc64le',
  s390: 's390x',
  loongarch: 'loongarch64',
}

/** The architecture that a name stands for, as `uname -m` prints it or as kernel and Debian call it; undefined for others. */
export function parseArchitecture(name: string): Architecture | undefined {
  return ARCHITECTURES.find((known) => known === name) ?? ownValue(ALIASES, name)
}

/**
 * The rules for a machine: from evidence in the input where there is some, else from its architecture, page sizes and kernel
 * release. Releases whose sources were not read take the nearest that was; unknown facts take x86-64 and the newest kernel.
 */
export function kernelRulesOf(machine: Machine): KernelRules {
  const notes: string[] = []
  const { version, basis } = versionOf(machine, notes)
  const architecture = architectureOf(machine, notes)
  const uses: RuleUse[] = []
  let situation: Situation = { version, architecture, basePageBytes: 0, structPageBytes: 0 }

  function decide<T extends RuleUse['value']>(
    id: RuleId & { [K in RuleId]: ValueOf<K> extends T ? K : never }[RuleId],
    evidence?: Evidence<T>,
  ): T {
    const rule = ruleTable[id]
    const byTable = applyRule<unknown>(rule, situation) as { value: T; source: string }
    const { value, source } = evidence ?? byTable
    uses.push({
      rule: id,
      title: rule.title,
      value,
      basis: evidence === undefined ? basis : evidence.isAssumed ? 'assumed' : 'evidence',
      source,
    })
    return value
  }

  const basePageBytes = decide<number>('basePageBytes', read(machine, 'basePageBytes'))
  situation = { ...situation, basePageBytes }
  const structPageBytes = decide<number>('structPageBytes', read(machine, 'structPageBytes'))
  situation = { ...situation, structPageBytes }
  return {
    ...situation,
    sectionBytes: decide<number>('sectionBytes'),
    partialSectionsTakeRam: decide<boolean>('partialSectionsTakeRam'),
    mapsSectionsByPmd: decide<boolean>('mapsSectionsByPmd'),
    pmdBytes: decide<number>('pmdBytes'),
    pudBytes: decide<number>('pudBytes'),
    compatAlignBytes: decide<number>('compatAlignBytes'),
    dedupsDax: decide<boolean>('dedupsDax'),
    daxKeptPages: decide<number>('daxKeptPages'),
    hvoKeptPages: decide<number | undefined>('hvoKeptPages', seenKeptPages(machine, situation)),
    hvoSharesTailPage: decide<boolean>('hvoSharesTailPage'),
    memmapOnMemory: decide<KernelRules['memmapOnMemory']>('memmapOnMemory'),
    kmemHonoursMemmapOnMemory: decide<boolean>('kmemHonoursMemmapOnMemory'),
    countersMissDaxDedup: decide<KernelRules['countersMissDaxDedup']>('countersMissDaxDedup'),
    uses,
    notes,
  }
}

/** A value that the input itself shows. */
interface Evidence<T> {
  readonly value: T
  readonly source: string
  readonly isAssumed?: boolean
}

type ValueOf<K extends RuleId> = (typeof ruleTable)[K]['otherwise']['value']

function versionOf(
  { kernelRelease }: Machine,
  notes: string[],
): { readonly version: KernelVersion; readonly basis: RuleUse['basis'] } {
  const newest = formatVersion(NEWEST_READ)
  const version = kernelRelease === undefined ? undefined : parseKernelVersion(kernelRelease)
  if (version === undefined) {
    notes.push(`the kernel release is not known; the rules of Linux ${newest} are taken`)
    return { version: NEWEST_READ, basis: 'assumed' }
  }
  const nearest =
    compareVersions(version, NEWEST_READ) > 0
      ? NEWEST_READ
      : compareVersions(version, OLDEST_READ) < 0
        ? OLDEST_READ
        : undefined
  if (nearest === undefined) return { version, basis: 'release' }
  const [direction, end] = nearest === NEWEST_READ ? ['newer', 'newest'] : ['older', 'oldest']
  notes.push(
    `Linux ${formatVersion(version)} is ${direction} than ${formatVersion(nearest)}, the ${end} whose rules are known; those are taken`,
  )
  // Older releases keep their own number: rows say since when something exists, and earlier it did not.
  return { version: nearest === NEWEST_READ ? nearest : version, basis: 'nearest-release' }
}

function architectureOf({ arch }: Machine, notes: string[]): Architecture {
  if (arch === undefined) return 'x86_64'
  const known = parseArchitecture(arch)
  if (known === undefined) {
    notes.push(`the rules for ${arch} are not known; those of x86_64 are taken`)
  }
  return known ?? 'x86_64'
}

/** A size that the input states, with the place it was read from. */
function read(
  machine: Machine,
  field: 'basePageBytes' | 'structPageBytes',
): Evidence<number> | undefined {
  const value = machine[field]
  const source = machine.sources[field]
  if (value === undefined) return undefined
  return {
    value,
    source: source === undefined ? 'given' : describeSource(source),
    isAssumed: source?.kind === 'default',
  }
}

/**
 * What the input shows of HVO: the kernel log tells the pages kept of each hugepage, from the bytes that can be freed; the sysctl
 * exists only where some hugepage can be optimised (DOMAIN §3.2, §3.3).
 */
function seenKeptPages(
  { hugetlbFreeableBytes, hugetlbOptimizeVmemmap, sources }: Machine,
  situation: Situation,
): Evidence<number | undefined> | undefined {
  const { basePageBytes, structPageBytes } = situation
  const logged = Object.entries(hugetlbFreeableBytes ?? {})
  const origin = sources['hugetlbFreeableBytes']
  if (logged.length > 0) {
    const source = origin === undefined ? 'the kernel log' : describeSource(origin)
    for (const [size, freeableBytes] of logged) {
      if (freeableBytes === 0) continue
      const pages = (Number(size) / basePageBytes) * (structPageBytes / basePageBytes)
      const kept = pages - freeableBytes / basePageBytes
      if (Number.isInteger(kept) && kept > 0) return { value: kept, source }
    }
    return { value: undefined, source }
  }
  const sysctl = sources['hugetlbOptimizeVmemmap']
  const isSeen = sysctl?.kind === 'read' && sysctl.reader !== 'spec'
  const byTable = applyRule(ruleTable.hvoKeptPages, situation)
  if (hugetlbOptimizeVmemmap === undefined || !isSeen || byTable.value !== undefined) {
    return undefined
  }
  return Number.isInteger(Math.log2(structPageBytes))
    ? { value: 1, source: describeSource(sysctl) }
    : undefined
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
