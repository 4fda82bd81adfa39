import type { Source } from '../../model/source'
import type { Machine, NumaNode } from '../../model/topology'

/** Smallest base page of each architecture that has more than one, and of all others (DOMAIN §1.2). */
const DEFAULT_PAGE_BYTES = 4096
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
  fill('basePageBytes', DEFAULT_PAGE_BYTES, defaultOf('4 KiB, the base page of most machines'))
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

function sumOfNodes(nodes: readonly NumaNode[]): number | undefined {
  const known = nodes.map((node) => node.memoryBytes).filter((bytes) => bytes !== undefined)
  const sum = known.reduce((total, bytes) => total + bytes, 0)
  return known.length > 0 && Number.isSafeInteger(sum) ? sum : undefined
}
