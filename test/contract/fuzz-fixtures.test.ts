import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { checkBytes, type Outcome } from '../fuzz/check-input'

/** Inputs that `npm run fuzz` found, made as small as their fault allows, and what must become of each. */
const EXPECTED: Readonly<Record<string, Outcome>> = {
  // Thousands of ranges over each other: more memory than 1 GiB to draw.
  'daxctl-overlapping-ranges.json': { kind: 'opened' },
  // tar-stream waited for ever for the content of a directory.
  'directory-with-size.tar': { kind: 'opened' },
  // tar-stream gives null for an empty target.
  'link-without-target.tar': { kind: 'opened' },
  // An empty text became a fact, which the schema of the model refuses.
  'lsmem-empty-state.json': { kind: 'opened' },
}

const folder = resolve(import.meta.dirname, '../fixtures/fuzz')

it('knows every fixture', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(EXPECTED).sort())
})

it.each(Object.entries(EXPECTED))('%s', async (name, outcome) => {
  expect(await checkBytes(name, readFileSync(join(folder, name)))).toEqual(outcome)
})
