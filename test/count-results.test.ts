import { describe, expect, it } from 'vitest'
import { addCounts, countResults } from './count-results.mjs'

function reportOf(...files: readonly (readonly string[])[]): string {
  const testResults = files.map((statuses) => ({
    status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ status })),
  }))
  return JSON.stringify({ testResults })
}

describe('countResults', () => {
  it('counts every test once', () => {
    const report = reportOf(
      ['passed', 'failed', 'passed'],
      ['skipped', 'pending', 'todo', 'passed'],
    )
    expect(countResults(report)).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be read as a failure', () => {
    expect(countResults(reportOf([], ['passed']))).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })
})

describe('addCounts', () => {
  it('sums', () => {
    const one = { passed: 1, failed: 2, skipped: 3 }
    expect(addCounts([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
    expect(addCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })
})
