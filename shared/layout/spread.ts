/** Something that stands on a line: where it would like its middle to be, and how thick it is. */
export interface Standing {
  readonly x: number
  readonly thickness: number
}

/**
 * Moves things apart so that they keep their order and at least half a thickness between them, none before `start`.
 * When they then reach beyond `end`, all stand evenly between the two, thinner where they must.
 */
export function spread(
  wanted: readonly Standing[],
  start: number,
  end: number,
): readonly Standing[] {
  let free = start
  const moved = wanted.map(({ x, thickness }) => {
    const place = Math.max(x, free + thickness / 2)
    free = place + thickness
    return { x: place, thickness }
  })
  const last = moved.at(-1)
  if (last === undefined || last.x + last.thickness / 2 <= end) return moved
  const pitch = Math.max(end - start, 0) / moved.length || last.thickness * 1.5
  return moved.map(({ thickness }, index) => ({
    x: start + pitch * (index + 0.5),
    thickness: Math.min(thickness, pitch * 0.7),
  }))
}
