import type { Source } from '../../model/source'
import type { DaxDevice } from '../../model/topology'
import { formatBytes, roundUp, type AddressRange } from '../../model/units'
import { shrinkTo } from '../../memmap/ranges'
import { FactSheet } from '../facts'
import { byDefault, contradiction, derived, type Placed, type SpecContext } from './context'
import type { BlockStates } from './memory-blocks'
import { PLACEMENT_BYTES, type PlacedRegion } from './regions'
import type { SpecDax } from './schema'
import type { Path } from './yaml-document'

/** A dax device, of a namespace or of its own, with its address. */
export interface PlacedDax extends Placed {
  readonly id: string
  readonly kind: 'pmem' | 'hmem' | 'cxl'
  readonly mode: 'devdax' | 'system-ram'
  readonly alignBytes: number
  readonly alignSource: Source
  readonly numaNode: number | undefined
  readonly targetNode: number | undefined
  readonly memmapOnMemory: boolean | undefined
  readonly memmapSource: Source
  readonly namespaceId?: string
  readonly cxlRegionId?: string
  /** What is written of the state of its memory blocks. */
  readonly states: BlockStates
  /** Whole memory blocks of a system-ram device; empty for others. */
  readonly blocks: AddressRange
}

/** Devices of devdax namespaces: daxR.N of namespaceR.N. */
export function placeNamespaceDax(
  context: SpecContext,
  regions: readonly PlacedRegion[],
): readonly PlacedDax[] {
  return regions.flatMap((region) =>
    region.namespaces.flatMap((namespace): readonly PlacedDax[] => {
      const { data, alignBytes, written, path, id, device } = namespace
      if (written.mode !== 'devdax' || data === undefined || alignBytes === undefined) return []
      const mode = written.systemRam === true ? 'system-ram' : 'devdax'
      const { targetNode } = region
      if (mode === 'system-ram') checkTarget(context, targetNode, [...path, 'systemRam'])
      return [
        {
          ...data,
          id: device,
          name: device,
          path,
          kind: 'pmem',
          mode,
          alignBytes,
          alignSource: derived('alignment of its namespace'),
          numaNode: region.numaNode,
          targetNode,
          ...memmapFlag(context, written.memmapOnMemory, { isCxl: false, path }),
          namespaceId: id,
          states: {},
          blocks: blocksOf(context, data, mode),
        },
      ]
    }),
  )
}

/**
 * Devices under `dax`, behind `end` of all other memory or where they say; `firstRegion` is the number of the first of
 * their regions.
 */
export function placeOwnDax(
  context: SpecContext,
  { end, firstRegion }: { readonly end: number; readonly firstRegion: number },
): readonly PlacedDax[] {
  let cursor = end
  return (context.written.spec.dax ?? []).map((written, index): PlacedDax => {
    const path = ['dax', index]
    const unit = Math.max(
      PLACEMENT_BYTES,
      written.align ?? 0,
      context.machine.memoryBlockBytes ?? 0,
    )
    const start = written.start ?? roundUp(cursor, unit)
    const range = { start, end: start + written.size }
    cursor = Math.max(cursor, range.end)
    const id = `dax${firstRegion + index}.0`
    return { ...dataOfDax(context, written, { range, path }), id, name: id }
  })
}

/** What an entry of `dax` and a CXL region say alike of the device. */
type WrittenDax = Pick<
  SpecDax,
  'kind' | 'mode' | 'align' | 'targetNode' | 'memmapOnMemory' | 'movable' | 'offline'
> & { readonly node?: number | undefined }

