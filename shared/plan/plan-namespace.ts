import { accountMemmap } from '../memmap/account'
import { BTT_SECTOR_SIZES, bttGeometry, type BttVersion } from '../memmap/btt-geometry'
import { refused, type Refusal } from '../memmap/geometry-refusal'
import type { KernelRules } from '../memmap/kernel-rules'
import { namespaceGeometry } from '../memmap/namespace-geometry'
import type { MemmapAccount } from '../memmap/types'
import { emptyTopology } from '../model/empty-topology'
import { formatNdctlSize } from '../model/ndctl-size'
import type { Namespace } from '../model/topology'
import { GIB, MIB, formatBytes, formatHex } from '../model/units'
import type { PlanInput } from './plan-input'
import type { Plan, PlanSubject } from './plan-subject'
import { machineOptions, plannedMachine, type PlannedMachine } from './planned-machine'

/** Where a namespace starts when that is not said: on a section border behind 4 GiB, as PMEM does on every real machine. */
const USUAL_START = 4 * GIB
/** Allocation granule of a region, `align` of its sysfs directory, by default (drivers/nvdimm/region_devs.c; DOMAIN §6.3). */
const REGION_ALIGN_BYTES = 16 * MIB

/** A PMEM namespace that does not exist yet (DOMAIN §6). */
export const namespaceSubject: PlanSubject = {
  id: 'namespace',
  title: 'a PMEM namespace: usable size and struct pages',
  options: [
    { name: 'raw', title: 'raw size, as given to ndctl --size', kind: 'size', isRequired: true },
    { name: 'start', title: 'physical address', kind: 'address' },
    { name: 'mode', title: 'mode', kind: { choices: ['fsdax', 'devdax', 'sector', 'raw'] } },
    { name: 'map', title: 'where its struct pages live', kind: { choices: ['dev', 'mem'] } },
    { name: 'align', title: 'alignment', kind: 'size' },
    {
      name: 'sector',
      title: 'sector size',
      kind: { sizes: BTT_SECTOR_SIZES },
    },
    { name: 'btt', title: 'version of the BTT', kind: { choices: ['1.1', '2.0'] } },
    ...machineOptions,
  ],
  plan(input) {
    const planned = plannedMachine(input)
    if (planned.kind === 'refused') return planned
    const rawBytes = input.number('raw') ?? 0
    if (rawBytes % planned.rules.basePageBytes !== 0) {
      return refused(
        'not-whole-pages',
        `${rawBytes} B are no whole number of pages of ${formatBytes(planned.rules.basePageBytes)}`,
      )
    }
    switch (input.textOr<string>('mode', 'fsdax')) {
      case 'sector':
        return planSector(input, rawBytes, planned)
      case 'raw':
        return withoutStructPages(input, planned, {
          usableBytes: rawBytes,
          step: { text: 'a raw namespace is used whole', rule: 'drivers/nvdimm/pmem.c' },
        })
      default:
        return planMapped(input, rawBytes, planned)
    }
  },
}

function planSector(input: PlanInput, rawBytes: number, planned: PlannedMachine): Plan | Refusal {
  const sectorBytes = input.numberOr('sector', 4096)
  const version = input.textOr<BttVersion>('btt', '2.0')
  const geometry = bttGeometry(rawBytes, sectorBytes, { version })
  if (geometry.kind === 'refused') return geometry
  const arenas = geometry.arenaBlocks.length
  return withoutStructPages(input, planned, {
    usableBytes: geometry.usableBytes,
    step: {
      text: `${arenas} arena${arenas === 1 ? '' : 's'} with ${geometry.arenaBlocks.join(' + ')} blocks`,
      rule: 'drivers/nvdimm/btt.c, discover_arenas and alloc_arena',
    },
  })
}

function withoutStructPages(
  input: PlanInput,
  { rules }: PlannedMachine,
  size: { readonly usableBytes: number; readonly step: Plan['derivation'][number] },
): Plan {
  return {
    kind: 'plan',
    figures: {
      usableBytes: size.usableBytes,
      usableHuman: formatNdctlSize(size.usableBytes),
      ...costOf(accountMemmap(emptyTopology())),
    },
    assumed: input.assumed,
    notes: rules.notes,
    derivation: [size.step],
  }
}

