import type { HwlocObject } from './topology'

/**
 * The CPUs that are a node's own, in the order of the nodes. hwloc gives a node without CPUs the set of those that it is
 * near to, so a set that another node shares tells nothing (DOMAIN §13.13). A CPU belongs to one node and localities are
 * made of whole nodes: a set that no other node has, and that holds no other node's set, is the node's own.
 * 1.x leaves the set of a node without CPUs empty.
 * @returns undefined where it cannot be told
 */
export function ownCpus(
  nodes: readonly Pick<HwlocObject, 'cpuIds'>[],
): readonly (readonly number[] | undefined)[] {
  const smallest = new Map<number, { readonly size: number; readonly index: number | undefined }>()
  nodes.forEach(({ cpuIds }, index) => {
    const size = cpuIds?.length ?? 0
    for (const id of cpuIds ?? []) {
      const known = smallest.get(id)
      if (known === undefined || size < known.size) smallest.set(id, { size, index })
      else if (size === known.size) smallest.set(id, { size, index: undefined })
    }
  })
  return nodes.map(({ cpuIds }, index) =>
    cpuIds?.every((id) => smallest.get(id)?.index === index) === true ? cpuIds : undefined,
  )
}
