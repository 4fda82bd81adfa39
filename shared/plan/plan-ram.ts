import { accountMemmap } from '../memmap/account'
import { refused } from '../memmap/geometry-refusal'
import { mergeRanges, totalBytes } from '../memmap/ranges'
import { emptyTopology } from '../model/empty-topology'
import { formatBytes, formatCount } from '../model/units'
import type { PlanSubject } from './plan-subject'
import { machineOptions, plannedMachine } from './planned-machine'

/** Sum of the fields on the memdesc roadmap; an assumption of ours (DOMAIN §10.6). */
const FOLIO_BYTES = 80
const MAX_ORDER = 18

/** Boot RAM, with today's struct page or the smaller one that is planned (DOMAIN §1.3, §10.6). */
export const ramSubject: PlanSubject = {
  id: 'ram',
  title: 'boot RAM: sections and struct pages',
  options: [
    {
      name: 'range',
      title: 'range of System RAM; an end such as 0x8f7fffff is its last byte, as in /proc/iomem',
      kind: 'range',
      isRequired: true,
      isList: true,
    },
    { name: 'folio-bytes', title: 'hypothetical: bytes of one folio descriptor', kind: 'size' },
    { name: 'folio-order', title: 'hypothetical: order of every folio', kind: 'count' },
    ...machineOptions,
  ],
  plan(input) {
    const planned = plannedMachine(input)
    if (planned.kind === 'refused') return planned
    const { machine, rules } = planned
    const ranges = mergeRanges(input.ranges('range'))
    const iomem = ranges.map((range) => ({ name: 'System RAM', depth: 0, ...range }))
    const node = { id: 'node0', nodeId: 0, sources: {} }
    const { totals, extents } = accountMemmap(emptyTopology({ machine, nodes: [node], iomem }))
    const memoryBytes = totalBytes(ranges)
    const isHypothetical =
      input.number('folio-bytes') !== undefined ||
      input.number('folio-order') !== undefined ||
      rules.structPageBytes < 56
    const order = isHypothetical && hasFolios(input) ? input.numberOr('folio-order', 0) : undefined
    if (order !== undefined && order > MAX_ORDER) {
      return refused('order-too-large', `no folio has an order above ${MAX_ORDER}`)
    }
    const folioBytes = order === undefined ? 0 : input.numberOr('folio-bytes', FOLIO_BYTES)
    const folios =
      order === undefined ? 0 : Math.ceil(memoryBytes / rules.basePageBytes / 2 ** order)
    const descriptorBytes = folios * folioBytes
    return {
      kind: 'plan',
      figures: {
        memoryBytes,
        sections: extents.reduce((sum, { fullBytes }) => sum + fullBytes, 0) / sectionMemmap(rules),
        structPages: totals.structPages,
        ...(order === undefined
          ? {}
          : { structPageArrayBytes: totals.fullBytes, folios, descriptorBytes }),
        fullBytes: totals.fullBytes + descriptorBytes,
        residentBytes: totals.residentBytes + descriptorBytes,
        ramBytes: totals.ramBytes + descriptorBytes,
        deviceBytes: 0,
      },
      assumed: input.assumed,
      notes: [
        ...rules.notes,
        ...(isHypothetical
          ? ['hypothetical: no kernel up to 7.3 has a smaller struct page or folio descriptors']
          : []),
      ],
      derivation: [
        ...extents.flatMap(({ derivation }) => derivation),
        ...(order === undefined
          ? []
          : [
              {
                text: `${formatCount(folios)} folios of order ${order} × ${folioBytes} B = ${formatBytes(descriptorBytes)}`,
                rule: 'memdesc roadmap: folios are allocated apart from struct pages',
              },
            ]),
      ],
    }
  },
}

function hasFolios(input: { number(name: string): number | undefined }): boolean {
  return input.number('folio-bytes') !== undefined || input.number('folio-order') !== undefined
}

function sectionMemmap(rules: {
  readonly sectionBytes: number
  readonly basePageBytes: number
  readonly structPageBytes: number
}): number {
  return (rules.sectionBytes / rules.basePageBytes) * rules.structPageBytes
}
