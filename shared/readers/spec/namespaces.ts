import { bttGeometry } from '../../memmap/btt-geometry'
import type { Refusal } from '../../memmap/geometry-refusal'
import { namespaceGeometry } from '../../memmap/namespace-geometry'
import type { Source } from '../../model/source'
import type { Namespace } from '../../model/topology'
import { formatBytes, type AddressRange } from '../../model/units'
import { FactSheet } from '../facts'
import { byDefault, contradiction, derived, type SpecContext } from './context'
import type { SpecNamespace } from './schema-cxl'
import type { Path } from './yaml-document'

/** Where a namespace lies, and what of it is data. */
export interface PlacedNamespace extends AddressRange {
  readonly id: string
  readonly regionIndex: number
  readonly index: number
  readonly written: SpecNamespace
  readonly path: Path
  /** Usable part of fsdax and devdax; absent where blocks are scattered (sector) or nothing precedes them (raw). */
  readonly data?: AddressRange
  readonly usableBytes: number
  readonly alignBytes?: number
  readonly sectorBytes?: number
  readonly map: 'mem' | 'dev' | 'none'
  /** Device below /dev. */
  readonly device: string
}

interface Place extends AddressRange {
  readonly regionIndex: number
  readonly index: number
  readonly path: Path
}

/** Gives a namespace the layout that the kernel would give it, or says why the kernel refuses it. */
export function placeNamespace(
  context: SpecContext,
  written: SpecNamespace,
  { start, end, regionIndex, index, path }: Place,
): PlacedNamespace {
  checkKeys(context, written, path)
  const suffix = index === 0 ? '' : `.${index}`
  const rawBytes = end - start
  const common = {
    id: `namespace${regionIndex}.${index}`,
    regionIndex,
    index,
    written,
    path,
    start,
    end,
  }
  switch (written.mode) {
    case 'raw':
      return {
        ...common,
        usableBytes: rawBytes,
        map: 'none',
        device: `pmem${regionIndex}${suffix}`,
        ...(written.sector === undefined ? {} : { sectorBytes: written.sector }),
      }
    case 'sector': {
      const sectorBytes = written.sector ?? 4096
      const version = written.btt ?? '2.0'
      const geometry = bttGeometry(rawBytes, sectorBytes, { version })
      if (geometry.kind === 'refused') throw refusedByKernel(context, geometry, path)
      const { usableBytes } = geometry
      const device = `pmem${regionIndex}${suffix}s`
      return { ...common, usableBytes, sectorBytes, map: 'none', device }
    }
    case 'fsdax':
    case 'devdax': {
      const map = written.map ?? 'dev'
      const alignBytes = written.align ?? defaultAlign(context)
      checkAlign(context, alignBytes, path)
      const geometry = namespaceGeometry({
        startAddress: start,
        rawBytes,
        map,
        alignBytes,
        basePageBytes: context.rules.basePageBytes,
        structPageBytes: context.rules.structPageBytes,
      })
      if (geometry.kind === 'refused') throw refusedByKernel(context, geometry, path)
      const { dataOffsetBytes, usableBytes } = geometry
      const data = { start: start + dataOffsetBytes, end: start + dataOffsetBytes + usableBytes }
      const isBlock = written.mode === 'fsdax'
      return {
        ...common,
        data,
        usableBytes,
        alignBytes,
        map,
        ...(isBlock && written.sector !== undefined ? { sectorBytes: written.sector } : {}),
        device: isBlock ? `pmem${regionIndex}${suffix}` : `dax${regionIndex}.${index}`,
      }
    }
  }
}

