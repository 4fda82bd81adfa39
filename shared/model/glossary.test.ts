import { expect, it } from 'vitest'
import { glossary } from './glossary'

it.each(Object.entries(glossary))('%s is explained in one short sentence', (_term, text) => {
  expect(text).toMatch(/^[A-Z][^\n]{20,139}\.$/)
  expect(text).not.toMatch(/\. /)
})

it('is in alphabetical order', () => {
  const terms = Object.keys(glossary)
  expect(terms).toEqual([...terms].sort((a, b) => a.localeCompare(b, 'en')))
})
