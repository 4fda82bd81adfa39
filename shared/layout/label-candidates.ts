import type { Label } from './display-list'
import type { ScreenPoint } from './projection'
import type { Rectangle } from './rectangles'

/** A place where a label could stand; `cost` grows with the length of the leader and with unusual directions. */
export interface Candidate {
  readonly leaderEnd?: ScreenPoint
  readonly align: 'start' | 'middle' | 'end'
  readonly x: number
  readonly titleBaseline: number
  readonly cost: number
}

/** Horizontal run of a leader for each pixel of rise. */
const SLANT = 0.6
const GAP = 6
/** Length of a level leader, to the right. */
const BESIDE = 30
const RISES = [34, 46, 58, 72, 88, 106, 126, 148]

const DIRECTIONS = [
  { right: 1, down: -1, cost: 0 },
  { right: -1, down: -1, cost: 66 },
  { right: 1, down: 1, cost: 76 },
  { right: -1, down: 1, cost: 104 },
] as const

/** All places for a label anchored at a point, the cheapest first. */
export function candidatesFor(
  placement: Label['placement'],
  at: ScreenPoint,
): readonly Candidate[] {
  if (placement === 'inside') {
    return [{ align: 'middle', x: at.u, titleBaseline: at.v + 4, cost: 0 }]
  }
  const beside = { u: at.u + BESIDE, v: at.v }
  const level: Candidate = {
    leaderEnd: beside,
    align: 'start',
    x: beside.u + GAP,
    titleBaseline: beside.v + 2,
    cost: 62,
  }
  const slanted = RISES.flatMap((rise) =>
    DIRECTIONS.map((direction) => {
      const leaderEnd = {
        u: at.u + direction.right * rise * SLANT,
        v: at.v + direction.down * rise,
      }
      return {
        leaderEnd,
        align: direction.right === 1 ? ('start' as const) : ('end' as const),
        x: leaderEnd.u + direction.right * GAP,
        titleBaseline: leaderEnd.v + (direction.down === -1 ? 4 : 8),
        cost: direction.cost + rise,
      }
    }),
  )
  return [...slanted, level].sort((left, right) => left.cost - right.cost)
}

/** The rectangle that the text of a candidate covers. */
export function boxOfText(
  candidate: Candidate,
  size: { readonly width: number; readonly lines: number },
): Rectangle {
  const shift = { start: 0, middle: 0.5, end: 1 }[candidate.align]
  const left = candidate.x - size.width * shift
  return {
    left,
    right: left + size.width,
    top: candidate.titleBaseline - 11,
    bottom: candidate.titleBaseline + (size.lines === 2 ? 19 : 4),
  }
}
