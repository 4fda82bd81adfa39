import type { MemmapExtent } from '../memmap/types'
import type { Namespace } from '../model/topology'
import { formatBytes } from '../model/units'
import { bytesAt } from './backing'
import type { Label } from './display-list'
import { isCrowded, type DrawingInput } from './drawing'
import { lookupOf } from './lookup'
import { slabHeight, type Slab } from './struct-pages'
import { cxlRegionName, describeSaving } from './wording'

/** Larger for what makes the argument: struct pages on the device, saved ones, missing ones. */
const PRIORITY = { 'on-device': 76, saved: 80, none: 64, plain: 40 }

/** One label a slab: how much, and what became of it. */
export function structPageLabels(input: DrawingInput, slabs: readonly Slab[]): readonly Label[] {
  const lookup = lookupOf(input.topology)
  return onePerStrip(slabs).flatMap((slab): readonly Label[] => {
    const namespace = lookup.namespaces.get(slab.ownerId)
    const node = lookup.nodes.get(slab.ownerId)
    if (lookup.regions.has(slab.ownerId)) return []
    const cxlRegion = lookup.cxlRegions.get(slab.ownerId)
    const name = cxlRegion === undefined ? slab.ownerId : cxlRegionName(cxlRegion)
    const kind = kindOf(slab)
    const isEnd = node !== undefined && isCrowded(input)
    const detail = detailOf(input, slab, namespace)
    return [
      {
        id: `struct-pages/${slab.id}`,
        objectId: slab.ownerId,
        storey: 'struct-pages',
        anchor: {
          x: isEnd ? slab.x1 : slab.x0 + (slab.x1 - slab.x0) * 0.42,
          y: slab.row.y0 + (slab.row.y1 - slab.row.y0) * (isEnd ? 0.5 : 0.7),
          z: input.floors['struct-pages'] + slabHeight(input, slab),
        },
        title: node === undefined ? name : `node ${node.nodeId}`,
        detail,
        priority: PRIORITY[kind] + (12 * (slab.x1 - slab.x0)) / input.plan.x1,
        placement: 'leader',
      },
    ]
  })
}

/** The widest slab of each owner on each strip speaks for all of them. */
function onePerStrip(slabs: readonly Slab[]): readonly Slab[] {
  const groups = new Map<string, Slab[]>()
  for (const slab of slabs) {
    const key = `${slab.ownerId} ${slab.stripX0}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [slab])
    else group.push(slab)
  }
  return [...groups.values()].flatMap((group) => {
    const [widest] = [...group].sort((a, b) => b.x1 - b.x0 - (a.x1 - a.x0))
    if (widest === undefined || group.length === 1) return group
    return [{ ...widest, extents: group.flatMap(({ extents }) => extents) }]
  })
}

/** What explains the number, and the number: `map=mem, 2 MiB: 16 MiB hollowed to 4 MiB`. */
function detailOf(input: DrawingInput, slab: Slab, namespace: Namespace | undefined): string {
  const saving = describeSaving(slab.extents)
  if (bytesAt(slab.extents, 'self') > 0) return `${saving} on the memory itself`
  if (namespace === undefined) return saving
  const devices = lookupOf(input.topology).daxOfNamespace.get(namespace.id) ?? []
  const isRam = devices.some(({ mode }) => mode === 'system-ram')
  if (isRam) return `as RAM: ${saving}`
  const kind = kindOf(slab)
  if (isUnknown(slab, namespace)) return 'struct pages not known'
  if (kind === 'none') return namespace.mode === undefined ? saving : `${namespace.mode}: ${saving}`
  const align = kind === 'saved' ? namespace.alignBytes : undefined
  const map = namespace.map === undefined ? undefined : `map=${namespace.map}`
  const reason = [map, align === undefined ? undefined : formatBytes(align)]
    .filter((part) => part !== undefined)
    .join(', ')
  const place = kind === 'on-device' ? ' on the device' : ''
  return `${reason === '' ? '' : `${reason}: `}${saving}${place}`
}

/** A mapped namespace has struct pages, also where the input does not tell enough to count them. */
function isUnknown({ extents }: Slab, { map }: Namespace): boolean {
  return extents.length === 0 && (map === 'mem' || map === 'dev')
}

function kindOf(slab: Slab): keyof typeof PRIORITY {
  if (slab.fullBytes === 0) return 'none'
  const isOnDevice = (extent: MemmapExtent) =>
    extent.backing.some((part) => part.place.kind !== 'node')
  if (slab.extents.some(isOnDevice)) return 'on-device'
  return slab.residentBytes < slab.fullBytes ? 'saved' : 'plain'
}

/** `64 bytes for every 4 KiB`, with the machine's own sizes. */
export function structPagesSubtitle(structPageBytes = 64, pageBytes = 4096): string {
  return `${structPageBytes} bytes for every ${formatBytes(pageBytes)}`
}
