/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {() => unknown} run
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * Runs contenders in turns, so that a busy machine hurts all of them alike, and returns the median time
 * of each in milliseconds, after one round that does not count.
 * @param {readonly Contender[]} contenders
 * @param {number} rounds
 */
export async function race(contenders, rounds) {
  const times = contenders.map((contender) => ({
    name: contender.name,
    values: /** @type {number[]} */ ([]),
  }))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const start = performance.now()
      await contender.run()
      if (round > 0) times[index]?.values.push(performance.now() - start)
    }
  }
  return times.map(({ name, values }) => ({ name, milliseconds: median(values) }))
}

/**
 * Prints the times, and how each compares to the first.
 * @param {readonly { name: string, milliseconds: number }[]} results
 */
export function printRace(results) {
  const widest = Math.max(...results.map(({ name }) => name.length))
  const first = results[0]?.milliseconds ?? Number.NaN
  for (const { name, milliseconds } of results) {
    const ratio = (first / milliseconds).toFixed(2)
    const comparison =
      name === results[0]?.name ? '' : `   ${results[0]?.name} takes ${ratio} of it`
    console.log(`  ${name.padEnd(widest)}  ${milliseconds.toFixed(0).padStart(7)} ms${comparison}`)
  }
}
