import type { HwlocObject } from './topology'

const SHARED = -1

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
  const end = nodes.reduce((most, { cpuIds }) => Math.max(most, (cpuIds?.at(-1) ?? -1) + 1), 0)
  /** By CPU: how many the smallest set with it has (0 for none), and which node has that set, or SHARED. */
  const size = new Int32Array(end)
  const owner = new Int32Array(end)
  nodes.forEach(({ cpuIds = [] }, index) => {
    for (const id of cpuIds) {
      const known = size[id] ?? 0
      if (known === 0 || cpuIds.length < known) {
        size[id] = cpuIds.length
        owner[id] = index
      } else if (cpuIds.length === known) owner[id] = SHARED
    }
  })
  return nodes.map(({ cpuIds }, index) =>
    cpuIds?.every((id) => owner[id] === index) === true ? cpuIds : undefined,
  )
}
