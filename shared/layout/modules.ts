import { compareIds } from '../model/order'
import type { Dimm } from '../model/memory-modules'
import type { Box, Path } from './display-list'
import type { DrawingInput, StoreyDrawing } from './drawing'
import { allMembers, interleaveSets, type InterleaveSet, type Member } from './interleave-sets'
import { firstBy, groupBy, lookupOf } from './lookup'
import { moduleLabels, moduleTitle, type Module } from './module-labels'
import { planLookupOf } from './plan-lookup'
import { spread, type Standing } from './spread'
import type { Row } from './strips'

/** A standing module is thin and nearly as deep as its row. */
const MODULE = { thickness: 0.075, depth: 0.92, pitch: 0.24, memberHeight: 1.3 }

/** A module and where it would like to stand. */
interface Wanted {
  readonly row: Row
  readonly dimm?: Dimm
  readonly member?: Member
  readonly kind: Member['kind'] | 'dimm' | 'empty-slot'
  readonly x: number
}

/** DIMMs behind their CPU, NVDIMMs and CXL devices under the region they make, with lines up to it. */
export function drawModules(
  input: DrawingInput,
  cpuEnds: ReadonlyMap<string, number>,
): StoreyDrawing & { readonly rowIds: readonly string[] } {
  const { depth } = input.plan.geometry
  const sets = interleaveSets(input.topology)
  const members = [...membersUnderStrips(input, sets), ...otherMembers(input, sets)]
  const membersOfRow = groupBy(members, ({ row }) => row)
  const dimmsOfRow = groupBy(ownDimms(input), (dimm) => rowOf(input, dimm))
  const modules = input.plan.rows.flatMap((row) => {
    const start = (cpuEnds.get(row.id) ?? 0) + depth * 0.1
    const own = [...(membersOfRow.get(row) ?? [])].sort((a, b) => a.x - b.x)
    const dimms = dimmsOfRow.get(row) ?? []
    const room = { row, start, end: own[0]?.x }
    const wanted = [...wantedDimms(input, dimms, room), ...own]
    const places = spread(
      wanted.map(({ kind, x }) => ({ x, thickness: thicknessOf(kind, depth) })),
      start,
      input.plan.x1,
    )
    return wanted.flatMap((item, index): readonly Module[] => {
      const place = places[index]
      return place === undefined ? [] : [{ ...item, box: moduleBox(input, item, place) }]
    })
  })
  return {
    shapes: [...modules.map(({ box }) => box), ...interleaveTies(input, modules, sets)],
    labels: moduleLabels(modules),
    rowIds: modules.map(({ row }) => row.id),
  }
}

function isMember(kind: Wanted['kind']): boolean {
  return kind === 'nvdimm' || kind === 'cxl-memdev'
}

function thicknessOf(kind: Wanted['kind'], depth: number): number {
  return depth * MODULE.thickness * (isMember(kind) ? 1.15 : 1)
}

/** The row of a module: by its node, by its package, or the first. */
function rowOf(
  input: DrawingInput,
  place: { readonly nodeId?: number; readonly numaNode?: number; readonly packageId?: number },
): Row | undefined {
  const { rowOfNode } = planLookupOf(input.plan)
  const byNode = rowOfNode.get(place.nodeId ?? place.numaNode)
  if (byNode !== undefined) return byNode
  const socket =
    place.packageId === undefined
      ? undefined
      : lookupOf(input.topology).packageByNumber.get(place.packageId)
  // The row farthest back, as rows are in their order.
  const [bySocket] = (socket?.nodeIds ?? [])
    .flatMap((nodeId) => rowOfNode.get(nodeId) ?? [])
    .sort((a, b) => b.y0 - a.y0)
  return bySocket ?? input.plan.rows[0]
}

/** Modules and slots that are not drawn as NVDIMMs, by name. */
function ownDimms(input: DrawingInput): readonly Dimm[] {
  const { nvdimms } = lookupOf(input.topology)
  return input.topology.dimms
    .filter(({ nvdimmId }) => nvdimmId === undefined || !nvdimms.has(nvdimmId))
    .sort((a, b) => compareIds(a.locator ?? a.id, b.locator ?? b.id))
}

