/** Bytes of memory to draw, and how wide they became. */
export interface Width {
  readonly width: number
  readonly isEnlarged: boolean
}

/**
 * Widths to scale, but none under `minimum`; what the thin ones gain is taken from the others in proportion to what they
 * can spare, so that the sum stays the same. When even that is too narrow, all become equal.
 */
export function legibleWidths(exact: readonly number[], minimum: number): readonly Width[] {
  const total = exact.reduce((sum, width) => sum + width, 0)
  if (exact.length * minimum >= total) {
    const width = total / exact.length
    return exact.map((value) => ({ width, isEnlarged: width > value }))
  }
  const missing = exact.reduce((sum, width) => sum + Math.max(0, minimum - width), 0)
  const spare = exact.reduce((sum, width) => sum + Math.max(0, width - minimum), 0)
  return exact.map((width) =>
    width < minimum
      ? { width: minimum, isEnlarged: true }
      : { width: width - (missing * (width - minimum)) / spare, isEnlarged: false },
  )
}
