import { compareIds } from '../model/order'
import type { Label } from './display-list'
import { Grid } from './grid'
import { boxOfText, candidatesFor, type Candidate } from './label-candidates'
import {
  boundsOf,
  coverage,
  overlaps,
  segmentHits,
  segmentsCross,
  shareInside,
  toOutline,
  type Outline,
  type Rectangle,
} from './rectangles'
import type { ScreenPoint } from './projection'

export type TextRole = 'title' | 'detail'

/** Sizes of label text in CSS pixels; `measure` must measure with these. */
export const LABEL_TEXT = {
  title: { font: 'IBM Plex Mono', sizePx: 12.5, weight: 600 },
  detail: { font: 'IBM Plex Sans', sizePx: 12, weight: 400 },
  /** From the title's baseline to the detail's. */
  lineHeightPx: 15,
} as const

/** A label whose anchor is projected and scaled to pixels of the view. */
export interface ProjectedLabel {
  readonly label: Label
  readonly at: ScreenPoint
}

export interface PlaceLabelsOptions {
  /** Where text may stand, in pixels. */
  readonly viewport: Rectangle
  /** Width of a text in pixels, set as LABEL_TEXT says. */
  readonly measure: (text: string, role: TextRole) => number
  /** Convex outlines of shapes in pixels, which text avoids if it can. */
  readonly obstacles?: readonly (readonly ScreenPoint[])[]
  /** Lines in pixels, such as ribbons, that text avoids if it can. */
  readonly lines?: readonly (readonly ScreenPoint[])[]
  /** Rectangles that text never covers, such as a legend. */
  readonly reserved?: readonly Rectangle[]
}

/** Where a label stands, in pixels. Baselines are alphabetic; `x` is the side of the text that `align` names. */
export interface PlacedLabel {
  readonly label: Label
  /** End of the leader on the drawing; a dot is drawn there. */
  readonly dot: ScreenPoint
  /** The line from the dot to the text; absent for a label that stands inside its shape. */
  readonly leader?: { readonly from: ScreenPoint; readonly to: ScreenPoint }
  readonly align: 'start' | 'middle' | 'end'
  readonly x: number
  readonly titleBaseline: number
  readonly detailBaseline?: number
  readonly box: Rectangle
}

/** Weights of what a position costs; a position that costs more than LIMIT is not taken. */
const COST = { touched: 40, covered: 240, crossing: 110, dot: 45, line: 34, leaderOverShape: 80 }
const LIMIT = 225
const PADDING = 6

/** Of more labels than this only the most important are tried. */
const MOST_LABELS = 400

/**
 * Places labels so that no text overlaps other text, a leader or a reserved rectangle. Important labels choose first;
 * those that find no room are left out. Deterministic: the order of the input does not matter. Order of the result: by id.
 */
export function placeLabels(
  labels: readonly ProjectedLabel[],
  options: PlaceLabelsOptions,
): readonly PlacedLabel[] {
  const order = [...mostImportant(labels, ({ label }) => label)].sort(
    (left, right) =>
      right.label.priority - left.label.priority ||
      right.at.u - left.at.u ||
      compareIds(left.label.id, right.label.id),
  )
  const scene = sceneOf(order, options)
  const placed: PlacedLabel[] = []
  for (const label of order) {
    const position = bestPosition(label, scene)
    if (position === undefined) continue
    placed.push(position)
    scene.placed.add(extentOf(position), position)
  }
  return placed.sort((left, right) => compareIds(left.label.id, right.label.id))
}

/** The labels that have any prospect of a place, when there are far too many. */
export function mostImportant<T>(items: readonly T[], labelOf: (item: T) => Label): readonly T[] {
  if (items.length <= MOST_LABELS) return items
  return [...items]
    .sort((left, right) => {
      const [a, b] = [labelOf(left), labelOf(right)]
      return b.priority - a.priority || compareIds(a.id, b.id)
    })
    .slice(0, MOST_LABELS)
}

/** All that text must or should keep away from, found by place. */
interface Scene {
  readonly options: PlaceLabelsOptions
  readonly obstacles: Grid<Outline>
  readonly segments: Grid<{
    readonly from: ScreenPoint
    readonly to: ScreenPoint
    readonly line: number
  }>
  readonly anchors: Grid<ProjectedLabel>
  readonly placed: Grid<PlacedLabel>
}

function sceneOf(labels: readonly ProjectedLabel[], options: PlaceLabelsOptions): Scene {
  const scene: Scene = {
    options,
    obstacles: new Grid(),
    segments: new Grid(),
    anchors: new Grid(),
    placed: new Grid(),
  }
  for (const outline of largest((options.obstacles ?? []).map(toOutline))) {
    scene.obstacles.add(outline.bounds, outline)
  }
  for (const [line, points] of (options.lines ?? []).entries()) {
    for (const [index, from] of points.entries()) {
      const to = points[index + 1]
      if (to !== undefined) scene.segments.add(boundsOf([from, to]), { from, to, line })
    }
  }
  for (const label of labels) {
    if (label.label.placement === 'leader') scene.anchors.add(boundsOf([label.at]), label)
  }
  return scene
}

