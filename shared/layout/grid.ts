import type { Rectangle } from './rectangles'

const CELL = 80
/** A thing larger than this many cells is looked at by every query. */
const MOST_CELLS = 400

/** Things on a plane, found by rectangle: answers are those whose cells the rectangle touches, each once. */
export class Grid<T> {
  readonly #cells = new Map<string, T[]>()
  readonly #large: T[] = []

  add(bounds: Rectangle, item: T): void {
    const cells = cellsOf(bounds)
    if (cells === undefined) {
      this.#large.push(item)
      return
    }
    for (const cell of cells) {
      const list = this.#cells.get(cell)
      if (list === undefined) this.#cells.set(cell, [item])
      else list.push(item)
    }
  }

  near(bounds: Rectangle): ReadonlySet<T> {
    const found = new Set(this.#large)
    for (const cell of cellsOf(bounds) ?? this.#cells.keys()) {
      for (const item of this.#cells.get(cell) ?? []) found.add(item)
    }
    return found
  }
}

function cellsOf(bounds: Rectangle): readonly string[] | undefined {
  const left = Math.floor(bounds.left / CELL)
  const right = Math.floor(bounds.right / CELL)
  const top = Math.floor(bounds.top / CELL)
  const bottom = Math.floor(bounds.bottom / CELL)
  if (!((right - left + 1) * (bottom - top + 1) <= MOST_CELLS)) return undefined
  const cells: string[] = []
  for (let column = left; column <= right; column++) {
    for (let row = top; row <= bottom; row++) cells.push(`${column},${row}`)
  }
  return cells
}
