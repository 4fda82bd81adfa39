import type { ObjectId } from '../model/model-object'

/**
 * The drawing, independent of what draws it: three.js, SVG and every later export take exactly this list.
 *
 * World coordinates, in plan units (one unit = the side of one square of the plan, `plan.squareBytes` of memory):
 *   x  along the physical address, to the right
 *   y  depth: rows of nodes behind each other, away from the viewer
 *   z  height: storeys above each other
 */
export interface DisplayList {
  readonly title: string
  readonly subtitle: string
  /** Absent where the input does not tell what struct pages cost. */
  readonly headline?: Headline
  readonly plan: Plan
  readonly storeys: readonly Storey[]
  /** In no particular order of depth: painters sort, see projection.ts. */
  readonly shapes: readonly Shape[]
  readonly labels: readonly Label[]
  readonly legend: readonly LegendEntry[]
  /** Smallest box around all shapes. */
  readonly bounds: Bounds
}

/** `struct pages`, `17.9 GiB`, `12.0 GiB in DRAM · 5.9 GiB on devices · 3.1 GiB saved`. */
export interface Headline {
  readonly caption: string
  readonly value: string
  readonly detail: string
}

export interface Plan {
  /** Bytes of memory along one plan unit of x. */
  readonly squareBytes: number
  /** A round number of bytes for the scale bar, and how many equal parts it has. */
  readonly scaleBar: { readonly bytes: number; readonly parts: number }
  /** True when some shape is drawn larger than to scale; the drawing then says so. */
  readonly hasEnlarged: boolean
  /** What is shorter than this is drawn this long. */
  readonly enlargedBelowBytes?: number
  readonly rows: readonly PlanRow[]
}

/** One row of the plan: the strips of one node. */
export interface PlanRow {
  readonly id: ObjectId
  readonly y0: number
  readonly y1: number
  readonly strips: readonly PlanStrip[]
}

/** One contiguous physical range as drawn: `x = x0 + (address − start) / squareBytes`. */
export interface PlanStrip {
  readonly ownerId: ObjectId
  readonly x0: number
  readonly x1: number
  readonly start: number
  readonly end: number
}

export type StoreyId = 'hardware' | 'address-space' | 'struct-pages' | 'folios'

export interface Storey {
  readonly id: StoreyId
  readonly title: string
  readonly subtitle: string
  /** Height of the storey's floor. */
  readonly z: number
}

export interface Point {
  readonly x: number
  readonly y: number
  readonly z: number
}

export interface Bounds {
  readonly min: Point
  readonly max: Point
}

/** What a shape means, and therefore how a theme paints it. The palette has a colour for each; see theme.ts. */
export type PaintId =
  | 'floor'
  | 'cpu'
  | 'dram'
  | 'dram-offline'
  | 'pmem'
  | 'pmem-unused'
  | 'cxl'
  | 'hbm'
  | 'gpu'
  | 'reserved'
  | 'info-block'
  | 'struct-page'
  | 'struct-page-full'
  | 'dimm'
  | 'nvdimm'
  | 'cxl-memdev'
  | 'empty-slot'
  | 'system-ram'

interface ShapeBase {
  /** Unique and stable: `address-space/namespace0.3/data`. Becomes the SVG id. */
  readonly id: string
  /** What selecting it selects. */
  readonly objectId?: ObjectId
  readonly storey: StoreyId
  readonly paint: PaintId
  /** One line for hover and for SVG's <title>: `namespace0.3 · devdax, map=mem, 2 MiB · 1 GiB`. */
  readonly title: string
}

/** An axis-aligned box; `z0 === z1` is a flat sheet. Boxes of one storey never overlap in volume. */
export interface Box extends ShapeBase {
  readonly kind: 'box'
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly z0: number
  readonly z1: number
  /** `dashed` without fill: something that is not there (saved, absent, empty). */
  readonly style: 'solid' | 'dashed' | 'floor'
  /** True when x1 − x0 is larger than to scale so that it can be seen at all. */
  readonly isEnlarged?: true
}

/** A thin line on or between shapes: block boundaries, vertical ties, ribbons. */
export interface Path extends ShapeBase {
  readonly kind: 'path'
  /** Two points or more: a polyline; exactly four with `isCurve`: a cubic Bézier. */
  readonly points: readonly Point[]
  readonly isCurve?: true
  readonly style: 'hairline' | 'tie' | 'ribbon'
}

export type Shape = Box | Path

/** Text with a leader to a point of the drawing. Placed on screen by labels.ts so that none overlap. */
export interface Label {
  readonly id: string
  readonly objectId?: ObjectId
  readonly storey: StoreyId
  readonly anchor: Point
  readonly title: string
  readonly detail?: string
  /** Larger is kept longer when there is no room. */
  readonly priority: number
  /** `inside` stands on the shape without a leader (CPU). */
  readonly placement: 'leader' | 'inside'
}

export interface LegendEntry {
  readonly paint: PaintId
  readonly title: string
  /** Total of what is drawn in this colour, ready to print. */
  readonly detail?: string
}