/** DIMMs follow their CPU, closer together where other modules leave them less room. */
function wantedDimms(
  input: DrawingInput,
  dimms: readonly Dimm[],
  room: { readonly row: Row; readonly start: number; readonly end: number | undefined },
): readonly Wanted[] {
  const { depth } = input.plan.geometry
  const least = depth * MODULE.thickness * 1.5
  const free = ((room.end ?? Infinity) - room.start) / Math.max(1, dimms.length)
  const pitch = Math.max(least, Math.min(depth * MODULE.pitch, free))
  return dimms.map((dimm, index) => ({
    row: room.row,
    dimm,
    kind: dimm.sizeBytes === 0 ? 'empty-slot' : 'dimm',
    x: room.start + pitch * (index + 0.5),
  }))
}

/** The devices of a set stand evenly under the strip of their first region, in the order of interleaving. */
function membersUnderStrips(
  input: DrawingInput,
  sets: readonly InterleaveSet[],
): readonly Wanted[] {
  const taken = new Set<string>()
  const setOf = firstBy(sets, ({ stripOwnerId }) => stripOwnerId)
  return input.plan.rows.flatMap((row) =>
    row.strips.flatMap((strip) => {
      const set = setOf.get(strip.ownerId)
      const own = (set?.members ?? []).filter(({ id }) => !taken.has(id))
      for (const { id } of own) taken.add(id)
      return own.map((member, index) => {
        const x = strip.x0 + ((strip.x1 - strip.x0) * (index + 0.5)) / own.length
        return wantedMember(input, row, { member, x })
      })
    }),
  )
}

/** Devices that no drawn region names stand at the end of their row. */
function otherMembers(input: DrawingInput, sets: readonly InterleaveSet[]): readonly Wanted[] {
  const { x1, geometry } = input.plan
  const owners = new Set(
    input.plan.rows.flatMap(({ strips }) => strips.map((strip) => strip.ownerId)),
  )
  const placed = new Set(
    sets
      .filter(({ stripOwnerId }) => owners.has(stripOwnerId))
      .flatMap(({ members }) => members.map(({ id }) => id)),
  )
  const rest = allMembers(input.topology).filter(({ id }) => !placed.has(id))
  return rest.flatMap((member, index): readonly Wanted[] => {
    const row = rowOf(input, member.kind === 'nvdimm' ? member.nvdimm : member.memdev)
    const x = x1 - geometry.depth * MODULE.pitch * (rest.length - index)
    return row === undefined ? [] : [wantedMember(input, row, { member, x })]
  })
}

function wantedMember(
  input: DrawingInput,
  row: Row,
  at: { readonly member: Member; readonly x: number },
): Wanted {
  const dimm = lookupOf(input.topology).dimmOfNvdimm.get(at.member.id)
  return { row, ...at, ...(dimm === undefined ? {} : { dimm }), kind: at.member.kind }
}

function moduleBox(input: DrawingInput, item: Wanted, place: Standing): Box {
  const { depth, moduleHeight } = input.plan.geometry
  const { row, kind } = item
  const inset = (depth * (1 - MODULE.depth)) / 2
  const z0 = input.floors.hardware
  const height = isMember(kind) ? moduleHeight * MODULE.memberHeight : moduleHeight
  const objectId = item.member?.id ?? item.dimm?.id ?? ''
  return {
    kind: 'box',
    id: `hardware/${objectId}`,
    objectId,
    storey: 'hardware',
    paint: kind,
    title: moduleTitle(item),
    x0: place.x - place.thickness / 2,
    x1: place.x + place.thickness / 2,
    y0: row.y0 + inset,
    y1: row.y1 - inset,
    z0,
    z1: z0 + height,
    style: kind === 'empty-slot' ? 'dashed' : 'solid',
  }
}

/** From the top of each device to the region, or regions, that it is part of. */
function interleaveTies(
  input: DrawingInput,
  modules: readonly Module[],
  sets: readonly InterleaveSet[],
): readonly Path[] {
  const { stripOfOwner } = planLookupOf(input.plan)
  const moduleOf = firstBy(modules, ({ member }) => member?.id)
  return sets.flatMap(({ regionId, stripOwnerId, members }) => {
    const place = stripOfOwner.get(stripOwnerId)
    if (place === undefined) return []
    return members.flatMap((member): readonly Path[] => {
      const module = moduleOf.get(member.id)
      if (module === undefined) return []
      const { box } = module
      const x = (box.x0 + box.x1) / 2
      const { strip, row } = place
      return [
        {
          kind: 'path',
          id: `hardware/${member.id}/to/${stripOwnerId}`,
          objectId: member.id,
          storey: 'hardware',
          paint: member.kind,
          title: `${member.id} is part of ${regionId}`,
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
