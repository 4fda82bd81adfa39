import { formatBytes, formatCount } from '../model/units'
import type { Plan } from './plan-subject'

/** The schema of the JSON document (CONTRACT, "Plan"). */
export const PLAN_SCHEMA = 'folioscope-plan/1'

/** What people call the figures. */
const LABELS: Readonly<Record<string, string>> = {
  usableBytes: 'usable',
  usableHuman: 'as ndctl prints it',
  dataOffsetBytes: 'metadata before the data',
  endTruncBytes: 'lost at the end',
  structPages: 'struct pages',
  fullBytes: 'struct pages in full',
  residentBytes: 'struct pages resident',
  ramBytes: 'in RAM',
  deviceBytes: 'on the device',
  savedBytes: 'saved',
  pageTableBytes: 'page tables',
  poolBytes: 'pool',
  vmemmapPagesPerHugepage: 'vmemmap pages per hugepage',
  keptPagesPerHugepage: 'kept of them',
  freedPagesPerHugepage: 'freed of them',
  freedBytes: 'freed',
  sharedTailBytesPerZone: 'shared tail page per zone',
  memoryBytes: 'memory',
  sections: 'sections',
  structPageArrayBytes: 'array of struct pages',
  folios: 'folios',
  descriptorBytes: 'folio descriptors',
  blocks: 'memory blocks',
  lostBytes: 'lost',
  pfn: 'page frame number',
  physicalAddress: 'physical address',
  structPageAddress: 'struct page at',
  section: 'section',
  vmemmapPage: 'vmemmap page number',
  vmemmapPageAddress: 'vmemmap page at',
  offsetInVmemmapPage: 'offset in it',
}

/** One figure as a line for people: what it is, how much, and to the byte. */
export interface PlanLine {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly exact?: string
}

/** The figures of a plan, ready to show. */
export function planLines({ figures }: Plan): readonly PlanLine[] {
  return Object.entries(figures).map(([name, value]) => {
    const label = LABELS[name] ?? name
    if (typeof value === 'string') return { name, label, value }
    if (!name.includes('Bytes')) return { name, label, value: formatCount(value) }
    return { name, label, value: formatBytes(value), exact: `${formatCount(value)} B` }
  })
}

/** A plan as plain text: figures, what was assumed, notes, and how the figures came about. */
export function planText(plan: Plan): string {
  const lines = planLines(plan)
  const labelWidth = Math.max(...lines.map(({ label }) => label.length))
  const valueWidth = Math.max(
    ...lines.filter(({ exact }) => exact !== undefined).map(({ value }) => value.length),
    0,
  )
  const assumed = Object.entries(plan.assumed).map(([name, value]) => `${name} ${String(value)}`)
  return [
    ...lines.map(({ label, value, exact }) =>
      `${label.padEnd(labelWidth)}  ${value.padEnd(exact === undefined ? 0 : valueWidth)}${exact === undefined ? '' : `  ${exact}`}`.trimEnd(),
    ),
    ...(assumed.length === 0 ? [] : ['', `assumed: ${assumed.join(', ')}`]),
    ...plan.notes.map((note) => `note: ${note}`),
    ...(plan.derivation.length === 0 ? [] : ['']),
    ...plan.derivation.map(({ text, rule }) => `${text}  [${rule}]`),
    '',
  ].join('\n')
}

/** A plan as the JSON document of CONTRACT. */
export function planJson(subject: string, plan: Plan): string {
  const { figures, assumed, notes, derivation } = plan
  return `${JSON.stringify({ schema: PLAN_SCHEMA, subject, ...figures, assumed, notes, derivation }, undefined, 2)}\n`
}
