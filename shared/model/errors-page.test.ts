import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FOLDERS = ['shared', 'host', 'electron', 'renderer']
/** How sources name a code: in an object, or as the first of the words that make an error. */
const NAMED = /\bcode: ['`]([a-z$][^'`]*)['`]|\bwrong\(\s*'([a-z-]+)'|\b[A-Z_]+: \['([a-z-]+)',/g

function sources(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|vue)$/.test(path) && !/\.test\.ts$|(^|[\\/])testing[\\/]/.test(path))
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
  )
}

function codesIn(text: string): readonly string[] {
  return [...text.matchAll(NAMED)].flatMap(([, literal, kind, reason]) => {
    const code = literal ?? kind ?? reason ?? ''
    return /^\$\{\S*reason\}-archive$/.test(code)
      ? ['truncated-archive', 'damaged-archive']
      : [code]
  })
}

// `custom` is zod's word for a check of one's own and never reaches a reader.
const codes = new Set(sources().flatMap(codesIn))
codes.delete('custom')

it('docs/errors.md explains exactly the codes there are', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  const explained = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  )
  expect(codes.size).toBeGreaterThan(30)
  expect([...explained].sort()).toEqual([...codes].sort())
})
