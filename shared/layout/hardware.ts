import type { CpuPackage } from '../model/topology'
import type { Box, Label, Shape } from './display-list'
import { floorOf, type DrawingInput, type StoreyDrawing } from './drawing'
import { drawModules } from './modules'
import type { Row } from './strips'

/** Side of a CPU as part of the depth of a row. */
const CPU_SIDE = 0.88

/** The hardware storey: packages, memory modules and slots, NVDIMMs under the region they make. */
export function drawHardware(
  input: DrawingInput,
): StoreyDrawing & { readonly rowIds: ReadonlySet<string> } {
  const ends = new Map<string, number>()
  const packages = input.topology.packages.flatMap((item, index) =>
    drawPackage(input, { item, index, ends }),
  )
  const modules = drawModules(input, ends)
  const rowIds = new Set([...ends.keys(), ...modules.rowIds])
  const floors = input.plan.rows
    .filter((row) => rowIds.has(row.id))
    .map((row) => floorOf(input, row, 'hardware'))
  const shapes: readonly Shape[] = [...floors, ...packages.map(({ box }) => box), ...modules.shapes]
  return { rowIds, shapes, labels: [...packages.map(({ label }) => label), ...modules.labels] }
}

/** The rows that a package spans: those of its nodes, as far as they lie side by side; else one in order. */
function rowsOf(input: DrawingInput, item: CpuPackage, index: number): readonly Row[] {
  const { rows } = input.plan
  const isOwn = (row: Row | undefined) =>
    row?.nodeId !== undefined && item.nodeIds?.includes(row.nodeId) === true
  const first = rows.findIndex(isOwn)
  if (first < 0) return rows.slice(index, index + 1)
  let end = first
  while (isOwn(rows[end])) end++
  return rows.slice(first, end)
}

/** Draws one package and moves the ends of its rows, behind which the modules stand. */
function drawPackage(
  input: DrawingInput,
  at: { readonly item: CpuPackage; readonly index: number; readonly ends: Map<string, number> },
): readonly { readonly box: Box; readonly label: Label }[] {
  const { item, ends } = at
  const { depth, memoryHeight } = input.plan.geometry
  const rows = rowsOf(input, item, at.index)
  if (rows.length === 0) return []
  const side = depth * CPU_SIDE
  const inset = (depth - side) / 2
  const x0 = Math.max(0, ...rows.map((row) => ends.get(row.id) ?? 0)) + inset
  for (const row of rows) ends.set(row.id, x0 + side)
  const z0 = input.floors.hardware
  const cpus = item.cpuIds.length
  const box: Box = {
    kind: 'box',
    id: `hardware/${item.id}`,
    objectId: item.id,
    storey: 'hardware',
    paint: 'cpu',
    title: `${item.id}${cpus === 0 ? '' : ` · ${cpus} logical CPU${cpus === 1 ? '' : 's'}`}`,
    x0,
    x1: x0 + side,
    y0: Math.min(...rows.map((row) => row.y0)) + inset,
    y1: Math.max(...rows.map((row) => row.y1)) - inset,
    z0,
    z1: z0 + memoryHeight * 0.9,
    style: 'solid',
  }
  const label: Label = {
    id: box.id,
    objectId: item.id,
    storey: 'hardware',
    anchor: { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, z: box.z1 },
    title: input.topology.packages.length === 1 ? 'CPU' : `CPU ${item.packageId}`,
    priority: 95,
    placement: 'inside',
  }
  return [{ box, label }]
}
