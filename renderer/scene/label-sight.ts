import type { DisplayList, Label, Shape } from '../../shared/layout/display-list'
import { outlineOf } from '../../shared/layout/outline'
import { pick } from '../../shared/layout/pick'
import { project, unproject, type View } from '../../shared/layout/projection'

const NEAR = 1e-6

function holds(shape: Shape, { anchor }: Label): boolean {
  if (shape.kind !== 'box') return false
  const { x, y, z } = anchor
  return (
    x >= shape.x0 - NEAR &&
    x <= shape.x1 + NEAR &&
    y >= shape.y0 - NEAR &&
    y <= shape.y1 + NEAR &&
    z >= shape.z0 - NEAR &&
    z <= shape.z1 + NEAR
  )
}

/**
 * Whether a label's anchor can be seen: no solid box of the drawing and no floor of a higher storey lies in front of it. A label that
 * points at something hidden would be read as belonging to what hides it.
 */
export function isAnchorSeen(label: Label, list: DisplayList, view: View): boolean {
  const at = project(label.anchor, view)
  const isVeiled = list.shapes.some((shape) => {
    if (shape.kind !== 'box' || shape.style !== 'floor') return false
    if (shape.z0 <= label.anchor.z + NEAR) return false
    const point = unproject(at, shape.z0, view)
    if (point === undefined) return false
    return point.x > shape.x0 && point.x < shape.x1 && point.y > shape.y0 && point.y < shape.y1
  })
  if (isVeiled) return false
  const seen = pick(list, at, view)
  if (seen?.kind !== 'box' || seen.style !== 'solid') return true
  return holds(seen, label) || (label.objectId !== undefined && seen.objectId === label.objectId)
}

/** Plan units of width and height on the screen of the box that a label stands on; undefined when it stands on none. */
export function roomOnBox(
  label: Label,
  list: DisplayList,
  view: View,
): { readonly width: number; readonly height: number } | undefined {
  const box = list.shapes.find((shape) => shape.style === 'solid' && holds(shape, label))
  if (box?.kind !== 'box') return undefined
  // The top alone: text over an edge cannot be read.
  const outline = outlineOf({ ...box, z0: box.z1 }, view)
  const us = outline.map(({ u }) => u)
  const vs = outline.map(({ v }) => v)
  return { width: Math.max(...us) - Math.min(...us), height: Math.max(...vs) - Math.min(...vs) }
}
