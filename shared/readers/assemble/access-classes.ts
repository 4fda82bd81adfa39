import type { AccessClass, NumaNode } from '../../model/topology'
import type { AccessMeasure, ProximityFacts } from '../proximity-facts'

/** The order in which the kernel lets initiators drop out (drivers/acpi/numa/hmat.c, hmat_register_target_initiators). */
const MEASURES: readonly AccessMeasure[] = [
  'writeLatencyNs',
  'readLatencyNs',
  'writeBandwidthMBs',
  'readBandwidthMBs',
]
/** The order of the fields of {@link AccessClass}: facts are compared as they are written. */
const SHOWN: readonly AccessMeasure[] = [
  'readBandwidthMBs',
  'writeBandwidthMBs',
  'readLatencyNs',
  'writeLatencyNs',
]

/**
 * Access classes 0 (initiators of any kind) and 1 (with CPUs) of the memory of a proximity domain, by the kernel's rule:
 * the initiator that HMAT attaches the memory to, else those with the best values.
 * @returns undefined where HMAT says nothing, or the best initiators are no known nodes
 */
export function accessClassesOf(
  target: number,
  proximity: ProximityFacts,
  nodeOfDomain: ReadonlyMap<number, NumaNode>,
): readonly AccessClass[] | undefined {
  const valueOf = lookUp(proximity, target)
  const attached = proximity.initiators.find(({ memoryDomain }) => memoryDomain === target)
  const all = [...new Set(proximity.access.flatMap((table) => table.initiatorDomains))]
  const hasCpus = (domain: number) => (nodeOfDomain.get(domain)?.cpuList ?? '') !== ''
  const classes = [0, 1].flatMap((accessClass): AccessClass[] => {
    const isAllowed = (domain: number) => accessClass === 0 || hasCpus(domain)
    const initiators =
      attached !== undefined && isAllowed(attached.initiatorDomain)
        ? [attached.initiatorDomain]
        : bestOf(all.filter(isAllowed), valueOf)
    const nodeIds = initiators.map((domain) => nodeOfDomain.get(domain)?.nodeId)
    const [first] = initiators
    if (first === undefined || !nodeIds.every((nodeId) => nodeId !== undefined)) return []
    const known = SHOWN.map((measure) => [measure, valueOf(measure, first)] as const)
    return [
      {
        accessClass,
        initiatorNodeIds: nodeIds.sort((a, b) => a - b),
        ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
      },
    ]
  })
  return classes.length === 0 ? undefined : classes
}

type ValueOf = (measure: AccessMeasure, initiator: number) => number | undefined

function lookUp({ access }: ProximityFacts, target: number): ValueOf {
  const tables = access.flatMap((table) => {
    const column = table.targetDomains.indexOf(target)
    const rows = new Map(table.initiatorDomains.map((domain, row) => [domain, row]))
    return column === -1 ? [] : [{ table, column, rows }]
  })
  return (measure, initiator) => {
    for (const { table, column, rows } of tables) {
      const row = rows.get(initiator)
      if (row === undefined || !table.measures.includes(measure)) continue
      const value = table.values[row * table.targetDomains.length + column]
      if (value !== undefined && value !== 0) return value
    }
    return undefined
  }
}

/** Those that are best in the first measure, of these those best in the next, and so on; none without any value. */
function bestOf(candidates: readonly number[], valueOf: ValueOf): readonly number[] {
  let left = candidates
  let hasValue = false
  for (const measure of MEASURES) {
    const values = left
      .map((domain) => valueOf(measure, domain))
      .filter((value) => value !== undefined)
    if (values.length === 0) continue
    hasValue = true
    const best = measure.endsWith('Ns') ? Math.min(...values) : Math.max(...values)
    left = left.filter((domain) => valueOf(measure, domain) === best)
  }
  return hasValue ? left : []
}
