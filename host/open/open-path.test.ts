import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { openPath } from './open-path'
import { packTar } from './pack-tar'

const folder = mkdtempSync(join(tmpdir(), 'folioscope-large-'))
afterAll(() => rmSync(folder, { recursive: true }))

const options = { report: () => undefined }
const spaces = ' '.repeat(17 * 1024 * 1024)

it('leaves a text that no reader takes as a whole on the disk, to be taken in pieces', async () => {
  writeFileSync(join(folder, 'large.xml'), `<topology>${spaces}</topology>`)
  writeFileSync(join(folder, 'other.xml'), '')
  symlinkSync('large.xml', join(folder, 'link.xml'))
  for (const file of ['large.xml', 'link.xml']) {
    const { tree, name, origin } = await openPath(join(folder, file), options)
    expect([name, origin, tree.list('')]).toEqual([file, 'file', ['large.xml']])
    expect(tree.text('large.xml')).toBeUndefined()
    const sizes = [...tree.pieces('large.xml', 8 * 1024 * 1024)].map(({ length }) => length)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(tree.sizeBytes('large.xml'))
  }
})

it('names wrong kinds of that size as well', async () => {
  const path = join(folder, 'large.pdf')
  writeFileSync(path, `%PDF-${spaces}`)
  await expect(openPath(path, options)).rejects.toMatchObject({ code: 'pdf' })
})

it.each(['directory', 'archive'])('has the files beside a machine, of its %s', async (origin) => {
  const members = [
    { name: 'ndctl.json', content: '[]' },
    { name: 'host7/proc/meminfo', content: 'MemTotal: 1 kB' },
  ]
  const path = join(folder, origin)
  if (origin === 'archive') writeFileSync(path, await packTar(members))
  else {
    mkdirSync(join(path, 'host7/proc'), { recursive: true })
    for (const { name, content } of members) writeFileSync(join(path, name), content)
  }
  const opened = await openPath(path, options)
  expect(opened.origin).toBe(origin)
  expect(opened.tree.list('')).toEqual(['ndctl.json', 'proc'])
  expect(opened.tree.text('ndctl.json')).toBe('[]')
  expect(opened.tree.text('proc/meminfo')).toBe('MemTotal: 1 kB')
})

it('names what is packed inside a folder, and reads the rest', async () => {
  const path = join(folder, 'mixed')
  mkdirSync(path)
  writeFileSync(join(path, 'ndctl.json'), '[]')
  writeFileSync(join(path, 'host.folioscope'), gzipSync('anything'))
  writeFileSync(join(path, 'host.txt'), await packTar([{ name: 'a', content: 'b' }]))
  const { diagnostics } = await openPath(path, options)
  expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([
    ['packed-inside', 'host.folioscope'],
    ['packed-inside', 'host.txt'],
  ])
})
