import { formatBytes } from '../model/units'
import type { LegendEntry, PaintId, Shape } from './display-list'
import type { PlacedPlan } from './plan'

/** Legend entries in the order in which they are read; only those that the drawing uses appear. */
const TITLES: readonly (readonly [PaintId, string])[] = [
  ['struct-page', 'struct pages'],
  ['dram', 'DRAM'],
  ['dram-offline', 'offline memory'],
  ['pmem', 'PMEM'],
  ['system-ram', 'PMEM as RAM'],
  ['info-block', 'info block'],
  ['pmem-unused', 'unused PMEM'],
  ['cxl', 'CXL memory'],
  ['hbm', 'HBM'],
  ['gpu', 'GPU memory'],
  ['dimm', 'DIMM'],
  ['nvdimm', 'NVDIMM'],
]

/** What is drawn in each colour, with its total; struct pages count as the account has them. */
export function legendOf(
  plan: PlacedPlan,
  shapes: readonly Shape[],
  residentBytes: number,
): readonly LegendEntry[] {
  const bytes = new Map<PaintId, number>()
  for (const row of plan.rows) {
    for (const strip of row.strips) {
      for (const piece of strip.pieces) {
        if (piece.paint === undefined) continue
        bytes.set(piece.paint, (bytes.get(piece.paint) ?? 0) + piece.end - piece.start)
      }
    }
  }
  bytes.set('struct-page', residentBytes)
  const used = new Set(shapes.map((shape) => shape.paint))
  return TITLES.filter(([paint]) => used.has(paint)).map(([paint, title]) => {
    const total = bytes.get(paint)
    return total === undefined || total === 0
      ? { paint, title }
      : { paint, title, detail: formatBytes(total) }
  })
}
