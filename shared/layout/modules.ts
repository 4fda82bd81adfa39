import { compareIds } from '../model/order'
import type { Dimm, Nvdimm } from '../model/memory-modules'
import type { PmemRegion } from '../model/topology'
import { formatBytes } from '../model/units'
import type { Box, Path } from './display-list'
import type { DrawingInput, StoreyDrawing } from './drawing'
import { moduleLabels, type Module } from './module-labels'
import { spread, type Standing } from './spread'
import type { Row, Strip } from './strips'
import { describeModule, dotted } from './wording'

/** A standing module is thin and nearly as deep as its row. */
const MODULE = { thickness: 0.075, depth: 0.92, pitch: 0.24, nvdimmHeight: 1.3 }

/** A module and where it would like to stand. */
interface Wanted {
  readonly row: Row
  readonly dimm?: Dimm
  readonly nvdimm?: Nvdimm
  readonly kind: 'dimm' | 'nvdimm' | 'empty-slot'
  readonly x: number
}

/** DIMMs behind their CPU, NVDIMMs under the region they make, with lines up to it. */
export function drawModules(
  input: DrawingInput,
  cpuEnds: ReadonlyMap<string, number>,
): StoreyDrawing & { readonly rowIds: readonly string[] } {
  const { depth } = input.plan.geometry
  const nvdimms = [...mappedNvdimms(input), ...unmappedNvdimms(input)]
  const modules = input.plan.rows.flatMap((row) => {
    const start = (cpuEnds.get(row.id) ?? 0) + depth * 0.1
    const own = nvdimms.filter((item) => item.row === row).sort((a, b) => a.x - b.x)
    const wanted = [...wantedDimms(input, row, { start, end: own[0]?.x }), ...own]
    const places = spread(
      wanted.map(({ kind, x }) => ({ x, thickness: thicknessOf(kind, depth) })),
      start,
      input.plan.x1,
    )
    return wanted.flatMap((item, index): readonly Module[] => {
      const place = places[index]
      if (place === undefined) return []
      const { dimm, nvdimm } = item
      return [
        {
          row,
          ...(dimm === undefined ? {} : { dimm }),
          ...(nvdimm === undefined ? {} : { nvdimm }),
          box: moduleBox(input, item, place),
        },
      ]
    })
  })
  return {
    shapes: [...modules.map(({ box }) => box), ...interleaveTies(input, modules)],
    labels: moduleLabels(modules),
    rowIds: modules.map(({ row }) => row.id),
  }
}

