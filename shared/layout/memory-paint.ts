import type { MemoryKind, NumaNode } from '../model/topology'
import type { PaintId } from './display-list'
import type { Strip } from './strips'

const PAINTS: Readonly<Record<MemoryKind, PaintId>> = {
  dram: 'dram',
  pmem: 'system-ram',
  cxl: 'cxl',
  hbm: 'hbm',
  gpu: 'gpu',
}

/** How memory that the kernel uses as RAM is painted: by what it is made of, DRAM where that is not said. */
export function ramPaint(node: NumaNode): PaintId {
  return PAINTS[node.memoryKinds?.[0] ?? 'dram']
}

/** What lies on memory, or is missing from it, but does not say what it is made of. */
const NOT_MATERIAL: readonly PaintId[] = [
  'struct-page',
  'info-block',
  'reserved',
  'pmem-unused',
  'dram-offline',
]

/** The colour of the memory that a strip is made of. */
function hostPaint(strip: Strip): PaintId {
  if (strip.pieces.some(({ paint }) => paint === 'pmem')) return 'pmem'
  const material = strip.pieces.find(
    ({ paint }) => paint !== undefined && !NOT_MATERIAL.includes(paint),
  )
  return material?.paint ?? (strip.kind === 'region' ? 'pmem' : 'dram')
}

/** Bytes drawn in each colour. Struct pages and info blocks count as the memory that they lie on. */
export function bytesByPaint(strips: readonly Strip[]): ReadonlyMap<PaintId, number> {
  const bytes = new Map<PaintId, number>()
  for (const strip of strips) {
    const host = hostPaint(strip)
    for (const { paint, start, end } of strip.pieces) {
      if (paint === undefined) continue
      const counted = paint === 'struct-page' || paint === 'info-block' ? host : paint
      bytes.set(counted, (bytes.get(counted) ?? 0) + end - start)
    }
  }
  return bytes
}