function planMapped(input: PlanInput, rawBytes: number, planned: PlannedMachine): Plan | Refusal {
  const { machine, rules } = planned
  const mode = input.textOr<'fsdax' | 'devdax'>('mode', 'fsdax')
  const map = input.textOr<'mem' | 'dev'>('map', 'dev')
  const alignBytes = input.numberOr('align', rules.pmdBytes)
  const startAddress = input.numberOr('start', usualStart(alignBytes))
  const supported = [rules.basePageBytes, rules.pmdBytes, rules.pudBytes]
  if (!supported.includes(alignBytes)) {
    return refused(
      'align-not-supported',
      `an alignment of ${formatBytes(alignBytes)} is none of ${supported.map(formatBytes).join(', ')}, which this kernel maps`,
    )
  }
  const geometry = namespaceGeometry({
    startAddress,
    rawBytes,
    map,
    alignBytes,
    basePageBytes: rules.basePageBytes,
    compatAlignBytes: rules.compatAlignBytes,
    structPageBytes: rules.structPageBytes,
  })
  if (geometry.kind === 'refused') return geometry
  const namespace: Namespace = {
    id: 'namespace0.0',
    mode,
    map,
    rawBytes,
    usableBytes: geometry.usableBytes,
    alignBytes,
    startAddress,
    dataStartAddress: startAddress + geometry.dataOffsetBytes,
    state: 'active',
    numaNode: 0,
    sources: {},
  }
  const account = accountMemmap(emptyTopology({ machine, namespaces: [namespace] }))
  return {
    kind: 'plan',
    figures: {
      usableBytes: geometry.usableBytes,
      usableHuman: formatNdctlSize(geometry.usableBytes),
      dataOffsetBytes: geometry.dataOffsetBytes,
      endTruncBytes: geometry.endTruncBytes,
      ...costOf(account),
    },
    assumed: input.assumed,
    notes: [...rules.notes, ...notesOn(rawBytes, startAddress)],
    derivation: [
      {
        text: layoutText(namespace, geometry, rules),
        rule: 'drivers/nvdimm/pfn_devs.c, nd_pfn_init',
      },
      ...account.extents.flatMap(({ derivation }) => derivation),
    ],
  }
}

/** 4 GiB, or the first multiple of a larger alignment. */
function usualStart(alignBytes: number): number {
  return Math.ceil(USUAL_START / alignBytes) * alignBytes
}

function layoutText(
  { startAddress = 0, rawBytes = 0, alignBytes = 0 }: Namespace,
  geometry: { readonly dataOffsetBytes: number; readonly endTruncBytes: number },
  rules: KernelRules,
): string {
  const { dataOffsetBytes, endTruncBytes } = geometry
  const align = Math.max(alignBytes, rules.compatAlignBytes)
  return `data begins at ${formatHex(startAddress + dataOffsetBytes)}, the first multiple of ${formatBytes(align)} behind the metadata; ${rawBytes} − ${dataOffsetBytes} − ${endTruncBytes} = ${rawBytes - dataOffsetBytes - endTruncBytes} B`
}

/** What a kernel takes but ndctl, or a region as it is by default, does not. */
function notesOn(rawBytes: number, startAddress: number): readonly string[] {
  const notes: string[] = []
  if (rawBytes % REGION_ALIGN_BYTES !== 0) {
    notes.push('a region allocates multiples of 16 MiB unless its align attribute was changed')
  }
  if (startAddress % REGION_ALIGN_BYTES !== 0) {
    notes.push('ndctl refuses a start that is no multiple of 16 MiB, unless forced')
  }
  return notes
}

/** The figures of CONTRACT that an account gives. */
function costOf({ totals }: MemmapAccount): Plan['figures'] {
  const { structPages, fullBytes, residentBytes, ramBytes, deviceBytes, pageTableBytes } = totals
  return {
    structPages,
    fullBytes,
    residentBytes,
    ramBytes,
    deviceBytes,
    savedBytes: fullBytes - residentBytes,
    pageTableBytes,
  }
}
