import type { CpuPackage } from '../model/topology'
import type { Box, Label, Path, Shape } from './display-list'
import { floorOf, type DrawingInput, type StoreyDrawing } from './drawing'
import { drawModules } from './modules'
import type { Row } from './strips'

/** Side of a CPU as part of the depth of a row. */
const CPU_SIDE = 0.88

/** The hardware storey: packages, memory modules and slots, NVDIMMs under the region they make. */
export function drawHardware(input: DrawingInput): StoreyDrawing {
  const shapes: Shape[] = input.plan.rows.map((row) => floorOf(input, row, 'hardware'))
  const labels: Label[] = []
  const cpuEnds = new Map<string, number>()
  for (const [row, packages] of packagesByRow(input)) {
    const drawn = drawPackages(input, row, packages)
    shapes.push(...drawn.shapes)
    labels.push(...drawn.labels)
    cpuEnds.set(row.id, drawn.end)
  }
  const modules = drawModules(input, cpuEnds)
  return { shapes: [...shapes, ...modules.shapes], labels: [...labels, ...modules.labels] }
}

/** A package stands in the row of its first node; where that is not known, in the order of the rows. */
function packagesByRow(input: DrawingInput): ReadonlyMap<Row, readonly CpuPackage[]> {
  const byRow = new Map<Row, CpuPackage[]>()
  const { rows } = input.plan
  for (const [index, item] of input.topology.packages.entries()) {
    const known = rows.find(
      (row) => row.nodeId !== undefined && item.nodeIds?.includes(row.nodeId) === true,
    )
    const row = known ?? rows[Math.min(index, rows.length - 1)]
    if (row === undefined) continue
    const list = byRow.get(row)
    if (list === undefined) byRow.set(row, [item])
    else list.push(item)
  }
  return byRow
}

function drawPackages(input: DrawingInput, row: Row, packages: readonly CpuPackage[]) {
  const { depth, memoryHeight } = input.plan.geometry
  const side = depth * CPU_SIDE
  const inset = (depth - side) / 2
  const z0 = input.floors.hardware
  const shapes: (Box | Path)[] = []
  const labels: Label[] = []
  let x = inset
  for (const item of packages) {
    const cpus = item.cpuIds.length
    shapes.push({
      kind: 'box',
      id: `hardware/${item.id}`,
      objectId: item.id,
      storey: 'hardware',
      paint: 'cpu',
      title: `${item.id}${cpus === 0 ? '' : ` · ${cpus} logical CPU${cpus === 1 ? '' : 's'}`}`,
      x0: x,
      x1: x + side,
      y0: row.y0 + inset,
      y1: row.y1 - inset,
      z0,
      z1: z0 + memoryHeight * 0.9,
      style: 'solid',
    })
    labels.push({
      id: `hardware/${item.id}`,
      objectId: item.id,
      storey: 'hardware',
      anchor: { x: x + side / 2, y: (row.y0 + row.y1) / 2, z: z0 + memoryHeight * 0.9 },
      title: input.topology.packages.length === 1 ? 'CPU' : `CPU ${item.packageId}`,
      priority: 95,
      placement: 'inside',
    })
    x += side + inset
  }
  return { shapes, labels, end: x }
}