function checkKeys(context: SpecContext, written: SpecNamespace, path: Path): void {
  const refuse = (key: keyof SpecNamespace, hint: string) => {
    if (written[key] === undefined) return
    throw contradiction(context, [...path, key], {
      what: `a ${written.mode} namespace has no ${key}`,
      hint,
    })
  }
  const isMapped = written.mode === 'fsdax' || written.mode === 'devdax'
  if (!isMapped) {
    refuse('map', 'leave it out: only fsdax and devdax have struct pages')
    refuse('align', 'leave it out: only fsdax and devdax are aligned')
  }
  if (written.mode === 'devdax') refuse('sector', 'leave it out: a character device has no sectors')
  if (written.mode !== 'sector') refuse('btt', 'leave it out, or write mode: sector')
  if (written.systemRam !== true) {
    refuse('memmapOnMemory', 'leave it out, or write systemRam: on')
  }
  if (written.mode !== 'devdax') refuse('systemRam', 'leave it out, or write mode: devdax')
}

/** PMD size: what ndctl takes when nothing is said (DOMAIN §6.3). */
function defaultAlign({ rules }: SpecContext): number {
  return rules.pmdBytes
}

/** One page, a PMD or a PUD (DOMAIN §6.3). */
function checkAlign({ rules, ...context }: SpecContext, alignBytes: number, path: Path): void {
  const aligns = [rules.basePageBytes, rules.pmdBytes, rules.pudBytes]
  if (aligns.includes(alignBytes)) return
  throw contradiction(context, [...path, 'align'], {
    what: `an alignment of ${formatBytes(alignBytes)} is not supported with pages of ${formatBytes(rules.basePageBytes)}`,
    hint: `write one of ${aligns.map(formatBytes).join(', ')}`,
  })
}

function refusedByKernel(context: SpecContext, { rule, reason }: Refusal, path: Path) {
  return context.written.mistake(path, {
    code: 'spec-refused-by-kernel',
    what: `the kernel refuses this namespace (${rule}): ${reason}`,
    hint: 'change its size, align or start',
  })
}

/** A namespace as facts; what it has from its region comes as `nodes`. */
export function namespaceFacts(
  context: SpecContext,
  placed: PlacedNamespace,
  nodes: { readonly numaNode: number | undefined; readonly targetNode: number | undefined },
): Namespace {
  const { written, path, data } = placed
  const source = (key: keyof SpecNamespace) => context.written.source([...path, key])
  const chosen = (key: 'map' | 'align' | 'sector', rule: string): Source =>
    written[key] === undefined ? byDefault(rule) : source(key)
  const isMapped = data !== undefined
  const layout = derived('layout of a new namespace by nd_pfn_init')
  return new FactSheet<Namespace>(placed.id)
    .set('regionId', `region${placed.regionIndex}`, context.written.source(path))
    .set('mode', written.mode, source('mode'))
    .set(
      'map',
      placed.map,
      isMapped
        ? chosen('map', 'map=dev unless something else is written')
        : derived(`a ${written.mode} namespace has no struct pages`),
    )
    .set('name', written.name, source('name'))
    .set(
      'rawBytes',
      placed.end - placed.start,
      written.size === undefined ? derived('what is left of the region') : source('size'),
    )
    .set(
      'usableBytes',
      placed.usableBytes,
      isMapped
        ? layout
        : derived(written.mode === 'raw' ? 'all of a raw namespace' : 'layout of a BTT'),
    )
    .set(
      'alignBytes',
      placed.alignBytes,
      chosen('align', 'size of a PMD unless something else is written'),
    )
    .set(
      'sectorBytes',
      placed.sectorBytes,
      chosen('sector', '4096 unless something else is written'),
    )
    .set(
      'device',
      placed.device,
      derived('region and number of the namespace, as the kernel names'),
    )
    .set('state', 'active', byDefault('every namespace of a specification is active'))
    .set('startAddress', placed.start, derived('behind the namespaces before it in the region'))
    .set('dataStartAddress', data?.start, layout)
    .set('numaNode', nodes.numaNode, derived('node of its region'))
    .set('targetNode', nodes.targetNode, derived('target node of its region'))
    .finish()
}
