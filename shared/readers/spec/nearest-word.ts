/** The word that `wrong` was most likely meant to be; undefined when none is near. */
export function nearestWord(wrong: string, words: readonly string[]): string | undefined {
  let best: string | undefined
  // A third of the letters may be wrong, and in the shortest words one.
  let bestDistance = Math.max(1, Math.floor(wrong.length / 3)) + 1
  for (const word of words) {
    const distance = editDistance(wrong.toLowerCase().slice(0, 40), word.toLowerCase())
    if (distance < bestDistance) {
      best = word
      bestDistance = distance
    }
  }
  return best
}

/** Letters to insert, remove or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const removed = (above[column] ?? 0) + 1
      const inserted = (current[column - 1] ?? 0) + 1
      current.push(Math.min(replaced, removed, inserted))
    }
    above = current
  }
  return above[to.length] ?? 0
}
