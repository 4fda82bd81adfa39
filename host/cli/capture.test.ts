import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { captureScript } from '../../shared/capture/script'
import { writeTree } from '../capture/testing/write-tree'
import { openBytes } from '../open/open-bytes'
import { capture, type CaptureOptions } from './capture'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-capture-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

const machine = { 'proc/version': 'Linux version 6.12.1\n', 'sys/bus/nd/devices': undefined }

interface Ran {
  readonly text: string
  readonly bytes: Uint8Array
  readonly notes: readonly string[]
  readonly progress: readonly (string | undefined)[]
}

async function run(options: CaptureOptions, isWatched = false): Promise<Ran> {
  const printed: Buffer[] = []
  const notes: string[] = []
  const progress: (string | undefined)[] = []
  await capture(options, '1.2.3', {
    isWatched,
    print: (result: string | Uint8Array) => void printed.push(Buffer.from(result)),
    note: (line) => void notes.push(line),
    showProgress: (line) => void progress.push(line),
  })
  const bytes = Buffer.concat(printed)
  return { text: bytes.toString(), bytes, notes, progress }
}

async function fileIn(bytes: Uint8Array, path: string): Promise<string | undefined> {
  return (await openBytes('a', bytes, { report: () => undefined })).tree.text(path)
}

describe('--root', () => {
  it('writes the file that is asked for', async () => {
    const root = writeTree(join(folder, 'tree'), machine)
    const output = join(folder, 'a.folioscope')
    expect(await run({ root, output })).toMatchObject({ text: '', notes: [] })
    expect(await fileIn(readFileSync(output), 'proc/version')).toBe('Linux version 6.12.1')
    expect(readdirSync(folder).sort()).toEqual(['a.folioscope', 'tree'])
  })

  it('else one that is named after the directory and the day', async () => {
    writeTree(join(folder, '.db 1'), machine)
    const before = process.cwd()
    process.chdir(folder)
    try {
      const { text } = await run({ root: '.db 1' })
      expect(text).toMatch(/^db_1-20\d{6}\.folioscope\n$/)
      expect(readdirSync(folder).sort()).toEqual(['.db 1', text.trim()])
    } finally {
      process.chdir(before)
    }
  })

  it('looks into what stands alone in the directory, and writes to standard output', async () => {
    writeTree(join(folder, 'tree/wrapped'), machine)
    const { bytes } = await run({ root: join(folder, 'tree'), output: '-' })
    expect(await fileIn(bytes, 'proc/version')).toBe('Linux version 6.12.1')
  })

  it('shows progress to who watches', async () => {
    const root = writeTree(join(folder, 'tree'), machine)
    const { progress } = await run({ root, output: join(folder, 'a.folioscope') }, true)
    expect(progress).toContain('Capturing … packing')
    expect(progress.at(-1)).toBeUndefined()
  })
})

it('--script prints the script', async () => {
  expect((await run({ script: true })).text).toBe(captureScript('1.2.3'))
  const output = join(folder, 'capture.sh')
  expect((await run({ script: true, output })).text).toBe('')
  expect(readFileSync(output, 'utf8')).toBe(captureScript('1.2.3'))
})

describe('--ssh', () => {
  /** Puts a program named ssh before all others. */
  function fakeSsh(body: string): void {
    const programs = join(folder, 'programs')
    writeTree(programs, { ssh: `#!/bin/sh\n${body}\n` })
    chmodSync(join(programs, 'ssh'), 0o755)
    vi.stubEnv('PATH', `${programs}${delimiter}${process.env['PATH'] ?? ''}`)
  }
  const output = () => join(folder, 'a.folioscope')

  it('runs the script on the host and brings the snapshot back', { timeout: 60_000 }, async () => {
    fakeSsh(`printf '%s\\n' "$@" >'${folder}/args'; eval "$4"`)
    const { notes } = await run({ ssh: 'me@db1', pages: true, output: output() }, true)
    expect(readFileSync(join(folder, 'args'), 'utf8')).toBe(
      '-T\n--\nme@db1\nsh -s -- --pages --progress\n',
    )
    expect(await fileIn(readFileSync(output()), 'proc/version')).toMatch(/^Linux version /)
    for (const line of notes) expect(line).toMatch(/^folioscope: capture: some files need root/)
  })

  it.each([
    [
      'echo "ssh: db1: Name or service not known" >&2; exit 255',
      /\(exit status 255\): ssh: db1: Name or/,
    ],
    ['cat >/dev/null; echo "Welcome to db1"', /it begins with 'Welcome to db1/],
    ['exit 0', /nothing came back/],
    ['kill -KILL $$', /\(SIGKILL\)/],
    ['cat >/dev/null; printf "\\037\\213half"; exit 1', /\(exit status 1\)/],
  ])('keeps the old file when it goes wrong: %s', async (body, message) => {
    fakeSsh(body)
    writeFileSync(output(), 'old')
    await expect(run({ ssh: 'db1', output: output() })).rejects.toThrow(message)
    await expect(run({ ssh: 'db1', output: output() })).rejects.toThrow(/^db1: /)
    expect(readFileSync(output(), 'utf8')).toBe('old')
    expect(readdirSync(folder).sort()).toEqual(['a.folioscope', 'programs'])
  })

  it.each(['-oProxyCommand=true', '', '-', 'a b', 'a\nb', '\u001b[2J'])(
    'refuses %j as a host',
    async (ssh) => {
      fakeSsh(`: >'${folder}/started'`)
      await expect(run({ ssh, output: output() })).rejects.toThrow(/is no host/)
      expect(readdirSync(folder)).toEqual(['programs'])
    },
  )

  it('says when there is no ssh', async () => {
    vi.stubEnv('PATH', folder)
    await expect(run({ ssh: 'db1', output: output() })).rejects.toThrow(/no program 'ssh'/)
  })
})
