import { compareIds } from '../model/order'
import type { Label } from './display-list'
import { boxOfText, candidatesFor, type Candidate } from './label-candidates'
import {
  coverage,
  lineHits,
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
const COST = { touched: 30, covered: 240, crossing: 110, dot: 45, line: 34, leaderOverShape: 50 }
const LIMIT = 225
const PADDING = 6

/**
 * Places labels so that no text overlaps other text, a leader or a reserved rectangle. Important labels choose first;
 * those that find no room are left out. Deterministic: the order of the input does not matter. Order of the result: by id.
 */
export function placeLabels(
  labels: readonly ProjectedLabel[],
  options: PlaceLabelsOptions,
): readonly PlacedLabel[] {
  const order = [...labels].sort(
    (left, right) =>
      right.label.priority - left.label.priority ||
      right.at.u - left.at.u ||
      compareIds(left.label.id, right.label.id),
  )
  const scene: Scene = {
    options,
    obstacles: (options.obstacles ?? []).map(toOutline),
    lines: options.lines ?? [],
  }
  const placed: PlacedLabel[] = []
  for (const label of order) {
    const position = bestPosition(label, labels, placed, scene)
    if (position !== undefined) placed.push(position)
  }
  return placed.sort((left, right) => compareIds(left.label.id, right.label.id))
}

/** The options with what is computed once for all labels. */
interface Scene {
  readonly options: PlaceLabelsOptions
  readonly obstacles: readonly Outline[]
  readonly lines: readonly (readonly ScreenPoint[])[]
}

function bestPosition(
  projected: ProjectedLabel,
  all: readonly ProjectedLabel[],
  placed: readonly PlacedLabel[],
  scene: Scene,
): PlacedLabel | undefined {
  const { options } = scene
  const { label, at } = projected
  const size = {
    width: Math.max(
      options.measure(label.title, 'title'),
      label.detail === undefined ? 0 : options.measure(label.detail, 'detail'),
    ),
    lines: label.detail === undefined ? 1 : 2,
  }
  let best: { readonly position: PlacedLabel; readonly cost: number } | undefined
  for (const candidate of candidatesFor(label.placement, at)) {
    if (best !== undefined && candidate.cost >= best.cost) continue
    const position = positionOf(label, at, candidate, size)
    if (!fits(position, placed, options)) continue
    const cost = candidate.cost + softCost(position, projected, all, placed, scene)
    if (cost < LIMIT && (best === undefined || cost < best.cost)) best = { position, cost }
  }
  return best?.position
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

/** What may never happen: text over text, text over a leader, text outside the view or over a reserved place. */
function fits(
  position: PlacedLabel,
  placed: readonly PlacedLabel[],
  options: PlaceLabelsOptions,
): boolean {
  const { box, leader } = position
  const { viewport } = options
  if (box.left < viewport.left || box.right > viewport.right) return false
  if (box.top < viewport.top || box.bottom > viewport.bottom) return false
  if (options.reserved?.some((rectangle) => overlaps(box, rectangle, 0)) === true) return false
  return !placed.some(
    (other) =>
      overlaps(box, other.box, PADDING) ||
      (leader !== undefined && segmentHits(leader.from, leader.to, other.box)) ||
      (other.leader !== undefined && segmentHits(other.leader.from, other.leader.to, box)),
  )
}

function softCost(
  position: PlacedLabel,
  projected: ProjectedLabel,
  all: readonly ProjectedLabel[],
  placed: readonly PlacedLabel[],
  scene: Scene,
): number {
  const { box, leader } = position
  if (leader === undefined) return 0
  const covered = coverage(box, scene.obstacles)
  let cost = covered === 0 ? 0 : COST.touched + COST.covered * covered
  cost += COST.leaderOverShape * shareInside(leader, scene.obstacles)
  cost += COST.line * Math.min(2, scene.lines.filter((line) => lineHits(line, box)).length)
  for (const other of placed) {
    if (other.leader === undefined) continue
    if (segmentsCross(leader.from, leader.to, other.leader.from, other.leader.to)) {
      cost += COST.crossing
    }
  }
  for (const other of all) {
    if (other === projected || other.label.placement === 'inside') continue
    if (other.at.u < box.left - 3 || other.at.u > box.right + 3) continue
    if (other.at.v > box.top - 3 && other.at.v < box.bottom + 3) cost += COST.dot
  }
  return cost
}
