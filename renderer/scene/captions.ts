import type { Box, DisplayList, Storey } from '../../shared/layout/display-list'
import { outlineOf } from '../../shared/layout/outline'
import { overlaps, type Rectangle } from '../../shared/layout/rectangles'
import { pixelAtScreen, type PixelPoint, type ViewportSize, type ViewState } from './view-state'

/** A storey's title as it stands on the left: text starts at x, `y` is the title's baseline. */
export interface PlacedCaption {
  readonly storey: Storey
  readonly x: number
  readonly y: number
  readonly box: Rectangle
}

/** Sizes of caption text in CSS pixels. */
export const CAPTION_TEXT = { titlePx: 16, titleWeight: 600, subtitlePx: 12, lineHeightPx: 17 }

const MARGIN = 20
const GAP = 28
const NARROW_PX = 960
const NARROW_GAP = 14

/** In a narrow picture room is for the drawing: captions are titles only. */
export const isNarrow = ({ width }: ViewportSize) => width < NARROW_PX

interface FloorOutline {
  readonly left: PixelPoint
  readonly points: readonly PixelPoint[]
}

/** Where an outline crosses a vertical line: the highest and the lowest point, or undefined. */
function crossing(
  outlines: readonly FloorOutline[],
  x: number,
): { readonly top: number; readonly bottom: number } | undefined {
  const heights = outlines.flatMap(({ points }) =>
    points.flatMap((from, index) => {
      const to = points[(index + 1) % points.length]
      if (to === undefined || from.x === to.x || (from.x - x) * (to.x - x) > 0) return []
      return [from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x)]
    }),
  )
  if (heights.length === 0) return undefined
  return { top: Math.min(...heights), bottom: Math.max(...heights) }
}

function floorOutline(box: Box, state: ViewState, size: ViewportSize): FloorOutline | undefined {
  const points = outlineOf(box, state).map((point) => pixelAtScreen(point, state, size))
  const [first] = points
  if (first === undefined) return undefined
  const left = points.reduce((best, point) => (point.x < best.x ? point : best), first)
  return { left, points }
}

/**
 * Places the storeys' titles in one column left of the drawing, each level with the left end of its floor; when that end is out of
 * sight the title stands at the border of the picture, on its floor. Titles that would overlap a higher storey's are left out.
 */
export function placeCaptions(
  list: DisplayList,
  state: ViewState,
  options: { readonly size: ViewportSize; readonly measure: (storey: Storey) => number },
): readonly PlacedCaption[] {
  const { size } = options
  const floors = list.storeys.map((storey) => ({
    storey,
    width: options.measure(storey),
    outlines: list.shapes.flatMap((shape) => {
      if (shape.kind !== 'box' || shape.style !== 'floor' || shape.storey !== storey.id) return []
      return floorOutline(shape, state, size) ?? []
    }),
  }))
  const widest = Math.max(0, ...floors.map(({ width }) => width))
  const leftmost = Math.min(...floors.flatMap(({ outlines }) => outlines.map(({ left }) => left.x)))
  const x = Math.max(MARGIN, leftmost - (isNarrow(size) ? NARROW_GAP : GAP) - widest)
  const placed: PlacedCaption[] = []
  for (const { storey, width, outlines } of floors.sort((a, b) => b.storey.z - a.storey.z)) {
    const y = captionHeight(outlines, x, width)
    if (y === undefined) continue
    const box = {
      left: x,
      right: x + width,
      top: y - CAPTION_TEXT.titlePx,
      bottom: y + CAPTION_TEXT.lineHeightPx + 4,
    }
    if (box.top < 4 || box.bottom > size.height - 4) continue
    if (placed.some((other) => overlaps(other.box, box, 8))) continue
    placed.push({ storey, x, y, box })
  }
  return placed
}

function captionHeight(
  outlines: readonly FloorOutline[],
  x: number,
  width: number,
): number | undefined {
  const [first] = outlines
  if (first === undefined) return undefined
  const lefts = outlines.map(({ left }) => left)
  if (lefts.every((point) => point.x > x + width)) {
    return lefts.reduce((sum, point) => sum + point.y, 0) / lefts.length - 2
  }
  const seen = crossing(outlines, x + width / 2)
  return seen === undefined ? undefined : (seen.top + seen.bottom) / 2
}