/** A device that is not made of a namespace, as far as its place does not tell its name. */
export function dataOfDax(
  context: SpecContext,
  written: WrittenDax,
  { range, path }: { readonly range: AddressRange; readonly path: Path },
): Omit<PlacedDax, 'id' | 'name'> {
  const { basePageBytes } = context.rules
  const alignBytes = written.align ?? (basePageBytes / 8) * basePageBytes
  const { start, end } = range
  if (start % alignBytes !== 0 || end % alignBytes !== 0) {
    throw contradiction(context, [...path, start % alignBytes === 0 ? 'size' : 'start'], {
      what: `start and size are not multiples of ${formatBytes(alignBytes)}, the alignment`,
      hint: 'change them, or write another align',
    })
  }
  if (written.mode === 'system-ram') checkTarget(context, written.targetNode, path)
  else checkNoStates(context, written, path)
  return {
    ...range,
    path,
    kind: written.kind,
    mode: written.mode,
    alignBytes,
    alignSource:
      written.align === undefined
        ? byDefault('size of a PMD unless something else is written')
        : context.written.source([...path, 'align']),
    numaNode: written.node,
    targetNode: written.targetNode,
    ...memmapFlag(context, written.memmapOnMemory, { isCxl: written.kind === 'cxl', path }),
    states: { movable: written.movable, offline: written.offline },
    blocks: blocksOf(context, range, written.mode),
  }
}

function checkNoStates(context: SpecContext, written: WrittenDax, path: Path): void {
  const key = (['movable', 'offline'] as const).find((one) => written[one] !== undefined)
  if (key === undefined) return
  throw contradiction(context, [...path, key], {
    what: `only system RAM has ${key}`,
    hint: 'leave it out, or write mode: system-ram',
  })
}

function checkTarget(context: SpecContext, targetNode: number | undefined, path: Path): void {
  const { nodes } = context.written.spec
  if (targetNode !== undefined && targetNode < nodes.length) return
  throw contradiction(context, path, {
    what:
      targetNode === undefined
        ? 'memory that becomes system RAM needs a targetNode'
        : `its target, node ${targetNode}, is not described`,
    hint: 'write targetNode and give it an entry under nodes, without memory if it has none of its own',
  })
}

/** Default of /sys/bus/dax/devices/…/memmap_on_memory: on for CXL, off for others, and no such file before 6.8 (DOMAIN §2.4). */
function memmapFlag(
  context: SpecContext,
  written: boolean | undefined,
  { isCxl, path }: { readonly isCxl: boolean; readonly path: Path },
): Pick<PlacedDax, 'memmapOnMemory' | 'memmapSource'> {
  if (written !== undefined) {
    return {
      memmapOnMemory: written,
      memmapSource: context.written.source([...path, 'memmapOnMemory']),
    }
  }
  return {
    memmapOnMemory: context.rules.kmemHonoursMemmapOnMemory ? isCxl : undefined,
    memmapSource: byDefault('on for CXL and off for all others'),
  }
}

function blocksOf(
  { machine }: SpecContext,
  range: AddressRange,
  mode: PlacedDax['mode'],
): AddressRange {
  if (mode !== 'system-ram' || machine.memoryBlockBytes === undefined) {
    return { start: range.start, end: range.start }
  }
  return shrinkTo(range, machine.memoryBlockBytes)
}

export function daxFacts(context: SpecContext, device: PlacedDax): DaxDevice {
  const { path, start, end, kind } = device
  const isOwn = device.namespaceId === undefined
  const source = (key: keyof SpecDax) => context.written.source([...path, key])
  const ofNamespace = derived('usable part of its namespace')
  return new FactSheet<DaxDevice>(device.id)
    .set('mode', device.mode, context.written.source([...path, isOwn ? 'mode' : 'systemRam']))
    .set('sizeBytes', end - start, isOwn ? source('size') : ofNamespace)
    .set('alignBytes', device.alignBytes, device.alignSource)
    .set('numaNode', device.numaNode, isOwn ? source('node') : derived('node of its region'))
    .set(
      'targetNode',
      device.targetNode,
      isOwn ? source('targetNode') : derived('target node of its region'),
    )
    .set('origin', kind, isOwn ? source('kind') : ofNamespace)
    .set('startAddress', start, isOwn ? source('start') : ofNamespace)
    .set('ranges', [{ start, end }], isOwn ? source('size') : ofNamespace)
    .set('memmapOnMemory', device.memmapOnMemory, device.memmapSource)
    .set('cxlRegionId', device.cxlRegionId, derived('the region that it is made from'))
    .set('namespaceId', device.namespaceId, derived('the namespace that it is made from'))
    .finish()
}
