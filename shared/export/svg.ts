import type { DisplayList } from '../layout/display-list'
import { mostImportant, placeLabels, type PlacedLabel, type TextRole } from '../layout/labels'
import { curvePoints, outlineOf } from '../layout/outline'
import { paintOrder } from '../layout/painter'
import { isHidden } from '../layout/pick'
import { DEFAULT_VIEW, type View } from '../layout/projection'
import { PAGE, pageOf, type Page } from './svg-page'
import { shapeElement } from './svg-shapes'
import { styleOf, type SvgTheme } from './svg-style'
import {
  headingBlock,
  legendBlock,
  scaleBlock,
  storeyBlock,
  textElement,
  type TextBlock,
} from './svg-text'
import { textWidth } from './text-width'
import { createIds, decimal, xmlText } from './xml'

export interface SvgOptions {
  /** `auto` follows the reader's preference for light or dark. */
  readonly theme: SvgTheme
  readonly view?: View
  /** Width of the document in CSS pixels; the height follows. */
  readonly width?: number
}

/**
 * Writes a drawing as one self-contained SVG document: real text, ids and titles for every shape, no scripts, nothing
 * fetched. The same list and options give the same bytes.
 */
export function exportSvg(list: DisplayList, options: SvgOptions): string {
  const page = pageOf(list, options.view ?? DEFAULT_VIEW)
  const ids = createIds()
  const blocks = [
    headingBlock(list),
    legendBlock(list.legend),
    storeyBlock(list, page),
    ...(hasMemory(list) ? [scaleBlock(list, page)] : []),
  ]
  const shapes = paintOrder(list, page.view).map((shape) =>
    shapeElement(shape, page, ids(shape.id)),
  )
  const width = options.width ?? page.width
  const height = (width * page.height) / page.width
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${page.width} ${page.height}" width="${decimal(width)}" height="${decimal(height)}" role="img">`,
    `<title>${xmlText(list.title)}</title>`,
    `<desc>${xmlText(description(list), 400)}</desc>`,
    `<style>${styleOf(options.theme)}</style>`,
    `<path class="page" d="M0 0H${page.width}V${page.height}H0Z"/>`,
    '<g id="drawing">',
    ...shapes,
    '</g>',
    '<g id="text">',
    ...blocks.map((block) => block.markup),
    '</g>',
    '<g id="labels">',
    ...labelElements(list, page, blocks),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** False where only hardware is known: there is nothing to scale. */
function hasMemory({ plan }: DisplayList): boolean {
  return plan.rows.some(({ strips }) => strips.length > 0)
}

function description(list: DisplayList): string {
  const { headline, subtitle } = list
  const struct =
    headline === undefined ? '' : ` ${headline.caption}: ${headline.value} (${headline.detail}).`
  return `${subtitle === '' ? '' : `${subtitle}.`}${struct} Memory to scale from left to right.`.trim()
}

function labelElements(
  list: DisplayList,
  page: Page,
  blocks: readonly TextBlock[],
): readonly string[] {
  const obstacles = list.shapes.flatMap((shape) =>
    shape.kind === 'box' && shape.style !== 'floor'
      ? [
          outlineOf(shape, page.view).map((point) => ({
            u: point.u * page.scale + page.shift.u,
            v: point.v * page.scale + page.shift.v,
          })),
        ]
      : [],
  )
  const placed = placeLabels(
    mostImportant(list.labels, (label) => label)
      .filter((label) => !isHidden(list, label.anchor, page.view))
      .map((label) => ({ label, at: page.toPage(label.anchor) })),
    {
      viewport: { left: PAGE.left - 80, top: 40, right: page.width - 24, bottom: page.height - 20 },
      measure,
      obstacles,
      lines: list.shapes.flatMap((shape) =>
        shape.kind === 'path' && shape.style === 'ribbon'
          ? [curvePoints(shape.points).map(page.toPage)]
          : [],
      ),
      reserved: blocks.flatMap((block) => block.reserved),
    },
  )
  return placed.map(labelElement)
}

function measure(text: string, role: TextRole): number {
  return role === 'title' ? textWidth(text, 'mono', 12.5) : textWidth(text, 'sans', 12)
}

const ALIGN_CLASS = { start: '', middle: ' middle', end: ' end' } as const

function labelElement(placed: PlacedLabel): string {
  const { label, dot, leader, x } = placed
  const align = ALIGN_CLASS[placed.align]
  if (leader === undefined) {
    return textElement(label.title, { x, y: placed.titleBaseline, classes: `inside muted${align}` })
  }
  const parts = [
    `<path class="leader" d="M${decimal(leader.from.u)} ${decimal(leader.from.v)}L${decimal(leader.to.u)} ${decimal(leader.to.v)}"/>`,
    `<circle class="ink" cx="${decimal(dot.u)}" cy="${decimal(dot.v)}" r="1.6"/>`,
    textElement(label.title, { x, y: placed.titleBaseline, classes: `name ink halo${align}` }),
  ]
  if (label.detail !== undefined && placed.detailBaseline !== undefined) {
    parts.push(
      textElement(label.detail, {
        x,
        y: placed.detailBaseline,
        classes: `detail muted halo${align}`,
      }),
    )
  }
  return parts.join('')
}
