import type { MemoryKind, NumaNode } from '../model/topology'
import type { PaintId } from './display-list'

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
