import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountMemmap } from '../memmap/account'
import type { Topology } from '../model/topology'
import { GIB, MIB } from '../model/units'
import type { Box, DisplayList } from './display-list'
import { layOut } from './lay-out'
import { emptyTopology } from '../model/testing/empty-topology'
import { twoSocketMachine } from './testing/machines'
import { randomMachine } from './testing/random-machine'

const draw = (topology: Topology) => layOut(topology, accountMemmap(topology))
const boxesOf = (list: DisplayList) => list.shapes.filter((shape) => shape.kind === 'box')

function overlap(a: Box, b: Box): boolean {
  const inside = (low: number, high: number) => high - low > 1e-9
  return (
    inside(Math.max(a.x0, b.x0), Math.min(a.x1, b.x1)) &&
    inside(Math.max(a.y0, b.y0), Math.min(a.y1, b.y1)) &&
    (inside(Math.max(a.z0, b.z0), Math.min(a.z1, b.z1)) ||
      (a.z0 === a.z1 && b.z0 === b.z1 && a.z0 === b.z0))
  )
}

test('no two boxes of a drawing overlap, and their ids are unique', () => {
  fc.assert(
    fc.property(randomMachine, (topology) => {
      const boxes = boxesOf(draw(topology))
      const pairs = boxes.flatMap((box, index) =>
        boxes.slice(index + 1).flatMap((other) => (overlap(box, other) ? [[box, other]] : [])),
      )
      expect(pairs).toEqual([])
      const { shapes } = draw(topology)
      expect(new Set(shapes.map(({ id }) => id)).size).toBe(shapes.length)
    }),
    { numRuns: 60 },
  )
})

test('everything that holds memory is in the drawing, and every coordinate is finite', () => {
  fc.assert(
    fc.property(randomMachine, (topology) => {
      const list = draw(topology)
      const drawn = new Set(list.shapes.map((shape) => shape.objectId))
      const wanted = [
        ...topology.nodes.filter((node) => (node.memoryBytes ?? 0) > 0),
        ...topology.regions,
        ...topology.namespaces,
        ...topology.daxDevices,
        ...topology.dimms,
        ...topology.nvdimms,
        ...topology.cxlMemdevs,
        ...topology.cxlRegions.filter(
          ({ id }) => !topology.daxDevices.some(({ cxlRegionId }) => cxlRegionId === id),
        ),
      ]
      expect(wanted.map(({ id }) => id).filter((id) => !drawn.has(id))).toEqual([])
      const { min, max } = list.bounds
      for (const value of [min.x, min.y, min.z, max.x, max.y, max.z]) {
        expect(Number.isFinite(value)).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('the same topology gives the same drawing', () => {
  expect(draw(twoSocketMachine())).toEqual(draw(twoSocketMachine()))
})

test('lengths along x are to scale, within what thin neighbours needed', () => {
  const list = draw(twoSocketMachine())
  const { squareBytes, rows } = list.plan
  for (const strip of rows.flatMap((row) => row.strips)) {
    expect(strip.x1 - strip.x0).toBeCloseTo((strip.end - strip.start) / squareBytes, 9)
  }
  const data = list.shapes.find((shape) => shape.id === 'address-space/namespace0.1/data')
  if (data?.kind !== 'box') throw new Error('namespace0.1 is not drawn')
  const exact = (256 * GIB - 2 * MIB) / squareBytes
  expect(Math.abs(data.x1 - data.x0 - exact)).toBeLessThan(exact * 0.03)
  expect(list.plan.hasEnlarged).toBe(true)
})

test('a slab is as high as what is resident of its struct pages', () => {
  const boxes = new Map(boxesOf(draw(twoSocketMachine())).map((box) => [box.id, box]))
  const height = (id: string) => {
    const box = boxes.get(id)
    return box === undefined ? undefined : box.z1 - box.z0
  }
  const full = height('struct-pages/memmap:namespace0.0') ?? NaN
  const hollowed =
    height('struct-pages/memmap:dax0.1') ?? height('struct-pages/memmap:namespace0.1')
  expect(hollowed).toBeCloseTo(full / 4, 1)
  expect(boxes.get('struct-pages/namespace0.2/data')?.style).toBe('dashed')
})

test('ribbons end where the bytes lie: in the RAM of the node, or on the device', () => {
  const list = draw(twoSocketMachine())
  const ends = list.shapes.flatMap((shape) =>
    shape.kind === 'path' && shape.style === 'ribbon'
      ? [[shape.objectId, shape.points.at(-1)]]
      : [],
  )
  expect(ends.map(([owner]) => owner).sort()).toEqual([
    'namespace0.0',
    'namespace0.1',
    'namespace1.0',
    'namespace1.1',
  ])
  const boxes = boxesOf(list).filter(
    (box) => box.storey === 'address-space' && box.paint === 'struct-page',
  )
  for (const [, end] of ends) {
    if (end === undefined || typeof end === 'string') throw new Error('a ribbon without end')
    const hit = boxes.filter(
      (box) => end.x > box.x0 && end.x < box.x1 && end.y > box.y0 && end.y < box.y1,
    )
    expect(hit).toHaveLength(1)
  }
})

test('an input without memory gives a drawing without storeys', () => {
  const list = draw(emptyTopology())
  expect(list.storeys).toEqual([])
  expect(list.bounds.max).toEqual({ x: 0, y: 0, z: 0 })
})

test('heading says what is known and leaves out what is not', () => {
  expect(draw(twoSocketMachine()).subtitle).toBe(
    '384 GiB DRAM · 1.5 TiB PMEM · Linux 6.12 · 4 KiB pages',
  )
  expect(draw(emptyTopology()).subtitle).toBe('')
})
