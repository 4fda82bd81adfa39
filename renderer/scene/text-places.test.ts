import { describe, expect, it } from 'vitest'
import type { Box, DisplayList, Label, Storey } from '../../shared/layout/display-list'
import { DEFAULT_VIEW } from '../../shared/layout/projection'
import { placeCaptions } from './captions'
import { fitRect, screenRect } from './fit'
import { isAnchorSeen, roomOnBox } from './label-sight'

const size = { width: 1200, height: 800 }
const storeys: readonly Storey[] = [
  { id: 'hardware', title: 'Hardware', subtitle: 'below', z: 0 },
  { id: 'address-space', title: 'Address space', subtitle: 'above', z: 6 },
]

function floor(storey: Storey): Box {
  return {
    kind: 'box',
    id: `${storey.id}/floor`,
    storey: storey.id,
    paint: 'floor',
    title: storey.title,
    style: 'floor',
    ...{ x0: 0, x1: 12, y0: 0, y1: 3, z0: storey.z, z1: storey.z },
  }
}

function solid(storey: Storey, x0: number): Box {
  const { z } = storey
  return {
    ...floor(storey),
    id: `${storey.id}/${x0}`,
    paint: 'pmem',
    style: 'solid',
    ...{ x0, x1: x0 + 2, y0: 1, y1: 2, z1: z + 1 },
  }
}

const list: DisplayList = {
  title: 'two storeys',
  subtitle: '',
  headline: { caption: '', value: '', detail: '' },
  plan: { squareBytes: 1, scaleBar: { bytes: 1, parts: 1 }, hasEnlarged: false, rows: [] },
  storeys,
  shapes: storeys.flatMap((storey) => [floor(storey), solid(storey, 2), solid(storey, 8)]),
  labels: [],
  legend: [],
  bounds: { min: { x: 0, y: 0, z: 0 }, max: { x: 12, y: 3, z: 7 } },
}

function fitted(view: { azimuth: number; elevation: number }) {
  const rect = screenRect(list.shapes, view)
  if (rect === undefined) throw new Error('an empty list')
  return fitRect(rect, view, { size, margins: { left: 200, right: 50, top: 50, bottom: 50 } })
}

describe('placeCaptions', () => {
  const options = { size, measure: () => 120 }

  it('stands left of the drawing, higher storeys above', () => {
    const [above, below] = placeCaptions(list, fitted(DEFAULT_VIEW), options)
    expect([above?.storey.id, below?.storey.id]).toEqual(['address-space', 'hardware'])
    expect(above?.y).toBeLessThan(below?.y ?? 0)
    expect(above?.box.right).toBeLessThan(200)
  })

  it('names only the storey on top in plan view, where all lie over each other', () => {
    const placed = placeCaptions(list, fitted({ azimuth: 0, elevation: 90 }), options)
    expect(placed.map(({ storey }) => storey.id)).toEqual(['address-space'])
  })

  it('stays in sight on its floor when the left end is out of sight', () => {
    const near = { ...fitted(DEFAULT_VIEW), pixelsPerUnit: 300 }
    for (const { box } of placeCaptions(list, near, options)) {
      expect(box.left).toBeGreaterThanOrEqual(0)
      expect(box.bottom).toBeLessThan(size.height)
    }
  })
})

describe('isAnchorSeen', () => {
  const label = (storey: Storey, x: number): Label => ({
    id: 'label',
    storey: storey.id,
    anchor: { x, y: 1.5, z: storey.z + 1 },
    title: 'label',
    priority: 1,
    placement: 'leader',
  })
  const [hardware, addressSpace] = storeys
  if (hardware === undefined || addressSpace === undefined) throw new Error('two storeys')

  it('is true where nothing lies before it', () => {
    expect(isAnchorSeen(label(hardware, 3), list, DEFAULT_VIEW)).toBe(true)
    expect(isAnchorSeen(label(addressSpace, 3), list, { azimuth: 0, elevation: 90 })).toBe(true)
  })

  it('is false below a higher floor, and behind a box', () => {
    expect(isAnchorSeen(label(hardware, 3), list, { azimuth: 0, elevation: 90 })).toBe(false)
    const behind: Label = { ...label(hardware, 3), anchor: { x: 3, y: 2.9, z: 0 } }
    expect(isAnchorSeen(behind, list, { azimuth: 0, elevation: 20 })).toBe(false)
  })
})

describe('roomOnBox', () => {
  it('is the extent of the top of the box that holds the label', () => {
    const [hardware] = storeys
    if (hardware === undefined) throw new Error('no storey')
    const label: Label = {
      id: 'cpu',
      storey: 'hardware',
      anchor: { x: 3, y: 1.5, z: 1 },
      title: 'CPU',
      priority: 1,
      placement: 'inside',
    }
    const room = roomOnBox(label, list, { azimuth: 0, elevation: 90 })
    expect(room?.width).toBeCloseTo(2)
    expect(room?.height).toBeCloseTo(1)
    const nowhere = { ...label, anchor: { x: 6, y: 1.5, z: 1 } }
    expect(roomOnBox(nowhere, list, DEFAULT_VIEW)).toBe(undefined)
  })
})
