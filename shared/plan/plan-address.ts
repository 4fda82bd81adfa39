import { refused, type Refusal } from '../memmap/geometry-refusal'
import type { KernelRules } from '../memmap/kernel-rules'
import { nominalVmemmapBase } from '../memmap/vmemmap-base'
import { formatHex } from '../model/units'
import type { PlanInput } from './plan-input'
import type { PlanSubject } from './plan-subject'
import { machineOptions, plannedMachine } from './planned-machine'

/** Where the struct page of one page lies in the kernel's address space (DOMAIN §1.4). */
export const addressSubject: PlanSubject = {
  id: 'address',
  title: 'the struct page of a page frame or physical address',
  options: [
    { name: 'pfn', title: 'page frame number', kind: 'count' },
    { name: 'phys', title: 'physical address', kind: 'address' },
    { name: 'base', title: 'virtual address of the vmemmap array', kind: 'virtual-address' },
    { name: 'la57', title: 'five levels of page tables (x86_64)', kind: 'flag' },
    { name: 'memstart', title: 'start of RAM (arm64)', kind: 'address' },
    ...machineOptions,
  ],
  plan(input) {
    const planned = plannedMachine(input)
    if (planned.kind === 'refused') return planned
    const { rules } = planned
    const pfn = pfnOf(input, rules)
    if (typeof pfn !== 'number') return pfn
    const isArm = rules.architecture === 'aarch64'
    const memstart = isArm ? input.numberOr('memstart', 0) : 0
    const base = baseOf(input, rules)
    if (base.kind === 'refused') return base
    const array = BigInt(pfn) * BigInt(rules.structPageBytes)
    // On arm64 the page at memstart_addr lies at the start of the window (asm/memory.h, vmemmap).
    const shift = BigInt(memstart / rules.basePageBytes) * BigInt(rules.structPageBytes)
    const address = base.address + array - shift
    if (address < 0n || address >= 1n << 64n) {
      return refused('no-such-address', 'the struct page would lie outside of 64 bits')
    }
    const pageBytes = BigInt(rules.basePageBytes)
    return {
      kind: 'plan',
      figures: {
        pfn,
        physicalAddress: formatHex(pfn * rules.basePageBytes),
        structPageAddress: hex64(address),
        section: Math.floor((pfn * rules.basePageBytes) / rules.sectionBytes),
        vmemmapPage: Number(array / pageBytes),
        vmemmapPageAddress: hex64((address / pageBytes) * pageBytes),
        offsetInVmemmapPage: Number(address % pageBytes),
      },
      assumed: input.assumed,
      notes: [
        ...rules.notes,
        ...(base.isNominal
          ? ['nominal: a kernel with KASLR moves the array; VMCOREINFO has the real base']
          : []),
      ],
      derivation: [
        {
          text: `${hex64(base.address)} + ${formatHex(pfn)} × ${rules.structPageBytes}${shift === 0n ? '' : ` − ${formatHex(shift)}`} = ${hex64(address)}`,
          rule: base.source,
        },
      ],
    }
  },
}

function pfnOf(input: PlanInput, rules: KernelRules): number | Refusal {
  const pfn = input.number('pfn')
  const address = input.number('phys')
  if ((pfn === undefined) === (address === undefined)) {
    return refused('one-place', 'give either a page frame number or a physical address')
  }
  const page = pfn ?? Math.floor((address ?? 0) / rules.basePageBytes)
  return page * rules.basePageBytes < 2 ** 52
    ? page
    : refused('no-such-page', 'no physical address space is that large')
}

type Base =
  | {
      readonly kind: 'base'
      readonly address: bigint
      readonly source: string
      readonly isNominal: boolean
    }
  | Refusal

function baseOf(input: PlanInput, rules: KernelRules): Base {
  const given = input.text('base')
  if (given !== undefined) {
    return { kind: 'base', address: BigInt(given), source: 'the base as given', isNominal: false }
  }
  const nominal = nominalVmemmapBase(rules, { la57: input.isSet('la57') })
  if (nominal === undefined) {
    return refused(
      'base-not-known',
      `the vmemmap base of ${rules.architecture} with these pages is not known; give it with --base`,
    )
  }
  input.assume('base', nominal.address)
  return { kind: 'base', address: BigInt(nominal.address), source: nominal.source, isNominal: true }
}

function hex64(value: bigint): string {
  return `0x${value.toString(16).padStart(16, '0')}`
}
