import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountMemmap } from '../memmap/account'
import type { Topology } from '../model/topology'
import { GIB } from '../model/units'
import { layOut } from './lay-out'
import { canMorph, morphed } from './morph'
import { twoSocketMachine } from './testing/machines'
import { randomMachine } from './testing/random-machine'

const draw = (topology: Topology) => layOut(topology, accountMemmap(topology))

/** The same machine with one namespace's struct pages where the other map would put them. */
function remapped(topology: Topology): Topology {
  return {
    ...topology,
    namespaces: topology.namespaces.map((item) =>
      item.map === 'dev' ? { ...item, map: 'mem' as const } : item,
    ),
  }
}

test('a drawing begins as what it was and ends as what it will be', () => {
  const from = draw(twoSocketMachine())
  const to = draw(remapped(twoSocketMachine()))
  expect(canMorph(from, to)).toBe(true)
  expect(morphed(from, to, 1)).toBe(to)
  const start = new Map(morphed(from, to, 0).shapes.map((shape) => [shape.id, shape]))
  for (const shape of from.shapes) {
    const moved = start.get(shape.id)
    if (shape.kind !== 'box' || moved?.kind !== 'box') continue
    expect([moved.x0, moved.x1, moved.z0, moved.z1]).toEqual([
      shape.x0,
      shape.x1,
      shape.z0,
      shape.z1,
    ])
  }
})

test('halfway, every coordinate is finite and lies between the two', () => {
  fc.assert(
    fc.property(randomMachine, fc.double({ min: 0, max: 1, noNaN: true }), (topology, part) => {
      const from = draw(topology)
      const to = draw(remapped(topology))
      const before = new Map(from.shapes.map((shape) => [shape.id, shape]))
      for (const [index, shape] of morphed(from, to, part).shapes.entries()) {
        const start = before.get(shape.id)
        const end = to.shapes[index]
        if (shape.kind !== 'box' || start?.kind !== 'box' || end?.kind !== 'box') continue
        expect(shape.z1).toBeGreaterThanOrEqual(Math.min(start.z1, end.z1) - 1e-9)
        expect(shape.z1).toBeLessThanOrEqual(Math.max(start.z1, end.z1) + 1e-9)
      }
    }),
    { numRuns: 40 },
  )
})

test('another machine appears at once', () => {
  const from = draw(twoSocketMachine())
  const other = twoSocketMachine()
  const larger = {
    ...other,
    regions: other.regions.map((region) => ({ ...region, sizeBytes: 4096 * GIB })),
  }
  expect(canMorph(from, draw(larger))).toBe(false)
})
