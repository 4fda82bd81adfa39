import { inferNamespace } from '../../memmap/infer-namespace'
import type { Namespace } from '../../model/topology'
import { derive } from './derive'

const RULE =
  'around the usable part as nd_pfn_init lays it out, at the start with the largest alignment'

/** Each costs up to 500 trials; no machine that was ever dumped has more. */
const MOST_INFERRED = 256

/**
 * Adds size and start of namespaces of which only the claim is known (trees of hwloc-gather-topology), so that their
 * struct pages can be counted.
 */
export function completeNamespaces(
  namespaces: readonly Namespace[],
  basePageBytes: number | undefined,
): readonly Namespace[] {
  let inferred = 0
  return namespaces.map((namespace) => {
    const { rawBytes, usableBytes, dataStartAddress, map, alignBytes } = namespace
    const isKnown = rawBytes !== undefined || basePageBytes === undefined
    if (isKnown || usableBytes === undefined || dataStartAddress === undefined) return namespace
    if ((map !== 'mem' && map !== 'dev') || alignBytes === undefined) return namespace
    if (++inferred > MOST_INFERRED) return namespace
    const part = { usableBytes, dataStartAddress, map, alignBytes, basePageBytes }
    const found = inferNamespace(part)
    return derive(
      derive(namespace, 'rawBytes', { value: found?.rawBytes, rule: RULE }),
      'startAddress',
      {
        value: found?.startAddress,
        rule: RULE,
      },
    )
  })
}
