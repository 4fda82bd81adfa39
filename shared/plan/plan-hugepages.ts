import { refused } from '../memmap/geometry-refusal'
import { freeableBytes } from '../memmap/hugetlb'
import { vmemmapPages, type KernelRules } from '../memmap/kernel-rules'
import { GIB, KIB, MIB, formatBytes, formatCount } from '../model/units'
import type { PlanSubject } from './plan-subject'
import { machineOptions, plannedMachine } from './planned-machine'

/** Hugepage sizes of an architecture with a base page (DOMAIN §3.1; arch/…/mm/hugetlbpage.c). */
const SIZES: Readonly<Record<string, readonly number[]>> = {
  'x86_64/4096': [2 * MIB, GIB],
  'aarch64/4096': [64 * KIB, 2 * MIB, 32 * MIB, GIB],
  'aarch64/16384': [2 * MIB, 32 * MIB, GIB],
  'aarch64/65536': [2 * MIB, 512 * MIB, 16 * GIB],
}

/** A hugepage pool that does not exist yet (DOMAIN §3). */
export const hugepagesSubject: PlanSubject = {
  id: 'hugepages',
  title: 'a hugepage pool: what HVO saves',
  options: [
    { name: 'size', title: 'size of one hugepage', kind: 'size', isRequired: true },
    { name: 'count', title: 'number of hugepages', kind: 'count', isRequired: true },
    { name: 'hvo', title: 'vm.hugetlb_optimize_vmemmap', kind: { choices: ['on', 'off'] } },
    ...machineOptions,
  ],
  plan(input) {
    const planned = plannedMachine(input)
    if (planned.kind === 'refused') return planned
    const { machine, rules } = planned
    const sizeBytes = input.number('size') ?? 0
    const count = input.number('count') ?? 0
    const isOn = input.textOr('hvo', 'on') === 'on'
    const known = SIZES[`${rules.architecture}/${rules.basePageBytes}`]
    if (!isPossible(sizeBytes, rules) || known?.includes(sizeBytes) === false) {
      const choices = known === undefined ? '' : `; there are ${known.map(formatBytes).join(', ')}`
      return refused(
        'no-such-hugepage',
        `${rules.architecture} with pages of ${formatBytes(rules.basePageBytes)} has no hugepage of ${formatBytes(sizeBytes)}${choices}`,
      )
    }
    const perPage = vmemmapPages(sizeBytes, rules)
    const freedPages = isOn ? freeableBytes(sizeBytes, machine, rules) / rules.basePageBytes : 0
    const fullBytes = Math.ceil(count * perPage * rules.basePageBytes)
    const freedBytes = count * freedPages * rules.basePageBytes
    if (!Number.isSafeInteger(fullBytes) || !Number.isSafeInteger(count * sizeBytes)) {
      return refused('too-large', `${count} hugepages exceed every physical address space`)
    }
    const shares = rules.hvoSharesTailPage && freedPages > 0
    return {
      kind: 'plan',
      figures: {
        poolBytes: count * sizeBytes,
        vmemmapPagesPerHugepage: perPage,
        keptPagesPerHugepage: perPage - freedPages,
        freedPagesPerHugepage: freedPages,
        freedBytes,
        residentBytes: fullBytes - freedBytes,
        fullBytes,
        ...(shares ? { sharedTailBytesPerZone: rules.basePageBytes } : {}),
      },
      assumed: input.assumed,
      notes: [
        ...rules.notes,
        ...(shares
          ? ['one more page for each zone in use holds the tails that all hugepages share']
          : []),
        ...(isOn && freedPages === 0
          ? ['nothing is saved: see the rule of HVO for this kernel and hugepage']
          : []),
      ],
      derivation: [
        {
          text: `${formatBytes(sizeBytes)} ÷ ${formatBytes(rules.basePageBytes)} × ${rules.structPageBytes} B = ${perPage} vmemmap pages; ${perPage - freedPages} kept`,
          rule: ruleOfHvo(rules),
        },
        {
          text: `${formatCount(count)} × ${freedPages} × ${formatBytes(rules.basePageBytes)} = ${formatCount(freedBytes)} B freed`,
          rule: 'mm/hugetlb_vmemmap.c',
        },
      ],
    }
  },
}

function isPossible(sizeBytes: number, { basePageBytes }: KernelRules): boolean {
  return sizeBytes > basePageBytes && Number.isInteger(Math.log2(sizeBytes / basePageBytes))
}

function ruleOfHvo({ uses }: KernelRules): string {
  return uses.find(({ rule }) => rule === 'hvoKeptPages')?.source ?? ''
}
