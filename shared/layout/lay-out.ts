import type { MemmapAccount } from '../memmap/types'
import type { Topology } from '../model/topology'
import { drawAddressSpace } from './address-space'
import type { Bounds, DisplayList, Plan, Shape, Storey } from './display-list'
import type { DrawingInput } from './drawing'
import type { Geometry } from './geometry'
import { drawHardware } from './hardware'
import { headlineOf, subtitleOf, titleOf } from './heading'
import { legendOf } from './legend'
import { planOf, type PlacedPlan } from './plan'
import { structPagesSubtitle } from './struct-page-labels'
import { drawStructPages } from './struct-pages'
import { verticalTies } from './ties'

/**
 * Lays a machine out as one drawing: hardware, address space and struct pages above each other, to scale along the
 * address axis. Pure and deterministic; what is not known is not drawn.
 */
export function layOut(topology: Topology, account: MemmapAccount): DisplayList {
  const plan = planOf(topology, account)
  const input: DrawingInput = { topology, account, plan, floors: floorsOf(plan.geometry) }
  const hardware = drawHardware(input)
  const storeys = [hardware, drawAddressSpace(input), drawStructPages(input)]
  const shapes = [
    ...storeys.flatMap((storey) => storey.shapes),
    ...verticalTies(input, hardware.rowIds),
  ]
  const headline = headlineOf(account)
  return {
    title: titleOf(topology),
    subtitle: subtitleOf(topology, plan),
    ...(headline === undefined ? {} : { headline }),
    plan: publicPlan(plan, shapes),
    storeys: storeysOf(input).filter(({ id }) => shapes.some((shape) => shape.storey === id)),
    shapes,
    labels: storeys.flatMap((storey) => storey.labels),
    legend: legendOf(plan, shapes, account.totals.residentBytes),
    bounds: boundsOf(shapes),
  }
}

function floorsOf(geometry: Geometry): DrawingInput['floors'] {
  return {
    hardware: 0,
    'address-space': geometry.storeyPitch,
    'struct-pages': geometry.storeyPitch * 2,
  }
}

function storeysOf(input: DrawingInput): readonly Storey[] {
  const { machine } = input.topology
  return [
    {
      id: 'hardware',
      title: 'Hardware',
      subtitle: 'what is plugged in',
      z: input.floors.hardware,
    },
    {
      id: 'address-space',
      title: 'Address space',
      subtitle: 'what the kernel made of it',
      z: input.floors['address-space'],
    },
    {
      id: 'struct-pages',
      title: 'Struct pages',
      subtitle: structPagesSubtitle(machine.structPageBytes, machine.basePageBytes),
      z: input.floors['struct-pages'],
    },
  ]
}

function publicPlan(plan: PlacedPlan, shapes: readonly Shape[]): Plan {
  return {
    squareBytes: plan.geometry.squareBytes,
    scaleBar: scaleBarOf(plan),
    hasEnlarged: shapes.some((shape) => shape.kind === 'box' && shape.isEnlarged === true),
    enlargedBelowBytes: plan.geometry.minimumWidth * plan.geometry.squareBytes,
    rows: plan.rows.map((row) => ({
      id: row.id,
      y0: row.y0,
      y1: row.y1,
      strips: row.strips.map(({ ownerId, x0, x1, start, end }) => ({
        ownerId,
        x0,
        x1,
        start,
        end,
      })),
    })),
  }
}

/** A power of two of bytes, a sixth to a third of the plan wide, in four parts. */
function scaleBarOf(plan: PlacedPlan): Plan['scaleBar'] {
  const most = (plan.x1 * plan.geometry.squareBytes) / 3
  return { bytes: 2 ** Math.floor(Math.log2(Math.max(4096, most))), parts: 4 }
}

function boundsOf(shapes: readonly Shape[]): Bounds {
  const low = { x: Infinity, y: Infinity, z: Infinity }
  const high = { x: -Infinity, y: -Infinity, z: -Infinity }
  const add = (x: number, y: number, z: number) => {
    low.x = Math.min(low.x, x)
    low.y = Math.min(low.y, y)
    low.z = Math.min(low.z, z)
    high.x = Math.max(high.x, x)
    high.y = Math.max(high.y, y)
    high.z = Math.max(high.z, z)
  }
  for (const shape of shapes) {
    if (shape.kind === 'box') {
      add(shape.x0, shape.y0, shape.z0)
      add(shape.x1, shape.y1, shape.z1)
    } else {
      for (const { x, y, z } of shape.points) add(x, y, z)
    }
  }
  if (shapes.length === 0) return { min: ORIGIN, max: ORIGIN }
  return { min: low, max: high }
}

const ORIGIN = { x: 0, y: 0, z: 0 }
