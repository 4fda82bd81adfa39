import { expect, it } from 'vitest'
import type { LoadProgress } from '../../shared/readers/source-tree'
import { throttleProgress } from './throttle'

it('lets the first report of a phase through, then one per interval', () => {
  let now = 0
  const passed: LoadProgress[] = []
  const report = throttleProgress(
    (progress) => void passed.push(progress),
    () => now,
  )
  for (const [at, phase] of [
    [0, 'opening'],
    [10, 'opening'],
    [20, 'opening'],
    [40, 'opening'],
    [41, 'reading'],
    [50, 'reading'],
  ] as const) {
    now = at
    report({ phase, done: at })
  }
  expect(passed.map(({ phase, done }) => `${phase} ${done}`)).toEqual([
    'opening 0',
    'opening 40',
    'reading 41',
  ])
})
