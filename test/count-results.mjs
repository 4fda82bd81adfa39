import { z } from 'zod'

/** The part of the report of vitest's JSON reporter that is counted. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
})

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Counts the tests of one run; a test file that could not be read counts as one failure.
 * @param {string} reportText
 * @returns {Counts}
 */
export function countResults(reportText) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of reportSchema.parse(JSON.parse(reportText)).testResults) {
    const statuses = file.assertionResults.map((test) => test.status)
    for (const status of statuses) {
      if (status === 'passed') counts.passed += 1
      else if (status === 'failed') counts.failed += 1
      else counts.skipped += 1
    }
    if (file.status === 'failed' && !statuses.includes('failed')) counts.failed += 1
  }
  return counts
}

/**
 * @param {readonly Counts[]} list
 * @returns {Counts}
 */
export function addCounts(list) {
  const sum = (/** @type {keyof Counts} */ key) => list.reduce((total, one) => total + one[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}
