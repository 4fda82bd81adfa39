import { describe, expect, it } from 'vitest'
import { runSteps, type Command, type Step } from './run-steps.mjs'

function runWith(failing: readonly string[]) {
  const printed: string[] = []
  let running = 0
  let most = 0
  const run = async ([, name = '']: Command) => {
    running += 1
    most = Math.max(most, running)
    await new Promise(setImmediate)
    running -= 1
    return { isOk: !failing.includes(name), output: `output of ${name}` }
  }
  const steps: readonly Step[] = [
    { name: 'build', command: ['node', 'build'] },
    { name: 'types', command: ['node', 'types'] },
    { name: 'lint', command: ['node', 'lint'] },
    { name: 'contract', command: ['node', 'contract'], after: 'build' },
  ]
  const results = runSteps(steps, { print: (text) => printed.push(text), run })
  return results.then((list) => ({ list, printed: printed.join(''), most }))
}

describe('runSteps', () => {
  it('runs two at a time and keeps quiet about what passes', async () => {
    const { list, printed, most } = await runWith([])
    expect(list.map((result) => result.outcome)).toEqual(Array(4).fill('passed'))
    expect(most).toBe(2)
    expect(printed).not.toContain('output of')
  })

  it('shows what a failing step printed, and does not run what needs it', async () => {
    const { list, printed } = await runWith(['build'])
    expect(Object.fromEntries(list.map(({ name, outcome }) => [name, outcome]))).toEqual({
      build: 'failed',
      types: 'passed',
      lint: 'passed',
      contract: 'not run',
    })
    expect(printed).toContain('output of build')
  })
})
