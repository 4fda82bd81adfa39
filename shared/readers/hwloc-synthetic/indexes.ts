import { levelTypeOf, SyntheticMistake, type SyntheticAttributes } from './levels'
import type { PlacedLevel } from './place-levels'

interface Loop {
  readonly step: number
  readonly count: number
}

/**
 * The os_index of each object in logical order: as listed (`3,5`), interleaved by numbers (`2*2:1*2`: steps and how many)
 * or by the levels above (`core:pack`). hwloc_synthetic_process_indexes (hwloc/topology-synthetic.c).
 * @throws SyntheticMistake when they are not as many different numbers as there are objects
 */
export function indexesOf(
  indexes: SyntheticAttributes['indexes'],
  total: number,
  above: readonly PlacedLevel[],
): readonly number[] {
  if (indexes === undefined) return Array.from({ length: total }, (_, index) => index)
  const { text, column } = indexes
  const list = /^\d{1,7}(?:,\d{1,7})*$/.test(text)
    ? text.split(',').map(Number)
    : interleaved(loopsOf(text, column, { total, above }), total)
  if (list.length !== total || new Set(list).size !== total) {
    throw new SyntheticMistake(
      `${total} different indexes are needed, and these make ${new Set(list).size}`,
      column,
    )
  }
  return list
}

function interleaved(loops: readonly Loop[], total: number): readonly number[] {
  return Array.from({ length: total }, (_, position) => {
    let index = 0
    let factor = 1
    for (const { step, count } of loops) {
      index += (Math.floor(position / step) % count) * factor
      factor *= count
    }
    return index
  })
}

function loopsOf(
  text: string,
  column: number,
  { total, above }: { readonly total: number; readonly above: readonly PlacedLevel[] },
): readonly Loop[] {
  const parts = text.split(':').slice(0, 32)
  const loops = /^\d/.test(text)
    ? parts.map((part) => numbersLoop(part, column))
    : levelLoops(parts, column, { total, above })
  const covered = loops.reduce((product, { count }) => product * count, 1)
  // hwloc adds the loop of the smallest steps itself.
  const missing = total / covered
  return Number.isInteger(missing) &&
    missing > 1 &&
    Math.min(...loops.map(({ step }) => step)) === missing
    ? [...loops, { step: 1, count: missing }]
    : loops
}

function numbersLoop(part: string, column: number): Loop {
  const [, step, count] = /^([1-9]\d{0,6})\*([1-9]\d{0,6})$/.exec(part) ?? []
  if (step === undefined || count === undefined) {
    throw new SyntheticMistake(`"${part.slice(0, 20)}" is no step*count`, column)
  }
  return { step: Number(step), count: Number(count) }
}

function levelLoops(
  words: readonly string[],
  column: number,
  { total, above }: { readonly total: number; readonly above: readonly PlacedLevel[] },
): readonly Loop[] {
  const depths = words.map((word) => {
    const type = levelTypeOf(word)
    const depth = above.findIndex(
      (level) => level.type === type?.type && level.cacheLevel === type?.cacheLevel,
    )
    if (type !== undefined && depth >= 0) return depth
    throw new SyntheticMistake(`there is no level ${word.slice(0, 20)} above`, column)
  })
  return depths.map((depth) => {
    const outer = Math.max(0, ...depths.filter((other) => other < depth))
    const width = above[depth]?.width ?? 1
    return { step: total / width, count: width / (above[outer]?.width ?? 1) }
  })
}
