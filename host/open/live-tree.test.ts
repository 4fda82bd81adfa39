import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LiveTree } from './live-tree'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-live-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('shows what tools print as files, and runs each once, when it is asked for', () => {
  const ran = join(folder, 'ran')
  const tree = new LiveTree(folder, [
    { file: 'b.txt', needs: 'sh', command: `echo x >>'${ran}'; printf 'two\\n' | cat` },
    { file: 'a.json', needs: 'sh', command: 'echo "[]"' },
    { file: 'fails.txt', needs: 'sh', command: 'echo half; exit 1' },
    { file: 'silent.txt', needs: 'sh', command: ':' },
    { file: 'missing.txt', needs: 'no-such-tool', command: 'no-such-tool' },
  ])
  expect(existsSync(ran)).toBe(false)
  expect(tree.list('cmd')).toEqual(['a.json', 'b.txt'])
  expect(tree.text('cmd/b.txt')).toBe('two')
  expect(tree.sizeBytes('cmd/b.txt')).toBe(4)
  expect(tree.kind('cmd/fails.txt')).toBeUndefined()
  expect(tree.kind('cmd/none.txt')).toBeUndefined()
  expect(readFileSync(ran, 'utf8')).toBe('x\n')
})
