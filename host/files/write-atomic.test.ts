import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeAllAtomic, writeAtomic } from './write-atomic'

const text = (value: string) => new TextEncoder().encode(value)
let directory = ''

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'folioscope-write-'))
})
afterEach(() => rm(directory, { recursive: true }))

it('makes and replaces a file, keeps its mode and leaves nothing beside it', async () => {
  const path = join(directory, 'a.svg')
  await writeAtomic(path, text('one'))
  expect(await readFile(path, 'utf8')).toBe('one')
  await rm(path)
  await writeFile(path, 'old and longer', { mode: 0o600 })
  await writeAtomic(path, text('two'))
  expect(await readFile(path, 'utf8')).toBe('two')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(directory)).toEqual(['a.svg'])
})

it('writes through a link', async () => {
  await writeFile(join(directory, 'real.svg'), 'old')
  await symlink('real.svg', join(directory, 'link.svg'))
  await writeAtomic(join(directory, 'link.svg'), text('new'))
  expect(await readFile(join(directory, 'real.svg'), 'utf8')).toBe('new')
})

it('leaves nothing behind when it cannot finish', async () => {
  await mkdir(join(directory, 'taken'))
  await expect(writeAtomic(join(directory, 'taken'), text('x'))).rejects.toThrow()
  await expect(writeAtomic(join(directory, 'missing', 'a'), text('x'))).rejects.toThrow()
  expect(await readdir(directory)).toEqual(['taken'])
})

it('replaces all of several files or none', async () => {
  const good = join(directory, 'good.svg')
  await writeFile(good, 'old')
  const files = (bad: string) => [
    { path: good, bytes: text('new') },
    { path: join(directory, bad), bytes: text('new') },
  ]
  await expect(writeAllAtomic(files('missing/bad.svg'))).rejects.toThrow()
  await mkdir(join(directory, 'taken'))
  await expect(writeAllAtomic(files('taken'))).rejects.toThrow()
  expect(await readFile(good, 'utf8')).toBe('old')
  await writeAllAtomic(files('other.svg'))
  expect((await readdir(directory)).sort()).toEqual(['good.svg', 'other.svg', 'taken'])
})
