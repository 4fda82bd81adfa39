import { DataTexture, FloatType, NearestFilter, RGBAFormat } from 'three'
import type { PaintId } from '../../shared/layout/display-list'
import { FLOOR_OPACITY, type Theme } from '../../shared/layout/theme'

/** How a line is drawn: outlines, lines on and between shapes, and highlights. */
export type LineLook =
  | 'edge'
  | 'dashed'
  | 'floor'
  | 'hairline'
  | 'tie'
  | 'ribbon'
  | 'selected'
  | 'selected-dashed'
  | 'hovered'
  | 'hovered-dashed'

const PAINTS: readonly PaintId[] = [
  'floor',
  'cpu',
  'dram',
  'dram-offline',
  'pmem',
  'pmem-unused',
  'cxl',
  'hbm',
  'gpu',
  'reserved',
  'info-block',
  'struct-page',
  'struct-page-full',
  'dimm',
  'nvdimm',
  'cxl-memdev',
  'empty-slot',
  'system-ram',
]

const LOOKS: readonly LineLook[] = [
  'edge',
  'dashed',
  'floor',
  'hairline',
  'tie',
  'ribbon',
  'selected',
  'selected-dashed',
  'hovered',
  'hovered-dashed',
]

/** Widths and dashes in CSS pixels; `lift` is how many pixels a line lies in front of what it is drawn on. */
interface Stroke {
  readonly width: number
  readonly dash: number
  readonly gap: number
  readonly lift: number
  readonly opacity: number
}

const STROKES: Readonly<Record<LineLook, Stroke>> = {
  edge: { width: 1, dash: 0, gap: 0, lift: 3, opacity: 1 },
  dashed: { width: 1, dash: 3, gap: 3, lift: 3, opacity: 0.75 },
  floor: { width: 1, dash: 0, gap: 0, lift: 1, opacity: 1 },
  hairline: { width: 0.8, dash: 0, gap: 0, lift: 2, opacity: 0.7 },
  tie: { width: 0.8, dash: 2, gap: 4, lift: 0, opacity: 0.45 },
  ribbon: { width: 1.5, dash: 0, gap: 0, lift: 2, opacity: 1 },
  selected: { width: 2.5, dash: 0, gap: 0, lift: 4, opacity: 1 },
  'selected-dashed': { width: 1.3, dash: 3, gap: 3, lift: 4, opacity: 1 },
  hovered: { width: 2, dash: 0, gap: 0, lift: 4, opacity: 1 },
  'hovered-dashed': { width: 1.3, dash: 3, gap: 3, lift: 4, opacity: 1 },
}

/** Row of a paint in the table of fills. */
export const paintIndex = (paint: PaintId) => PAINTS.indexOf(paint)

/** Row of a line in the table of lines. */
export const lookIndex = (look: LineLook, paint: PaintId) =>
  LOOKS.indexOf(look) * PAINTS.length + paintIndex(paint)

/** sRGB channels 0 to 1 of `#RRGGBB`, unconverted: the shaders write them as they are. */
export function srgbChannels(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1, 7), 16)
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

function lineColor(look: LineLook, paint: PaintId, theme: Theme): string {
  switch (look) {
    case 'edge':
    case 'floor':
      return theme.paints[paint].edge
    case 'dashed':
      return theme.muted
    case 'hairline':
      return theme.hairline
    case 'tie':
      return theme.tie
    case 'ribbon':
      return theme.ribbon
    case 'selected':
    case 'selected-dashed':
      return theme.selection
    case 'hovered':
    case 'hovered-dashed':
      return theme.hover
  }
}

/** RGBA of top, ±x and ±y faces, a row for each paint. */
export function fillTable(theme: Theme): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    PAINTS.flatMap((id) => {
      const { fill, side, front } = theme.paints[id]
      const opacity = id === 'floor' ? FLOOR_OPACITY : 1
      return [fill, side, front].flatMap((color) => [...srgbChannels(color), opacity])
    }),
  )
}

/** RGBA, then width, dash, gap and lift, a row for each line look and paint. */
export function lineTable(theme: Theme): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    LOOKS.flatMap((look) =>
      PAINTS.flatMap((paint) => {
        const { width, dash, gap, lift, opacity } = STROKES[look]
        return [...srgbChannels(lineColor(look, paint, theme)), opacity, width, dash, gap, lift]
      }),
    ),
  )
}

function tableTexture(data: Float32Array<ArrayBuffer>, columns: number): DataTexture {
  const rows = data.length / 4 / columns
  const texture = new DataTexture(data, columns, rows, RGBAFormat, FloatType)
  texture.minFilter = NearestFilter
  texture.magFilter = NearestFilter
  texture.needsUpdate = true
  return texture
}

/** The colours of a theme as textures: another theme is another palette, geometry stays. */
export class Palette {
  readonly fills: DataTexture
  readonly lines: DataTexture

  constructor(theme: Theme) {
    this.fills = tableTexture(fillTable(theme), 3)
    this.lines = tableTexture(lineTable(theme), 2)
  }

  apply(theme: Theme): void {
    const tables = [
      [this.fills, fillTable(theme)],
      [this.lines, lineTable(theme)],
    ] as const
    for (const [texture, table] of tables) {
      texture.image.data?.set(table)
      texture.needsUpdate = true
    }
  }

  dispose(): void {
    this.fills.dispose()
    this.lines.dispose()
  }
}