/** Of more outlines than this only the largest are avoided. */
const MOST_OUTLINES = 1500

function largest(outlines: readonly Outline[]): readonly Outline[] {
  if (outlines.length <= MOST_OUTLINES) return outlines
  const area = ({ bounds }: Outline) => (bounds.right - bounds.left) * (bounds.bottom - bounds.top)
  return [...outlines].sort((a, b) => area(b) - area(a)).slice(0, MOST_OUTLINES)
}

/** A label with its leader. */
function extentOf({ box, leader }: PlacedLabel): Rectangle {
  const corners = [
    { u: box.left - PADDING, v: box.top - PADDING },
    { u: box.right + PADDING, v: box.bottom + PADDING },
  ]
  return boundsOf(leader === undefined ? corners : [...corners, leader.from])
}

function bestPosition(projected: ProjectedLabel, scene: Scene): PlacedLabel | undefined {
  const { options } = scene
  const { label, at } = projected
  const size = {
    width: Math.max(
      options.measure(label.title, 'title'),
      label.detail === undefined ? 0 : options.measure(label.detail, 'detail'),
    ),
    lines: label.detail === undefined ? 1 : 2,
  }
  let best: PlacedLabel | undefined
  let bestCost = LIMIT
  for (const candidate of candidatesFor(label.placement, at)) {
    if (candidate.cost >= bestCost) break
    const position = positionOf(label, at, candidate, size)
    if (!staysInside(position, options)) continue
    const neighbours = [...scene.placed.near(extentOf(position))]
    if (neighbours.some((other) => collide(position, other))) continue
    const cost = candidate.cost + softCost(position, projected, { scene, neighbours })
    if (cost >= bestCost) continue
    best = position
    bestCost = cost
  }
  return best
}

function positionOf(
  label: Label,
  at: ScreenPoint,
  candidate: Candidate,
  size: { readonly width: number; readonly lines: number },
): PlacedLabel {
  const box = boxOfText(candidate, size)
  return {
    label,
    dot: at,
    ...(candidate.leaderEnd === undefined ? {} : { leader: { from: at, to: candidate.leaderEnd } }),
    align: candidate.align,
    x: candidate.x,
    titleBaseline: candidate.titleBaseline,
    ...(size.lines === 2
      ? { detailBaseline: candidate.titleBaseline + LABEL_TEXT.lineHeightPx }
      : {}),
    box,
  }
}

function staysInside({ box }: PlacedLabel, options: PlaceLabelsOptions): boolean {
  const { viewport, reserved = [] } = options
  if (box.left < viewport.left || box.right > viewport.right) return false
  if (box.top < viewport.top || box.bottom > viewport.bottom) return false
  return !reserved.some((rectangle) => overlaps(box, rectangle, 0))
}

/** What may never happen: text over text, or text over a leader. */
function collide(one: PlacedLabel, other: PlacedLabel): boolean {
  return (
    overlaps(one.box, other.box, PADDING) ||
    (one.leader !== undefined && segmentHits(one.leader.from, one.leader.to, other.box)) ||
    (other.leader !== undefined && segmentHits(other.leader.from, other.leader.to, one.box))
  )
}

function softCost(
  position: PlacedLabel,
  projected: ProjectedLabel,
  around: { readonly scene: Scene; readonly neighbours: readonly PlacedLabel[] },
): number {
  const { box, leader } = position
  if (leader === undefined) return 0
  const { scene, neighbours } = around
  const extent = extentOf(position)
  const obstacles = [...scene.obstacles.near(extent)]
  const covered = coverage(box, obstacles)
  let cost = covered === 0 ? 0 : COST.touched + COST.covered * covered
  cost += COST.leaderOverShape * shareInside(leader, obstacles)
  const lines = new Set<number>()
  for (const { from, to, line } of scene.segments.near(box)) {
    if (!lines.has(line) && segmentHits(from, to, box)) lines.add(line)
  }
  cost += COST.line * Math.min(2, lines.size)
  for (const other of neighbours) {
    if (other.leader === undefined) continue
    if (segmentsCross(leader.from, leader.to, other.leader.from, other.leader.to)) {
      cost += COST.crossing
    }
  }
  for (const other of scene.anchors.near(extent)) {
    if (other === projected) continue
    if (other.at.u < box.left - 3 || other.at.u > box.right + 3) continue
    if (other.at.v > box.top - 3 && other.at.v < box.bottom + 3) cost += COST.dot
  }
  return cost
}
