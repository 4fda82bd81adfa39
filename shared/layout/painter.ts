import type { DisplayList, Path, Shape } from './display-list'
import { sight } from './outline'
import { project, type View } from './projection'

/** Closer than this counts as touching. */
const TOUCH = 1e-7

interface Item {
  readonly shape: Shape
  readonly low: readonly [number, number, number]
  readonly high: readonly [number, number, number]
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * All shapes, farthest first, so that painting one over the other gives what an eye above the drawing sees; for every
 * azimuth, and elevations above 0 up to 90. Storeys are painted upwards. Lines that run from storey to storey at a slant
 * come after all of the lower storey, whose tops they touch.
 */
export function paintOrder(list: DisplayList, view: View): readonly Shape[] {
  const floors = [...list.storeys].sort((a, b) => a.z - b.z).map((storey) => storey.z)
  const layers = new Map<number, { items: Item[]; slanted: Path[] }>()
  for (const shape of list.shapes) {
    const item = itemOf(shape, view)
    const index = layerOf(item, floors)
    const layer = layers.get(index) ?? { items: [], slanted: [] }
    if (shape.kind === 'path' && isSlanted(shape)) layer.slanted.push(shape)
    else layer.items.push(item)
    layers.set(index, layer)
  }
  return [...layers.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, layer]) => [...sortLayer(layer.items, view), ...layer.slanted])
}

/** Floors lie a little under their storey's z; half the way down to the storey below is near enough to be its own. */
function layerOf(item: Item, floors: readonly number[]): number {
  const z = item.low[2]
  let index = 0
  for (const [candidate, floor] of floors.entries()) {
    const below = floors[candidate - 1]
    const reach = below === undefined ? Infinity : (floor - below) * 0.1
    if (z >= floor - reach) index = candidate
  }
  return index
}

function isSlanted(path: Path): boolean {
  if (path.isCurve === true) return true
  return path.style === 'tie' && path.points.some((point) => differs(point, path.points[0]))
}

function differs(
  point: { readonly x: number; readonly y: number },
  first: { readonly x: number; readonly y: number } | undefined,
): boolean {
  return first !== undefined && (point.x !== first.x || point.y !== first.y)
}

function itemOf(shape: Shape, view: View): Item {
  const points =
    shape.kind === 'path'
      ? shape.points
      : [shape.x0, shape.x1].flatMap((x) =>
          [shape.y0, shape.y1].flatMap((y) => [shape.z0, shape.z1].map((z) => ({ x, y, z }))),
        )
  const seen = points.map((point) => project(point, view))
  const us = seen.map(({ u }) => u)
  const vs = seen.map(({ v }) => v)
  const axis = (pick: (point: { x: number; y: number; z: number }) => number) => points.map(pick)
  const xs = axis(({ x }) => x)
  const ys = axis(({ y }) => y)
  const zs = axis(({ z }) => z)
  return {
    shape,
    low: [Math.min(...xs), Math.min(...ys), Math.min(...zs)],
    high: [Math.max(...xs), Math.max(...ys), Math.max(...zs)],
    left: Math.min(...us),
    right: Math.max(...us),
    top: Math.min(...vs),
    bottom: Math.max(...vs),
  }
}

/** Orders the items of one storey: a topological sort of "is behind" among those that meet on screen. */
function sortLayer(items: readonly Item[], view: View): readonly Shape[] {
  const direction = sight(view)
  const away = [direction.x, direction.y, direction.z] as const
  const order = [...items].sort(
    (a, b) => farness(b, away) - farness(a, away) || compareText(a.shape.id, b.shape.id),
  )
  const rank = new Map(order.map((item, index) => [item, index]))
  const behind = relations(order, away)
  const blockers = new Map<Item, number>()
  for (const followers of behind.values()) {
    for (const follower of followers) blockers.set(follower, (blockers.get(follower) ?? 0) + 1)
  }
  const ready = order.filter((item) => (blockers.get(item) ?? 0) === 0)
  const waiting = new Set(order.filter((item) => (blockers.get(item) ?? 0) > 0))
  const result: Shape[] = []
  while (ready.length > 0 || waiting.size > 0) {
    const item = ready.shift() ?? first(waiting)
    if (item === undefined) break
    waiting.delete(item)
    result.push(item.shape)
    for (const follower of behind.get(item) ?? []) {
      const left = (blockers.get(follower) ?? 0) - 1
      blockers.set(follower, left)
      if (left !== 0 || !waiting.has(follower)) continue
      waiting.delete(follower)
      insertByRank(ready, follower, rank)
    }
  }
  return result
}

function first(items: ReadonlySet<Item>): Item | undefined {
  for (const item of items) return item
  return undefined
}

function insertByRank(ready: Item[], item: Item, rank: ReadonlyMap<Item, number>): void {
  const own = rank.get(item) ?? 0
  const index = ready.findIndex((other) => (rank.get(other) ?? 0) > own)
  if (index < 0) ready.push(item)
  else ready.splice(index, 0, item)
}

function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1
}

/** Depth of an item's middle. */
function farness(item: Item, away: readonly [number, number, number]): number {
  return away.reduce(
    (sum, step, axis) => sum + (step * ((item.low[axis] ?? 0) + (item.high[axis] ?? 0))) / 2,
    0,
  )
}

/** For each item those that must be painted after it; only pairs that meet on screen are compared. */
function relations(
  items: readonly Item[],
  away: readonly [number, number, number],
): ReadonlyMap<Item, readonly Item[]> {
  const behind = new Map<Item, Item[]>(items.map((item) => [item, []]))
  const sweep = [...items].sort((a, b) => a.left - b.left)
  for (const [index, item] of sweep.entries()) {
    for (let next = index + 1; next < sweep.length; next++) {
      const other = sweep[next]
      if (other === undefined || other.left > item.right) break
      if (other.top > item.bottom || item.top > other.bottom) continue
      const relation = compareDepth(item, other, away)
      if (relation < 0) behind.get(item)?.push(other)
      if (relation > 0) behind.get(other)?.push(item)
    }
  }
  return behind
}

/** Negative when `a` is behind `b`. Two planes that part them in opposite senses mean that neither hides the other. */
function compareDepth(a: Item, b: Item, away: readonly [number, number, number]): number {
  let aBehind = false
  let bBehind = false
  for (const [axis, step] of away.entries()) {
    const aLow = a.low[axis] ?? 0
    const aHigh = a.high[axis] ?? 0
    const bLow = b.low[axis] ?? 0
    const bHigh = b.high[axis] ?? 0
    const aFirst = aHigh <= bLow + TOUCH
    const bFirst = bHigh <= aLow + TOUCH
    if (aFirst === bFirst || Math.abs(step) < TOUCH) continue
    if (aFirst === step < 0) aBehind = true
    else bBehind = true
  }
  if (aBehind === bBehind) return 0
  return aBehind ? -1 : 1
}
