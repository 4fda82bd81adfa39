import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry } from 'three'
import type { Point } from '../../shared/layout/display-list'
import type { LineSegment } from './line-segments'

/** Extent given to lines that border nothing: they never fade. */
const ENDLESS = 1e9

/** One instanced quad a segment, relative to `origin`. Attribute `traits` is look, faces, extent, offset. */
export function lineGeometry(
  segments: readonly LineSegment[],
  origin: Point,
): InstancedBufferGeometry {
  const starts = new Float32Array(segments.length * 3)
  const ends = new Float32Array(segments.length * 3)
  const traits = new Float32Array(segments.length * 4)
  segments.forEach(({ start, end, look, faces, extent, offset }, index) => {
    starts.set([start.x - origin.x, start.y - origin.y, start.z - origin.z], index * 3)
    ends.set([end.x - origin.x, end.y - origin.y, end.z - origin.z], index * 3)
    traits.set([look, faces, Math.min(extent, ENDLESS), offset], index * 4)
  })
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute(
    'position',
    new BufferAttribute(Float32Array.of(0, -1, 1, -1, 1, 1, 0, 1), 2),
  )
  geometry.setIndex([0, 1, 2, 0, 2, 3])
  geometry.setAttribute('start', new InstancedBufferAttribute(starts, 3))
  geometry.setAttribute('end', new InstancedBufferAttribute(ends, 3))
  geometry.setAttribute('traits', new InstancedBufferAttribute(traits, 4))
  geometry.instanceCount = segments.length
  return geometry
}
