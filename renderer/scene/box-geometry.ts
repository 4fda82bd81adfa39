import { BufferAttribute, BufferGeometry } from 'three'
import type { Box, Point, Shape } from '../../shared/layout/display-list'
import { paintIndex } from './palette'

/** Corners of each drawn face, counter-clockwise seen from outside, as (x, y, z) choices of 0 or 1; the floor side is never seen. */
const FACES = [
  { side: 0, corners: [0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1] },
  { side: 1, corners: [1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1] },
  { side: 2, corners: [0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1] },
  { side: 3, corners: [1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1] },
  { side: 4, corners: [0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1] },
] as const

const isFilled = (shape: Shape): shape is Box => shape.kind === 'box' && shape.style !== 'dashed'

/**
 * All boxes of one kind merged into one geometry, relative to `origin`. Attribute `paint` is the row of the palette, `side` 0 top,
 * 1 +x, 2 −x, 3 +y, 4 −y. Sheets (`z0 === z1`) have a top only.
 */
export function boxGeometry(
  shapes: readonly Shape[],
  origin: Point,
  options: { readonly style: 'solid' | 'floor' },
): BufferGeometry {
  const positions: number[] = []
  const paints: number[] = []
  const sides: number[] = []
  const indices: number[] = []
  const boxes = shapes.filter(isFilled).filter((box) => box.style === options.style)
  // Floors are glass and painted one over the other: lower storeys first.
  if (options.style === 'floor') boxes.sort((a, b) => a.z0 - b.z0)
  for (const box of boxes) {
    const low = [box.x0 - origin.x, box.y0 - origin.y, box.z0 - origin.z] as const
    const high = [box.x1 - origin.x, box.y1 - origin.y, box.z1 - origin.z] as const
    const paint = paintIndex(box.paint)
    for (const { side, corners } of FACES) {
      if (side !== 0 && box.z0 === box.z1) continue
      const first = paints.length
      corners.forEach((isHigh, index) => {
        const axis = (index % 3) as 0 | 1 | 2
        positions.push(isHigh === 1 ? high[axis] : low[axis])
      })
      for (let corner = 0; corner < 4; corner++) {
        paints.push(paint)
        sides.push(side)
      }
      indices.push(first, first + 1, first + 2, first, first + 2, first + 3)
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3))
  geometry.setAttribute('paint', new BufferAttribute(Float32Array.from(paints), 1))
  geometry.setAttribute('side', new BufferAttribute(Float32Array.from(sides), 1))
  geometry.setIndex(new BufferAttribute(Uint32Array.from(indices), 1))
  return geometry
}
