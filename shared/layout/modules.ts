import { compareIds } from '../model/order'
import type { Dimm, Nvdimm, PmemRegion } from '../model/topology'
import { formatBytes } from '../model/units'
import type { Box, Path } from './display-list'
import type { DrawingInput, StoreyDrawing } from './drawing'
import { moduleLabels, type Module } from './module-labels'
import type { Row, Strip } from './strips'
import { describeModule, dotted } from './wording'

/** A standing module is thin and nearly as deep as its row. */
const MODULE = { thickness: 0.075, depth: 0.92, pitch: 0.24, nvdimmHeight: 1.3 }

/** DIMMs behind their CPU, NVDIMMs under the region they make, with lines up to it. */
export function drawModules(
  input: DrawingInput,
  cpuEnds: ReadonlyMap<string, number>,
): StoreyDrawing & { readonly rowIds: readonly string[] } {
  const nvdimms = nvdimmModules(input)
  const dimms = input.plan.rows.flatMap((row) =>
    placeDimms(input, row, { cpuEnd: cpuEnds.get(row.id) ?? 0, nvdimms }),
  )
  const modules = [...dimms, ...nvdimms]
  return {
    shapes: [...modules.map(({ box }) => box), ...interleaveTies(input, nvdimms)],
    labels: moduleLabels(modules),
    rowIds: modules.map(({ row }) => row.id),
  }
}

/** The row of a module: by its node, by its package, or the first. */
function rowOf(
  input: DrawingInput,
  place: { readonly nodeId?: number; readonly packageId?: number },
): Row | undefined {
  const { rows } = input.plan
  const byNode = rows.find((row) => row.nodeId !== undefined && row.nodeId === place.nodeId)
  if (byNode !== undefined) return byNode
  const socket = input.topology.packages.find((item) => item.packageId === place.packageId)
  const bySocket = rows.find(
    (row) => row.nodeId !== undefined && socket?.nodeIds?.includes(row.nodeId) === true,
  )
  return bySocket ?? rows[0]
}

function placeDimms(
  input: DrawingInput,
  row: Row,
  around: { readonly cpuEnd: number; readonly nvdimms: readonly Module[] },
): readonly Module[] {
  const { depth } = input.plan.geometry
  const dimms = input.topology.dimms
    .filter((dimm) => dimm.nvdimmId === undefined && rowOf(input, dimm) === row)
    .sort((a, b) => compareIds(a.locator ?? a.id, b.locator ?? b.id))
  const start = around.cpuEnd + depth * 0.1
  const limits = around.nvdimms
    .filter((module) => module.row === row && module.box.x0 > start)
    .map((module) => module.box.x0)
  const room = Math.min(input.plan.x1, ...limits) - start
  const pitch = Math.min(depth * MODULE.pitch, room / Math.max(1, dimms.length))
  return dimms.map((dimm, index) => ({
    row,
    dimm,
    box: moduleBox(input, row, {
      id: dimm.id,
      x: start + pitch * (index + 0.5),
      thickness: Math.min(depth * MODULE.thickness, pitch * 0.7),
      kind: dimm.sizeBytes === 0 ? 'empty-slot' : 'dimm',
      title: dimmTitle(dimm),
    }),
  }))
}

function dimmTitle(dimm: Dimm): string {
  const name = dimm.locator ?? dimm.id
  return dimm.sizeBytes === 0 ? `${name} · empty slot` : dotted(name, describeModule(dimm))
}

/** NVDIMMs stand evenly under the strip of their first region, in the order of interleaving. */
function nvdimmModules(input: DrawingInput): readonly Module[] {
  const placed: Module[] = []
  const taken = new Set<string>()
  for (const row of input.plan.rows) {
    for (const strip of row.strips) {
      const region = input.topology.regions.find((item) => item.id === strip.ownerId)
      const own = membersOf(input, region).filter((item) => !taken.has(item.id))
      for (const [index, nvdimm] of own.entries()) {
        taken.add(nvdimm.id)
        const x = strip.x0 + ((strip.x1 - strip.x0) * (index + 0.5)) / own.length
        placed.push(
          nvdimmModule(input, row, { nvdimm, x, room: (strip.x1 - strip.x0) / own.length }),
        )
      }
    }
  }
  const rest = input.topology.nvdimms.filter((item) => !taken.has(item.id))
  return [...placed, ...unmapped(input, rest)]
}

