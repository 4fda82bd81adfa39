import { beforeAll, describe, expect, it } from 'vitest'
import { makeCase, planCases, parseCaseName, caseName } from '../fuzz/cases'
import { checkBytes, type Outcome } from '../fuzz/check-input'
import { buildCorpus, FORMATS, type Corpus } from '../fuzz/corpus'
import { checkDirectoryCase } from '../fuzz/directory-case'

/** A few hundred cases of `npm run fuzz`, from the inputs that every checkout has, without a clock. */
const ids = planCases(400, { seed: 'contract', formats: FORMATS })

let corpus: Corpus

beforeAll(async () => {
  corpus = await buildCorpus(false)
})

function run(name: string): Promise<Outcome> {
  const id = parseCaseName(name)
  if (id === undefined) throw new Error(`${name} is no case`)
  const { name: fileName, input } = makeCase(corpus, id)
  return input.kind === 'bytes'
    ? checkBytes(fileName, input.bytes)
    : checkDirectoryCase(input.random, input.members)
}

describe.each(FORMATS)('%s', (format) => {
  it('opens, or is refused with a reason', async () => {
    const names = ids.filter((id) => id.format === format).map(caseName)
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) {
      const outcome = await run(name)
      if (outcome.kind === 'finding') {
        throw new Error(`${name}: ${outcome.what}\n${outcome.stack}`)
      }
    }
  })

  it('makes the same input of the same case', () => {
    const id = { seed: 'again', format, number: 3 }
    expect(makeCase(corpus, id).input).toEqual(makeCase(corpus, id).input)
  })
})
