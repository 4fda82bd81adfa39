import type { DisplayList, LegendEntry, StoreyId } from '../layout/display-list'
import { overlaps, type Rectangle } from '../layout/rectangles'
import { formatBytes } from '../model/units'
import { PAGE, type Page } from './svg-page'
import { textWidth } from './text-width'
import { cleanText, decimal, xmlText } from './xml'

/** Part of the page that is text, and the place that it needs. */
export interface TextBlock {
  readonly markup: string
  readonly reserved: readonly Rectangle[]
}

const LEGEND_ROW = 26
const SWATCH = 16

export function textElement(
  text: string,
  at: { readonly x: number; readonly y: number; readonly classes: string },
): string {
  return `<text class="${at.classes}" x="${decimal(at.x)}" y="${decimal(at.y)}">${xmlText(text)}</text>`
}

/** Title, subtitle and the one number, top left. */
export function headingBlock(list: DisplayList): TextBlock {
  const x = PAGE.margin
  const title = cleanText(list.title, 60)
  const { caption, value, detail } = list.headline ?? { caption: '', value: '', detail: '' }
  return {
    markup: [
      textElement(title, { x, y: 70, classes: 'title ink' }),
      textElement(list.subtitle, { x, y: 94, classes: 'subtitle muted' }),
      ...(list.headline === undefined
        ? []
        : [
            textElement(caption, { x, y: 132, classes: 'caption muted' }),
            textElement(value, { x, y: 160, classes: 'value ink' }),
            textElement(detail, { x, y: 182, classes: 'caption muted' }),
          ]),
    ].join('\n'),
    reserved: [
      {
        left: x,
        top: 40,
        right:
          x + Math.max(textWidth(title, 'sans-semibold', 24), textWidth(detail, 'sans', 13)) + 30,
        bottom: 196,
      },
    ],
  }
}

/** What each colour means, top right, in columns of four. */
export function legendBlock(legend: readonly LegendEntry[]): TextBlock {
  const columns: LegendEntry[][] = []
  for (const [index, entry] of legend.entries()) {
    if (index % 4 === 0) columns.push([])
    columns.at(-1)?.push(entry)
  }
  const parts: string[] = []
  let right: number = PAGE.width - PAGE.margin
  for (const column of columns.reverse()) {
    const width = Math.max(...column.map(entryWidth))
    const x = right - width
    for (const [index, entry] of column.entries()) {
      const y = 60 + index * LEGEND_ROW
      const detailX = x + SWATCH + 9 + textWidth(entry.title, 'sans', 13) + 7
      parts.push(
        `<g class="box ${entry.paint}${isDashed(entry) ? ' dashed' : ''}"><path class="t" d="M${decimal(x)} ${y}h${SWATCH}v${SWATCH}h-${SWATCH}Z"/></g>`,
        textElement(entry.title, { x: x + SWATCH + 9, y: y + 13, classes: 'key ink' }),
      )
      if (entry.detail !== undefined) {
        parts.push(textElement(entry.detail, { x: detailX, y: y + 13, classes: 'key muted' }))
      }
    }
    right = x - 40
  }
  const bottom = 60 + Math.min(4, legend.length) * LEGEND_ROW
  return {
    markup: parts.join('\n'),
    reserved: [{ left: right, top: 40, right: PAGE.width, bottom: bottom + 10 }],
  }
}

function isDashed(entry: LegendEntry): boolean {
  return entry.paint === 'dram-offline'
}

function entryWidth(entry: LegendEntry): number {
  const detail = entry.detail === undefined ? 0 : textWidth(entry.detail, 'sans', 13) + 7
  return SWATCH + 9 + textWidth(entry.title, 'sans', 13) + detail
}

/** Names of the storeys at the left, level with the left corner of their floors; seen from above, only the top one. */
export function storeyBlock(list: DisplayList, page: Page): TextBlock {
  const x = PAGE.margin
  const blocks: { readonly markup: string; readonly rectangle: Rectangle }[] = []
  for (const storey of [...list.storeys].sort((a, b) => b.z - a.z)) {
    const y = leftCorner(list, page, storey.id) - 22
    const width = Math.max(
      textWidth(storey.title, 'sans-semibold', 19),
      textWidth(storey.subtitle, 'sans', 12.5),
    )
    const rectangle = { left: x, top: y - 20, right: x + width + 10, bottom: y + 30 }
    if (blocks.some((block) => overlaps(block.rectangle, rectangle, 0))) continue
    const markup = [
      textElement(storey.title, { x, y, classes: 'storey-title ink' }),
      textElement(storey.subtitle, { x, y: y + 20, classes: 'storey-subtitle muted' }),
    ].join('\n')
    blocks.push({ markup, rectangle })
  }
  return {
    markup: blocks.map(({ markup }) => markup).join('\n'),
    reserved: blocks.map(({ rectangle }) => rectangle),
  }
}

/** Height on the page of the leftmost corner of a storey's floors. */
function leftCorner(list: DisplayList, page: Page, storey: StoreyId): number {
  let best = { u: Infinity, v: page.drawing.top }
  for (const shape of list.shapes) {
    if (shape.kind !== 'box' || shape.storey !== storey || shape.style !== 'floor') continue
    for (const x of [shape.x0, shape.x1]) {
      for (const y of [shape.y0, shape.y1]) {
        const at = page.toPage({ x, y, z: shape.z0 })
        if (at.u < best.u) best = at
      }
    }
  }
  return best.v
}

/** The scale bar, as long and as slanted as the strips, and what is not to scale. */
export function scaleBlock(list: DisplayList, page: Page): TextBlock {
  const { bytes, parts } = list.plan.scaleBar
  const origin = page.toPage({ x: 0, y: 0, z: 0 })
  const unit = page.toPage({ x: 1, y: 0, z: 0 })
  const lengthUnits = bytes / list.plan.squareBytes
  const length = Math.hypot(unit.u - origin.u, unit.v - origin.v) * lengthUnits
  const x = Math.max(PAGE.left, page.drawing.left)
  const y = page.height - 60
  const ticks = Array.from({ length: parts + 1 }, (_, index) => {
    const at = decimal(x + (length * index) / parts)
    return `M${at} ${y - 3}V${y + 3}`
  }).join('')
  const note = list.plan.hasEnlarged
    ? `lengths to scale; what is shorter than ${formatBytes(enlargedBelow(list))} is drawn that long`
    : 'lengths to scale'
  return {
    markup: [
      `<path class="rule" fill="none" stroke-width="1.2" d="M${decimal(x)} ${y}h${decimal(length)}"/>`,
      `<path class="rule" fill="none" stroke-width=".8" d="${ticks}"/>`,
      textElement('0', { x, y: y + 18, classes: 'note muted middle' }),
      textElement(formatBytes(bytes), { x: x + length, y: y + 18, classes: 'note muted middle' }),
      textElement(note, { x: x + length + 40, y: y + 4, classes: 'note muted' }),
    ].join('\n'),
    reserved: [{ left: x, top: y - 20, right: PAGE.width, bottom: page.height }],
  }
}

function enlargedBelow(list: DisplayList): number {
  return list.plan.enlargedBelowBytes ?? 0
}
