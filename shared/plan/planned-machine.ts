import { refused, type Refusal } from '../memmap/geometry-refusal'
import { kernelRulesOf, type KernelRules } from '../memmap/kernel-rules'
import { NEWEST_READ, formatVersion } from '../memmap/kernel-version'
import { BASE_PAGE_SIZES } from '../memmap/rules/base-page-sizes'
import { applyRule, type Architecture } from '../memmap/rules/kernel-rule'
import { ruleTable } from '../memmap/rules/rule-table'
import type { Machine } from '../model/topology'
import { KIB, formatBytes } from '../model/units'
import type { PlanInput } from './plan-input'
import type { PlanOption } from './plan-subject'

/** The options that say for which kernel a plan is. */
export const machineOptions: readonly PlanOption[] = [
  { name: 'kernel', title: 'kernel release', kind: 'kernel' },
  { name: 'arch', title: 'architecture', kind: 'architecture' },
  { name: 'page-size', title: 'base page', kind: { sizes: [4 * KIB, 16 * KIB, 64 * KIB] } },
  { name: 'struct-page', title: 'sizeof(struct page)', kind: 'size' },
]

/** The machine that a plan is for, with the rules of its kernel. */
export interface PlannedMachine {
  readonly kind: 'planned'
  readonly machine: Machine
  readonly rules: KernelRules
}

/** Reads {@link machineOptions}; what was not given is the newest known kernel with the usual configuration. */
export function plannedMachine(input: PlanInput): PlannedMachine | Refusal {
  const kernelRelease = input.textOr('kernel', formatVersion(NEWEST_READ))
  const givenPageBytes = input.number('page-size')
  // Large base pages are what arm64 is built with; x86 has none.
  const usual: Architecture = (givenPageBytes ?? 4 * KIB) === 4 * KIB ? 'x86_64' : 'aarch64'
  const arch = input.textOr<Architecture>('arch', usual)
  const { version } = kernelRulesOf({ id: 'machine', sources: {}, kernelRelease, arch })
  const situation = { version, architecture: arch, basePageBytes: 0, structPageBytes: 0 }
  const basePageBytes = input.numberOr(
    'page-size',
    applyRule(ruleTable.basePageBytes, situation).value,
  )
  if (!BASE_PAGE_SIZES[arch].includes(basePageBytes)) {
    return refused(
      'no-such-base-page',
      `${arch} has no base page of ${formatBytes(basePageBytes)}; it has ${BASE_PAGE_SIZES[arch].map(formatBytes).join(', ')}`,
    )
  }
  const structPageBytes = input.numberOr(
    'struct-page',
    applyRule(ruleTable.structPageBytes, situation).value,
  )
  if (structPageBytes > 4 * KIB) {
    return refused('struct-page-too-large', 'a struct page is never larger than a page')
  }
  const machine: Machine = {
    id: 'machine',
    sources: {},
    kernelRelease,
    arch,
    basePageBytes,
    structPageBytes,
  }
  return { kind: 'planned', machine, rules: kernelRulesOf(machine) }
}
