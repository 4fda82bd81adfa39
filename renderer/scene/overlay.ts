import type { DisplayList, Label, Plan, Storey } from '../../shared/layout/display-list'
import {
  LABEL_TEXT,
  placeLabels,
  type PlacedLabel,
  type TextRole,
} from '../../shared/layout/labels'
import { outlineOf } from '../../shared/layout/outline'
import type { Rectangle } from '../../shared/layout/rectangles'
import type { ScreenPoint } from '../../shared/layout/projection'
import type { Theme } from '../../shared/layout/theme'
import { compareIds } from '../../shared/model/order'
import type { ObjectId } from '../../shared/model/model-object'
import { formatBytes } from '../../shared/model/units'
import { CAPTION_TEXT, isNarrow, placeCaptions, type PlacedCaption } from './captions'
import { isAnchorSeen, roomOnBox } from './label-sight'
import { scaleBar } from './scale-bar'
import { pixelAtPoint, pixelAtScreen, type ViewportSize, type ViewState } from './view-state'

const SANS = "'IBM Plex Sans', 'Liberation Sans', Arial, sans-serif"
const MONO = "'IBM Plex Mono', 'Liberation Mono', monospace"

const FONTS: Readonly<Record<TextRole, string>> = {
  title: `${LABEL_TEXT.title.weight} ${LABEL_TEXT.title.sizePx}px ${MONO}`,
  detail: `${LABEL_TEXT.detail.weight} ${LABEL_TEXT.detail.sizePx}px ${SANS}`,
}
const CAPTION_FONT = `${CAPTION_TEXT.titleWeight} ${CAPTION_TEXT.titlePx}px ${SANS}`
const SMALL_FONT = `400 ${CAPTION_TEXT.subtitlePx}px ${SANS}`
const INSIDE_PX = 11
const INSIDE_FONT = `400 ${INSIDE_PX}px ${SANS}`

/** Room of the picture for each label, so that a small window does not become a page of text. */
const PIXELS_PER_LABEL = 32_000
const LEAST_LABELS = 6
/** More than any priority that a layout gives. */
const SELECTED_FIRST = 1e6
const CAPTION_GAP = 12

const SCALE_LEFT = 20
const SCALE_BOTTOM = 40

export interface OverlayInput {
  readonly list: DisplayList
  readonly state: ViewState
  readonly size: ViewportSize
  readonly pixelRatio: number
  readonly theme: Theme
  readonly selectedId: ObjectId | undefined
  readonly hoveredId: ObjectId | undefined
  /** While it moves, labels ride along with their anchors; they are placed anew when it rests. */
  readonly isMoving: boolean
}

function enlargedNote({ enlargedBelowBytes }: Plan): string {
  return enlargedBelowBytes === undefined
    ? 'very small parts are drawn larger than to scale'
    : `what is shorter than ${formatBytes(enlargedBelowBytes)} is drawn that long`
}

function isInView(outline: readonly ScreenPoint[], { width, height }: ViewportSize): boolean {
  return (
    outline.some(({ u }) => u > 0) &&
    outline.some(({ u }) => u < width) &&
    outline.some(({ v }) => v > 0) &&
    outline.some(({ v }) => v < height)
  )
}

function widened({ left, right, top, bottom }: Rectangle, by: number): Rectangle {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by }
}

const shifted = (at: ScreenPoint, du: number, dv: number): ScreenPoint => ({
  u: at.u + du,
  v: at.v + dv,
})

function moved(label: PlacedLabel, to: ScreenPoint): PlacedLabel {
  const du = to.u - label.dot.u
  const dv = to.v - label.dot.v
  const { left, right, top, bottom } = label.box
  return {
    ...label,
    dot: to,
    ...(label.leader === undefined
      ? {}
      : { leader: { from: to, to: shifted(label.leader.to, du, dv) } }),
    x: label.x + du,
    titleBaseline: label.titleBaseline + dv,
    ...(label.detailBaseline === undefined ? {} : { detailBaseline: label.detailBaseline + dv }),
    box: { left: left + du, right: right + du, top: top + dv, bottom: bottom + dv },
  }
}

/** Text on the drawing: labels with leaders, storey titles, and the scale bar, on one 2D canvas. */
export class Overlay {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #widths = new Map<string, number>()
  #placed: readonly PlacedLabel[] = []
  #placedFor: string | undefined

