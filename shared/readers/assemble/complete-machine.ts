import { parseArchitecture } from '../../memmap/kernel-rules'
import { NEWEST_READ } from '../../memmap/kernel-version'
import { BASE_PAGE_SIZES } from '../../memmap/rules/base-page-sizes'
import { applyRule } from '../../memmap/rules/kernel-rule'
import { ruleTable } from '../../memmap/rules/rule-table'
import type { Source } from '../../model/source'
import type { Machine, NumaNode } from '../../model/topology'

/** sizeof(struct page) in every normal 64-bit configuration of every kernel read (DOMAIN §1.1). */
const DEFAULT_STRUCT_PAGE_BYTES = 64

/** Fills in what follows from other facts, and the defaults that accounting needs, each labelled as such. */
export function completeMachine(machine: Machine, nodes: readonly NumaNode[]): Machine {
  const fields: Partial<Record<keyof Machine, unknown>> = {}
  const sources: Record<string, Source> = {}
  const fill = (key: keyof Machine, value: unknown, source: Source) => {
    if (machine[key] !== undefined || value === undefined) return
    fields[key] = value
    sources[key] = source
  }
  const defaultOf = (rule: string): Source => ({ kind: 'default', reader: 'assemble', rule })
  fill('basePageBytes', ...basePageOf(machine))
  fill(
    'structPageBytes',
    DEFAULT_STRUCT_PAGE_BYTES,
    defaultOf('64 bytes, as in every normal 64-bit configuration'),
  )
  fill('structPageSource', 'default', defaultOf('sizeof(struct page) is not in the input'))
  fill('memoryBytes', sumOfNodes(nodes), {
    kind: 'derived',
    reader: 'assemble',
    rule: 'sum of MemTotal of all nodes',
  })
  return { ...machine, ...fields, sources: { ...machine.sources, ...sources } } as Machine
}

/** The base page where the input does not tell: certain only where the architecture has one size (DOMAIN §1.2). */
function basePageOf({ arch }: Machine): readonly [bytes: number, source: Source] {
  const architecture = arch === undefined ? undefined : parseArchitecture(arch)
  const [only, ...others] = architecture === undefined ? [] : BASE_PAGE_SIZES[architecture]
  if (only !== undefined && others.length === 0) {
    const rule = `${architecture} has no other base page`
    return [only, { kind: 'derived', reader: 'assemble', rule }]
  }
  const rule = 'the usual base page; the input does not tell'
  const usual = applyRule(ruleTable.basePageBytes, {
    version: NEWEST_READ,
    architecture: architecture ?? 'x86_64',
    basePageBytes: 0,
    structPageBytes: 0,
  })
  return [usual.value, { kind: 'default', reader: 'assemble', rule }]
}

function sumOfNodes(nodes: readonly NumaNode[]): number | undefined {
  const known = nodes.map((node) => node.memoryBytes).filter((bytes) => bytes !== undefined)
  const sum = known.reduce((total, bytes) => total + bytes, 0)
  return known.length > 0 && Number.isSafeInteger(sum) ? sum : undefined
}
