import { formatBytes } from '../model/units'
import type { LegendEntry, PaintId, Shape } from './display-list'
import { bytesByPaint } from './memory-paint'
import type { PlacedPlan } from './plan'

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
  ['cxl-memdev', 'CXL device'],
]

/** Total of what is drawn in each colour; struct pages count as the account has them. */
export function legendOf(
  plan: PlacedPlan,
  shapes: readonly Shape[],
  residentBytes: number,
): readonly LegendEntry[] {
  const bytes = bytesByPaint(plan.rows.flatMap((row) => row.strips))
  const boxes = shapes.filter((shape) => shape.kind === 'box')
  const used = new Set(boxes.map((box) => box.paint))
  return TITLES.filter(([paint]) => used.has(paint)).map(([paint, title]) => {
    const total = paint === 'struct-page' ? residentBytes : bytes.get(paint)
    return total === undefined || total === 0
      ? { paint, title }
      : { paint, title, detail: formatBytes(total) }
  })
}
