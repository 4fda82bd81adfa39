import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readers } from './registry'

it('docs/formats.md explains every reader, in the order of trust', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8')
  const explained = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map(([, id]) => id)
  expect(explained).toEqual(readers.map(({ id }) => id))
})
