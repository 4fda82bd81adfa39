import { formatBytes } from '../model/units'
import type { LegendEntry, PaintId, Shape } from './display-list'
import type { PlacedPlan } from './plan'
import type { Strip } from './strips'

/** Legend entries in the order in which they are read; only those that the drawing uses appear. */
const TITLES: readonly (readonly [PaintId, string])[] = [
  ['struct-page', 'struct pages'],
  ['dram', 'DRAM'],
  ['dram-offline', 'offline memory'],
  ['pmem', 'PMEM'],
  ['system-ram', 'PMEM as RAM'],
  ['info-block', 'info block'],
  ['reserved', 'reserved, not used'],
  ['pmem-unused', 'unused PMEM'],
  ['cxl', 'CXL memory'],
  ['hbm', 'HBM'],
  ['gpu', 'GPU memory'],
  ['dimm', 'DIMM'],
  ['nvdimm', 'NVDIMM'],
]

/** Total of what is drawn in each colour. Struct pages and info blocks count as the memory that they lie on, too. */
export function legendOf(
  plan: PlacedPlan,
  shapes: readonly Shape[],
  residentBytes: number,
): readonly LegendEntry[] {
  const bytes = new Map<PaintId, number>()
  for (const strip of plan.rows.flatMap((row) => row.strips)) {
    const host = hostPaint(strip)
    for (const { paint, start, end } of strip.pieces) {
      if (paint === undefined) continue
      const counted = paint === 'struct-page' || paint === 'info-block' ? host : paint
      if (counted !== undefined) bytes.set(counted, (bytes.get(counted) ?? 0) + end - start)
    }
  }
  bytes.set('struct-page', residentBytes)
  const boxes = shapes.filter((shape) => shape.kind === 'box')
  const used = new Set(boxes.map((box) => box.paint))
  return TITLES.filter(([paint]) => used.has(paint)).map(([paint, title]) => {
    const total = bytes.get(paint)
    return total === undefined || total === 0
      ? { paint, title }
      : { paint, title, detail: formatBytes(total) }
  })
}

const METADATA: readonly PaintId[] = ['struct-page', 'info-block', 'reserved', 'pmem-unused']

/** The colour of the memory that a strip is made of. */
function hostPaint(strip: Strip): PaintId | undefined {
  if (strip.pieces.some(({ paint }) => paint === 'pmem')) return 'pmem'
  return strip.pieces.find(({ paint }) => paint !== undefined && !METADATA.includes(paint))?.paint
}
