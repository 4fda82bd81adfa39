import type { MemmapExtent } from '../memmap/types'
import { formatBytes } from '../model/units'
import type { Label } from './display-list'
import type { DrawingInput } from './drawing'
import { slabHeight, type Slab } from './struct-pages'
import { describeSaving, namespaceMode } from './wording'

/** Larger for what makes the argument: struct pages on the device, saved ones, missing ones. */
const PRIORITY = { 'on-device': 76, saved: 74, none: 64, plain: 40 }

/** One label a slab: how much, and what became of it. */
export function structPageLabels(input: DrawingInput, slabs: readonly Slab[]): readonly Label[] {
  return slabs.flatMap((slab): readonly Label[] => {
    const namespace = input.topology.namespaces.find((item) => item.id === slab.ownerId)
    const node = input.topology.nodes.find((item) => item.id === slab.ownerId)
    const region = input.topology.regions.find((item) => item.id === slab.ownerId)
    if (region !== undefined) return []
    const kind = kindOf(slab)
    const mode =
      namespace === undefined
        ? undefined
        : kind === 'none'
          ? namespace.mode
          : namespaceMode(namespace)?.split(', ').slice(1).join(', ')
    const place = kind === 'on-device' ? ', on the device itself' : ''
    const text = `${describeSaving(slab.extents)}${place}`
    return [
      {
        id: `struct-pages/${slab.id}`,
        objectId: slab.ownerId,
        storey: 'struct-pages',
        anchor: {
          x: slab.x0 + (slab.x1 - slab.x0) * 0.42,
          y: slab.row.y0 + (slab.row.y1 - slab.row.y0) * 0.6,
          z: input.floors['struct-pages'] + slabHeight(input, slab),
        },
        title: node === undefined ? slab.ownerId : `node ${node.nodeId}`,
        detail: mode === undefined || mode === '' ? text : `${mode}: ${text}`,
        priority: PRIORITY[kind] + (12 * (slab.x1 - slab.x0)) / input.plan.x1,
        placement: 'leader',
      },
    ]
  })
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
