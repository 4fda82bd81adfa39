import { shade, type Color } from './color'
import type { PaintId } from './display-list'

export type ThemeName = 'light' | 'dark' | 'print'

/** How one paint looks. `front` and `side` are the darker faces of a box: across y, and across x. */
export interface Paint {
  readonly fill: Color
  readonly front: Color
  readonly side: Color
  readonly edge: Color
}

export interface Theme {
  readonly name: ThemeName
  readonly background: Color
  /** Text and leaders. */
  readonly ink: Color
  /** Secondary text. */
  readonly muted: Color
  /** Lines on shapes (`hairline`), between storeys (`tie`), and to the place of the bytes (`ribbon`). */
  readonly hairline: Color
  readonly tie: Color
  readonly ribbon: Color
  /** Outline of what is selected or pointed at. */
  readonly selection: Color
  readonly hover: Color
  readonly paints: Readonly<Record<PaintId, Paint>>
}

/** Opacity of a floor over what lies below it, in every theme. */
export const FLOOR_OPACITY = 0.72

/** Sides are two fixed shades darker than the top, for every paint and theme. */
const FRONT_SHADE = 0.86
const SIDE_SHADE = 0.74

type Fills = Readonly<Record<PaintId, Color>>

function paintsOf(fills: Fills, edges: { edge: Color; floor: Color; quiet: Color }) {
  const edgeOf = (id: PaintId) => {
    if (id === 'floor') return edges.floor
    return id === 'empty-slot' || id === 'reserved' ? edges.quiet : edges.edge
  }
  const paint = (id: PaintId, fill: Color): Paint => ({
    fill,
    front: shade(fill, FRONT_SHADE),
    side: shade(fill, SIDE_SHADE),
    edge: edgeOf(id),
  })
  return {
    floor: paint('floor', fills.floor),
    cpu: paint('cpu', fills.cpu),
    dram: paint('dram', fills.dram),
    'dram-offline': paint('dram-offline', fills['dram-offline']),
    pmem: paint('pmem', fills.pmem),
    'pmem-unused': paint('pmem-unused', fills['pmem-unused']),
    cxl: paint('cxl', fills.cxl),
    hbm: paint('hbm', fills.hbm),
    gpu: paint('gpu', fills.gpu),
    reserved: paint('reserved', fills.reserved),
    'info-block': paint('info-block', fills['info-block']),
    'struct-page': paint('struct-page', fills['struct-page']),
    'struct-page-full': paint('struct-page-full', fills['struct-page-full']),
    dimm: paint('dimm', fills.dimm),
    nvdimm: paint('nvdimm', fills.nvdimm),
    'cxl-memdev': paint('cxl-memdev', fills['cxl-memdev']),
    'empty-slot': paint('empty-slot', fills['empty-slot']),
    'system-ram': paint('system-ram', fills['system-ram']),
  }
}

/** Ink on paper. */
const light: Theme = {
  name: 'light',
  background: '#FBFAF6',
  ink: '#1F2A37',
  muted: '#626C79',
  hairline: '#7A8492',
  tie: '#7A8492',
  ribbon: '#E8B400',
  selection: '#0B5FD0',
  hover: '#1F2A37',
  paints: paintsOf(
    {
      floor: '#FFFFFF',
      cpu: '#E9E5DA',
      dram: '#DCE6EE',
      'dram-offline': '#F1F0EB',
      pmem: '#E7E1F0',
      'pmem-unused': '#ECE9E2',
      cxl: '#D8EBE6',
      hbm: '#F3DDD3',
      gpu: '#E3ECD2',
      reserved: '#DEDBD4',
      'info-block': '#B9A6D6',
      'struct-page': '#E8B400',
      'struct-page-full': '#FBFAF6',
      dimm: '#CFE0D2',
      nvdimm: '#D9CBEA',
      'cxl-memdev': '#BFE0D8',
      'empty-slot': '#FBFAF6',
      'system-ram': '#CBD5EC',
    },
    { edge: '#1F2A37', floor: '#C9CDD2', quiet: '#7A8492' },
  ),
}

/** A blueprint. */
const dark: Theme = {
  name: 'dark',
  background: '#0F2233',
  ink: '#E6EEF5',
  muted: '#8FA6BA',
  hairline: '#8FA6BA',
  tie: '#8FA6BA',
  ribbon: '#FFD028',
  selection: '#6FC3FF',
  hover: '#FFFFFF',
  paints: paintsOf(
    {
      floor: '#132B40',
      cpu: '#203B52',
      dram: '#1C4563',
      'dram-offline': '#182C3E',
      pmem: '#3A3566',
      'pmem-unused': '#1A3146',
      cxl: '#1F5150',
      hbm: '#57342F',
      gpu: '#3C4A2A',
      reserved: '#25384A',
      'info-block': '#6C5BA8',
      'struct-page': '#FFD028',
      'struct-page-full': '#0F2233',
      dimm: '#23544B',
      nvdimm: '#453C78',
      'cxl-memdev': '#2A6562',
      'empty-slot': '#0F2233',
      'system-ram': '#2F4C86',
    },
    { edge: '#E6EEF5', floor: '#35506A', quiet: '#8FA6BA' },
  ),
}

/** White paper; the paints differ in lightness so that they survive greyscale. */
const print: Theme = {
  name: 'print',
  background: '#FFFFFF',
  ink: '#000000',
  muted: '#4A4A4A',
  hairline: '#6B6B6B',
  tie: '#8A8A8A',
  ribbon: '#B88A00',
  selection: '#000000',
  hover: '#000000',
  paints: paintsOf(
    {
      floor: '#FFFFFF',
      cpu: '#E4E4E0',
      dram: '#E6EEF4',
      'dram-offline': '#FFFFFF',
      pmem: '#CDC0DE',
      'pmem-unused': '#F7F6F3',
      cxl: '#BFD8D1',
      hbm: '#E7C4B4',
      gpu: '#CCD9B2',
      reserved: '#C9C9C9',
      'info-block': '#7F68A6',
      'struct-page': '#DDA600',
      'struct-page-full': '#FFFFFF',
      dimm: '#C3D6C7',
      nvdimm: '#B7A4D0',
      'cxl-memdev': '#A5C8BF',
      'empty-slot': '#FFFFFF',
      'system-ram': '#A9B9DD',
    },
    { edge: '#000000', floor: '#B5B5B5', quiet: '#6B6B6B' },
  ),
}

export const themes: Readonly<Record<ThemeName, Theme>> = { light, dark, print }