function membersOf(input: DrawingInput, region: PmemRegion | undefined): readonly Nvdimm[] {
  return [...(region?.mappings ?? [])]
    .sort((a, b) => a.position - b.position)
    .flatMap((mapping) => {
      const nvdimm = input.topology.nvdimms.find((item) => item.id === mapping.nvdimmId)
      return nvdimm === undefined ? [] : [nvdimm]
    })
}

/** NVDIMMs that no region names stand at the end of their row. */
function unmapped(input: DrawingInput, nvdimms: readonly Nvdimm[]): readonly Module[] {
  const { depth } = input.plan.geometry
  const counts = new Map<Row, number>()
  return nvdimms.flatMap((nvdimm) => {
    const row = rowOf(input, nvdimm)
    if (row === undefined) return []
    const index = counts.get(row) ?? 0
    counts.set(row, index + 1)
    const total = nvdimms.filter((item) => rowOf(input, item) === row).length
    const pitch = Math.min(depth * MODULE.pitch, (input.plan.x1 * 0.4) / total)
    const x = input.plan.x1 - pitch * (total - index - 0.5)
    return [nvdimmModule(input, row, { nvdimm, x, room: pitch })]
  })
}

function nvdimmModule(
  input: DrawingInput,
  row: Row,
  at: { readonly nvdimm: Nvdimm; readonly x: number; readonly room: number },
): Module {
  const { nvdimm } = at
  const dimm = input.topology.dimms.find((item) => item.nvdimmId === nvdimm.id)
  const size = dimm?.sizeBytes ?? nvdimm.mappedBytes
  return {
    row,
    nvdimm,
    ...(dimm === undefined ? {} : { dimm }),
    box: moduleBox(input, row, {
      id: nvdimm.id,
      x: at.x,
      thickness: Math.min(input.plan.geometry.depth * MODULE.thickness * 1.15, at.room * 0.7),
      kind: 'nvdimm',
      title: dotted(nvdimm.id, dimm?.locator, size === undefined ? undefined : formatBytes(size)),
    }),
  }
}

function moduleBox(
  input: DrawingInput,
  row: Row,
  part: {
    readonly id: string
    readonly x: number
    readonly thickness: number
    readonly kind: 'dimm' | 'nvdimm' | 'empty-slot'
    readonly title: string
  },
): Box {
  const { depth, moduleHeight } = input.plan.geometry
  const inset = (depth * (1 - MODULE.depth)) / 2
  const z0 = input.floors.hardware
  const height = part.kind === 'nvdimm' ? moduleHeight * MODULE.nvdimmHeight : moduleHeight
  return {
    kind: 'box',
    id: `hardware/${part.id}`,
    objectId: part.id,
    storey: 'hardware',
    paint: part.kind,
    title: part.title,
    x0: part.x - part.thickness / 2,
    x1: part.x + part.thickness / 2,
    y0: row.y0 + inset,
    y1: row.y1 - inset,
    z0,
    z1: z0 + height,
    style: part.kind === 'empty-slot' ? 'dashed' : 'solid',
  }
}

/** From the top of each NVDIMM to the region, or regions, that it is part of. */
function interleaveTies(input: DrawingInput, nvdimms: readonly Module[]): readonly Path[] {
  return input.topology.regions.flatMap((region) => {
    const place = findStrip(input, region.id)
    if (place === undefined) return []
    return membersOf(input, region).flatMap((nvdimm): readonly Path[] => {
      const module = nvdimms.find((item) => item.nvdimm?.id === nvdimm.id)
      if (module === undefined) return []
      const { box } = module
      const x = (box.x0 + box.x1) / 2
      const { strip, row } = place
      return [
        {
          kind: 'path',
          id: `hardware/${nvdimm.id}/to/${region.id}`,
          objectId: nvdimm.id,
          storey: 'hardware',
          paint: 'nvdimm',
          title: `${nvdimm.id} is part of ${region.id}`,
          points: [
            { x, y: box.y0, z: box.z1 },
            {
              x: Math.min(Math.max(x, strip.x0), strip.x1),
              y: row.y0,
              z: input.floors['address-space'],
            },
          ],
          style: 'tie',
        },
      ]
    })
  })
}

function findStrip(
  input: DrawingInput,
  ownerId: string,
): { readonly strip: Strip; readonly row: Row } | undefined {
  for (const row of input.plan.rows) {
    const strip = row.strips.find((item) => item.ownerId === ownerId)
    if (strip !== undefined) return { strip, row }
  }
  return undefined
}