  /** Throws when the browser gives no 2D context. */
  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('This browser gives no 2D canvas.')
    this.#canvas = canvas
    this.#context = context
  }

  /** To be called when fonts have arrived: texts are measured again. */
  forgetWidths(): void {
    this.#widths.clear()
    this.#placedFor = undefined
  }

  /** To be called when another list is drawn. */
  forgetLabels(): void {
    this.#placed = []
    this.#placedFor = undefined
  }

  draw(input: OverlayInput): void {
    const { size, pixelRatio, state, list } = input
    const width = Math.round(size.width * pixelRatio)
    const height = Math.round(size.height * pixelRatio)
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width
      this.#canvas.height = height
    }
    const context = this.#context
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
    context.clearRect(0, 0, size.width, size.height)
    context.lineJoin = 'round'
    const captions = placeCaptions(list, state, {
      size,
      measure: (storey) => this.#captionWidth(storey, isNarrow(size)),
    })
    const scale = this.#drawScale(input)
    for (const caption of captions) this.#drawCaption(caption, input)
    this.#updateLabels(input, [scale, ...captions.map(({ box }) => widened(box, CAPTION_GAP))])
    for (const label of this.#placed) this.#drawLabel(label, input)
  }

  #updateLabels(input: OverlayInput, reserved: readonly Rectangle[]): void {
    const { state, size, selectedId } = input
    const wanted = JSON.stringify([state, size, selectedId])
    if (wanted === this.#placedFor) return
    if (input.isMoving) {
      this.#placed = this.#placed.map((label) => moved(label, this.#anchor(label, input)))
      this.#placedFor = undefined
    } else {
      this.#placed = this.#place(input, reserved)
      this.#placedFor = wanted
    }
  }

  #anchor(placed: PlacedLabel, { state, size }: OverlayInput): ScreenPoint {
    const { x, y } = pixelAtPoint(placed.label.anchor, state, size)
    return { u: x, v: y }
  }

  #place(input: OverlayInput, reserved: readonly Rectangle[]): readonly PlacedLabel[] {
    const { list, state, size } = input
    const inView = list.labels
      .flatMap((label) => {
        const { x, y } = pixelAtPoint(label.anchor, state, size)
        if (x < 0 || y < 0 || x > size.width || y > size.height) return []
        if (!isAnchorSeen(label, list, state) || !this.#hasRoom(label, input)) return []
        const isSelected = label.objectId !== undefined && label.objectId === input.selectedId
        const priority = isSelected ? label.priority + SELECTED_FIRST : label.priority
        return [{ label: { ...label, priority }, at: { u: x, v: y } }]
      })
      .sort((a, b) => b.label.priority - a.label.priority || compareIds(a.label.id, b.label.id))
      .slice(0, Math.max(LEAST_LABELS, Math.floor((size.width * size.height) / PIXELS_PER_LABEL)))
    const obstacles = list.shapes.flatMap((shape) => {
      if (shape.kind !== 'box' || shape.style === 'floor') return []
      const outline = outlineOf(shape, state).map((point) => {
        const { x, y } = pixelAtScreen(point, state, size)
        return { u: x, v: y }
      })
      return isInView(outline, size) ? [outline] : []
    })
    return placeLabels(inView, {
      viewport: { left: 8, top: 8, right: size.width - 8, bottom: size.height - 8 },
      measure: (text, role) => this.#width(text, FONTS[role]),
      obstacles,
      reserved,
    })
  }

  /** A label inside its shape is shown once it fits there; a slanted top has about half its extent for level text. */
  #hasRoom(label: Label, { list, state }: OverlayInput): boolean {
    if (label.placement !== 'inside') return true
    const room = roomOnBox(label, list, state)
    if (room === undefined) return true
    return (
      room.width * state.pixelsPerUnit > this.#width(label.title, INSIDE_FONT) * 2 &&
      room.height * state.pixelsPerUnit > INSIDE_PX * 2
    )
  }

  #width(text: string, font: string): number {
    const key = `${font}\n${text}`
    const known = this.#widths.get(key)
    if (known !== undefined) return known
    this.#context.font = font
    const { width } = this.#context.measureText(text)
    this.#widths.set(key, width)
    return width
  }

  #captionWidth(storey: Storey, isShort: boolean): number {
    const title = this.#width(storey.title, CAPTION_FONT)
    return isShort ? title : Math.max(title, this.#width(storey.subtitle, SMALL_FONT))
  }

  #text(text: string, x: number, y: number, style: { font: string; fill: string; halo: string }) {
    const context = this.#context
    context.font = style.font
    context.lineWidth = 4
    context.strokeStyle = style.halo
    context.strokeText(text, x, y)
    context.fillStyle = style.fill
    context.fillText(text, x, y)
  }

  #drawCaption({ storey, x, y }: PlacedCaption, { theme, size }: OverlayInput): void {
    this.#context.textAlign = 'start'
    const halo = theme.background
    this.#text(storey.title, x, y, { font: CAPTION_FONT, fill: theme.ink, halo })
    if (isNarrow(size)) return
    const below = y + CAPTION_TEXT.lineHeightPx
    this.#text(storey.subtitle, x, below, { font: SMALL_FONT, fill: theme.muted, halo })
  }

  #drawLabel(placed: PlacedLabel, { theme, selectedId, hoveredId }: OverlayInput): void {
    const context = this.#context
    const { label, leader, dot } = placed
    const { objectId } = label
    const isEmphasised =
      objectId !== undefined && (objectId === selectedId || objectId === hoveredId)
    const ink = isEmphasised ? theme.selection : theme.ink
    context.textAlign = placed.align === 'middle' ? 'center' : placed.align
    if (label.placement === 'inside') {
      context.font = INSIDE_FONT
      context.fillStyle = isEmphasised ? theme.selection : theme.muted
      context.fillText(label.title, placed.x, placed.titleBaseline)
      return
    }
    if (leader !== undefined) {
      context.strokeStyle = ink
      context.lineWidth = 0.9
      context.beginPath()
      context.moveTo(leader.from.u, leader.from.v)
      context.lineTo(leader.to.u, leader.to.v)
      context.stroke()
      context.fillStyle = ink
      context.beginPath()
      context.arc(dot.u, dot.v, 1.9, 0, Math.PI * 2)
      context.fill()
    }
    const halo = theme.background
    this.#text(label.title, placed.x, placed.titleBaseline, { font: FONTS.title, fill: ink, halo })
    if (label.detail === undefined || placed.detailBaseline === undefined) return
    this.#text(label.detail, placed.x, placed.detailBaseline, {
      font: FONTS.detail,
      fill: theme.muted,
      halo,
    })
  }

  /** Returns the rectangle that the scale bar takes. */
  #drawScale({ list, state, size, theme }: OverlayInput): Rectangle {
    const context = this.#context
    const hasMemory = list.plan.rows.some(({ strips }) => strips.length > 0)
    const scale = hasMemory ? scaleBar(list.plan.squareBytes, state) : undefined
    const y = Math.round(size.height - SCALE_BOTTOM) + 0.5
    let right = SCALE_LEFT
    context.textAlign = 'start'
    const small = { font: SMALL_FONT, fill: theme.muted, halo: theme.background }
    if (scale !== undefined) {
      context.strokeStyle = theme.ink
      context.lineWidth = 1
      context.beginPath()
      context.moveTo(SCALE_LEFT, y)
      context.lineTo(SCALE_LEFT + scale.lengthPx, y)
      for (let part = 0; part <= scale.parts; part++) {
        const x = Math.round(SCALE_LEFT + (scale.lengthPx * part) / scale.parts) + 0.5
        context.moveTo(x, y - 4)
        context.lineTo(x, y + 4)
      }
      context.stroke()
      const title = formatBytes(scale.bytes)
      this.#text('0', SCALE_LEFT - 3, y + 19, small)
      context.textAlign = 'center'
      this.#text(title, SCALE_LEFT + scale.lengthPx, y + 19, small)
      context.textAlign = 'start'
      right = SCALE_LEFT + scale.lengthPx + this.#width(title, SMALL_FONT) / 2
    }
    if (list.plan.hasEnlarged) {
      const note = enlargedNote(list.plan)
      this.#text(note, right + 20, y + 4, small)
      right += 20 + this.#width(note, SMALL_FONT)
    }
    return { left: SCALE_LEFT - 8, right: right + 8, top: y - 10, bottom: size.height }
  }
}
