import { describe, expect, it } from 'vitest'
import type { Box, Path, Shape } from '../../shared/layout/display-list'
import { themes } from '../../shared/layout/theme'
import { boxGeometry } from './box-geometry'
import { lineGeometry } from './line-geometry'
import { ALWAYS, lineSegments, pathPoints, standingFor } from './line-segments'
import { fillTable, lineTable, lookIndex, paintIndex, srgbChannels } from './palette'

const origin = { x: 100, y: 50, z: 0 }

function box(changes: Partial<Box> = {}): Box {
  return {
    kind: 'box',
    id: 'box',
    storey: 'address-space',
    paint: 'pmem',
    title: 'box',
    style: 'solid',
    ...{ x0: 100, x1: 104, y0: 50, y1: 52, z0: 0, z1: 1 },
    ...changes,
  }
}

function path(changes: Partial<Path> = {}): Path {
  return {
    kind: 'path',
    id: 'path',
    storey: 'address-space',
    paint: 'pmem',
    title: 'path',
    style: 'hairline',
    points: [
      { x: 0, y: 0, z: 0 },
      { x: 3, y: 4, z: 0 },
      { x: 3, y: 4, z: 2 },
    ],
    ...changes,
  }
}

describe('boxGeometry', () => {
  it('has five faces a box, one a sheet, none for what is not there', () => {
    const shapes: Shape[] = [
      box(),
      box({ z1: 0 }),
      box({ style: 'dashed' }),
      box({ style: 'floor', z1: 0 }),
      path(),
    ]
    const faces = (style: 'solid' | 'floor') =>
      (boxGeometry(shapes, origin, { style }).getIndex()?.count ?? 0) / 6
    expect(faces('solid')).toBe(6)
    expect(faces('floor')).toBe(1)
  })

  it('stores corners relative to the origin, and faces that look outwards', () => {
    const geometry = boxGeometry([box()], origin, { style: 'solid' })
    geometry.computeBoundingBox()
    expect(geometry.boundingBox?.min.toArray()).toEqual([0, 0, 0])
    expect(geometry.boundingBox?.max.toArray()).toEqual([4, 2, 1])
    geometry.computeVertexNormals()
    const normals = geometry.getAttribute('normal')
    const sides = geometry.getAttribute('side')
    const outward = [
      [0, 0, 1],
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
    ]
    for (let vertex = 0; vertex < sides.count; vertex++) {
      const normal = [normals.getX(vertex), normals.getY(vertex), normals.getZ(vertex)]
      expect(normal.map((part) => part + 0)).toEqual(outward[sides.getX(vertex)])
    }
  })
})

describe('lineSegments', () => {
  it('outlines a box with twelve edges, each bordered by two faces, and a sheet with four', () => {
    const edges = lineSegments([box()])
    expect(edges).toHaveLength(12)
    const bits = [1, 2, 4, 8, 16, 32]
    for (const bit of bits) {
      expect(edges.filter(({ faces }) => (faces & bit) !== 0)).toHaveLength(4)
    }
    expect(lineSegments([box({ z1: 0 })])).toHaveLength(4)
  })

  it('shows nine of twelve edges from above, as an eye sees a box', () => {
    const seen = 1 | 8 | 16
    expect(lineSegments([box()]).filter(({ faces }) => (faces & seen) !== 0)).toHaveLength(9)
  })

  it('carries dashes on around the corners of a path', () => {
    const segments = lineSegments([path()])
    expect(segments.map(({ offset }) => offset)).toEqual([0, 5])
    expect(segments.every(({ faces }) => faces === ALWAYS)).toBe(true)
  })

  it('follows a curve from its first to its last point', () => {
    const points = [
      { x: 0, y: 0, z: 0 },
      { x: 0, y: 0, z: 3 },
      { x: 6, y: 0, z: 3 },
      { x: 6, y: 0, z: 0 },
    ]
    const curve = pathPoints(path({ points, isCurve: true, style: 'ribbon' }))
    expect(curve.at(0)).toEqual(points[0])
    expect(curve.at(-1)).toEqual(points[3])
    const highest = Math.max(...curve.map(({ z }) => z))
    expect(highest).toBeCloseTo(2.25)
  })

  it('keeps what is not there dashed when it is highlighted', () => {
    const [solid] = lineSegments([box()], 'selected')
    const [dashed] = lineSegments([box({ style: 'dashed' })], 'selected')
    expect(solid?.look).toBe(lookIndex('selected', 'pmem'))
    expect(dashed?.look).toBe(lookIndex('selected-dashed', 'pmem'))
  })

  it('lets boxes and ties stand for an object, and its floor only when it has nothing else', () => {
    const ground = box({ style: 'floor', z1: 0 })
    const tie = path({ style: 'tie' })
    expect(standingFor([ground, box(), path(), tie])).toEqual([box(), tie])
    expect(standingFor([ground])).toEqual([ground])
  })

  it('becomes one instance a segment', () => {
    const segments = lineSegments([box(), path()])
    const geometry = lineGeometry(segments, origin)
    expect(geometry.instanceCount).toBe(14)
    expect(geometry.getAttribute('traits').count).toBe(14)
  })
})

describe('the palette', () => {
  it('holds exactly the colours of the theme for every paint', () => {
    for (const theme of [themes.light, themes.dark]) {
      const fills = fillTable(theme)
      for (const [id, paint] of Object.entries(theme.paints)) {
        const row = paintIndex(id as keyof typeof theme.paints) * 12
        const hex = (at: number) =>
          `#${[0, 1, 2]
            .map((channel) => Math.round((fills[at + channel] ?? 0) * 255))
            .map((value) => value.toString(16).padStart(2, '0'))
            .join('')}`.toUpperCase()
        expect([hex(row), hex(row + 4), hex(row + 8)]).toEqual([
          paint.fill,
          paint.side,
          paint.front,
        ])
      }
    }
  })

  it('has a colour and a width for every look of every paint', () => {
    const lines = lineTable(themes.light)
    const row = lookIndex('ribbon', 'struct-page') * 8
    const [red, green, blue] = srgbChannels(themes.light.ribbon)
    expect([...lines.slice(row, row + 3)]).toEqual([red, green, blue].map(Math.fround))
    expect(lines[row + 4]).toBeGreaterThan(0)
    expect(lines).toHaveLength((lookIndex('hovered-dashed', 'system-ram') + 1) * 8)
  })
})