function thicknessOf(kind: Wanted['kind'], depth: number): number {
  return depth * MODULE.thickness * (kind === 'nvdimm' ? 1.15 : 1)
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

/** DIMMs follow their CPU, closer together where NVDIMMs leave them less room. */
function wantedDimms(
  input: DrawingInput,
  row: Row,
  room: { readonly start: number; readonly end: number | undefined },
): readonly Wanted[] {
  const { depth } = input.plan.geometry
  const dimms = input.topology.dimms
    .filter((dimm) => nvdimmOf(input, dimm) === undefined && rowOf(input, dimm) === row)
    .sort((a, b) => compareIds(a.locator ?? a.id, b.locator ?? b.id))
  const least = depth * MODULE.thickness * 1.5
  const free = ((room.end ?? Infinity) - room.start) / Math.max(1, dimms.length)
  const pitch = Math.max(least, Math.min(depth * MODULE.pitch, free))
  return dimms.map((dimm, index) => ({
    row,
    dimm,
    kind: dimm.sizeBytes === 0 ? 'empty-slot' : 'dimm',
    x: room.start + pitch * (index + 0.5),
  }))
}

/** The NVDIMM that a memory module is, when the input lists it as both. */
function nvdimmOf(input: DrawingInput, dimm: Dimm): Nvdimm | undefined {
  return input.topology.nvdimms.find((item) => item.id === dimm.nvdimmId)
}

/** NVDIMMs stand evenly under the strip of their first region, in the order of interleaving. */
function mappedNvdimms(input: DrawingInput): readonly Wanted[] {
  const taken = new Set<string>()
  return input.plan.rows.flatMap((row) =>
    row.strips.flatMap((strip) => {
      const region = input.topology.regions.find((item) => item.id === strip.ownerId)
      const own = membersOf(input, region).filter((item) => !taken.has(item.id))
      for (const nvdimm of own) taken.add(nvdimm.id)
      return own.map((nvdimm, index): Wanted => {
        const x = strip.x0 + ((strip.x1 - strip.x0) * (index + 0.5)) / own.length
        return wantedNvdimm(input, row, { nvdimm, x })
      })
    }),
  )
}

/** The NVDIMMs of a region by their position in the interleave set, each once. */
function membersOf(input: DrawingInput, region: PmemRegion | undefined): readonly Nvdimm[] {
  const ids = [...(region?.mappings ?? [])]
    .sort((a, b) => a.position - b.position)
    .map((mapping) => mapping.nvdimmId)
  return [...new Set(ids)].flatMap(
    (id) => input.topology.nvdimms.find((item) => item.id === id) ?? [],
  )
}

/** NVDIMMs that no region names stand at the end of their row. */
function unmappedNvdimms(input: DrawingInput): readonly Wanted[] {
  const { x1, geometry } = input.plan
  const mapped = new Set(
    input.topology.regions.flatMap((region) => membersOf(input, region).map(({ id }) => id)),
  )
  const rest = input.topology.nvdimms.filter((item) => !mapped.has(item.id))
  return rest.flatMap((nvdimm, index): readonly Wanted[] => {
    const row = rowOf(input, nvdimm)
    const x = x1 - geometry.depth * MODULE.pitch * (rest.length - index)
    return row === undefined ? [] : [wantedNvdimm(input, row, { nvdimm, x })]
  })
}

function wantedNvdimm(
  input: DrawingInput,
  row: Row,
  at: { readonly nvdimm: Nvdimm; readonly x: number },
): Wanted {
  const dimm = input.topology.dimms.find((item) => item.nvdimmId === at.nvdimm.id)
  return { row, ...at, ...(dimm === undefined ? {} : { dimm }), kind: 'nvdimm' }
}

function titleOf({ dimm, nvdimm, kind }: Wanted): string {
  if (nvdimm !== undefined) {
    const size = dimm?.sizeBytes ?? nvdimm.mappedBytes
    return dotted(nvdimm.id, dimm?.locator, size === undefined ? undefined : formatBytes(size))
  }
  const name = dimm?.locator ?? dimm?.id
  if (kind === 'empty-slot') return dotted(name, 'empty slot')
  return dotted(name, dimm === undefined ? undefined : describeModule(dimm))
}

function moduleBox(input: DrawingInput, item: Wanted, place: Standing): Box {
  const { depth, moduleHeight } = input.plan.geometry
  const { row, kind } = item
  const inset = (depth * (1 - MODULE.depth)) / 2
  const z0 = input.floors.hardware
  const height = kind === 'nvdimm' ? moduleHeight * MODULE.nvdimmHeight : moduleHeight
  const objectId = item.nvdimm?.id ?? item.dimm?.id ?? ''
  return {
    kind: 'box',
    id: `hardware/${objectId}`,
    objectId,
    storey: 'hardware',
    paint: kind,
    title: titleOf(item),
    x0: place.x - place.thickness / 2,
    x1: place.x + place.thickness / 2,
    y0: row.y0 + inset,
    y1: row.y1 - inset,
    z0,
    z1: z0 + height,
    style: kind === 'empty-slot' ? 'dashed' : 'solid',
  }
}

/** From the top of each NVDIMM to the region, or regions, that it is part of. */
function interleaveTies(input: DrawingInput, modules: readonly Module[]): readonly Path[] {
  return input.topology.regions.flatMap((region) => {
    const place = findStrip(input, region.id)
    if (place === undefined) return []
    return membersOf(input, region).flatMap((nvdimm): readonly Path[] => {
      const module = modules.find((item) => item.nvdimm?.id === nvdimm.id)
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
