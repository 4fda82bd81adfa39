import { inferNamespace, inferRawBytes } from '../../memmap/infer-namespace'
import type { Namespace } from '../../model/topology'
import { derive } from './derive'

const RULE =
  'around the usable part as nd_pfn_init lays it out, at the start with the largest alignment'

const SIZE_RULE =
  'the roundest size for which nd_pfn_init leaves this usable size, at an aligned start'

/** Each costs up to 500 trials; no machine that was ever dumped has more. */
const MOST_INFERRED = 256

/**
 * Adds size and start of namespaces of which only the claim is known (trees of hwloc-gather-topology), and the raw size of
 * those of which a tool prints only the usable one, so that their struct pages can be counted.
 */
export function completeNamespaces(
  namespaces: readonly Namespace[],
  basePageBytes: number | undefined,
): readonly Namespace[] {
  let inferred = 0
  return namespaces.map((namespace) => {
    const { rawBytes, usableBytes, dataStartAddress, map, alignBytes } = namespace
    const isKnown = rawBytes !== undefined || basePageBytes === undefined
    if (isKnown || usableBytes === undefined) return namespace
    if ((map !== 'mem' && map !== 'dev') || alignBytes === undefined) return namespace
    if (++inferred > MOST_INFERRED) return namespace
    const part = { usableBytes, map, alignBytes, basePageBytes }
    if (dataStartAddress === undefined) {
      const source = namespace.sources['usableBytes']
      // A size that a tool rounded fits no layout, or a wrong one.
      if (source?.kind === 'read' && source.roundedTo !== undefined) return namespace
      return derive(namespace, 'rawBytes', { value: inferRawBytes(part), rule: SIZE_RULE })
    }
    const found = inferNamespace({ ...part, dataStartAddress })
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
