import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from './cli'
import type { Installation } from './installation'
import type { Terminal } from './terminal'

const capture = join(import.meta.dirname, '../../test/fixtures/kernel/small-k61.folioscope')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Ran {
  readonly status: number
  readonly output: string
  readonly notes: readonly string[]
  readonly progress: readonly string[]
}

async function run(args: readonly string[], terminal: Partial<Terminal> = {}): Promise<Ran> {
  const installation: Installation = {
    version: '1.2.3',
    root: folder,
    rendererFolder: join(folder, 'out/renderer'),
    loadChild: join(folder, 'out/main/load-child.js'),
    settingsPath: join(folder, 'settings.json'),
  }
  let output = ''
  const notes: string[] = []
  const progress: string[] = []
  const status = await runCommandLine(args, installation, {
    isWatched: false,
    print: (text) => {
      output += text
    },
    note: (line) => void notes.push(line.replaceAll(folder, '…')),
    showProgress: (line) => {
      if (line !== undefined) progress.push(line)
    },
    ...terminal,
  })
  return { status, output, notes, progress }
}

describe('bad arguments and inputs', () => {
  it('end with status 2 and one line', async () => {
    writeFileSync(join(folder, 'paper.pdf'), '%PDF-1.7')
    const commands = [
      [],
      ['inf'],
      ['info'],
      ['info', 'a', 'b'],
      ['info', '--jsn', 'a'],
      ['info', join(folder, 'missing')],
      ['info', join(folder, 'paper.pdf')],
      ['info', 'demo:nothing'],
      ['export', capture],
      ['export', capture, '-o', join(folder, 'a.png')],
      ['export', capture, '-o', join(folder, 'a')],
      ['export', capture, '-o', join(folder, 'a.svg'), '--theme', 'sepia'],
      ['export', capture, '-o', join(folder, 'a.svg'), '--width', '-1'],
      ['export', capture, '-o', join(folder, 'no/a.svg')],
      ['export', join(folder, 'paper.pdf'), '-o', join(folder, 'a.svg')],
      ['synth', capture, '-o', join(folder, 'a.folioscope')],
      ['serve', '--port', '70000'],
      ['serve', join(folder, 'missing')],
      ['open', 'demo:laptop'],
      ['capture', 'now'],
      ['capture', '--root', join(folder, 'missing')],
      ['capture', '--root', join(folder, 'paper.pdf')],
      ['capture', '--root', folder],
      ['capture', '--root', '/', '--ssh', 'db1'],
      ['capture', '--ssh=-oProxyCommand=true'],
      ['capture', '--ssh', 'a b'],
      ['capture', '--script', '--pages'],
      ['capture', '--root', '/', '-o', folder],
    ]
    const lines: string[] = []
    for (const args of commands) {
      const { status, output, notes } = await run(args)
      expect({ args, status, output, lines: notes.length }).toMatchObject({
        status: 2,
        output: '',
        lines: 1,
      })
      lines.push(...notes)
    }
    expect(lines.join('\n').replaceAll(capture, 'small-k61.folioscope')).toMatchInlineSnapshot(`
      "folioscope: arguments: no command is given; see 'folioscope --help'
      folioscope: arguments: unknown command 'inf' (Did you mean info?); see 'folioscope --help'
      folioscope: arguments: missing required argument 'input'; see 'folioscope --help'
      folioscope: arguments: too many arguments for 'info'. Expected 1 argument but got 2: a, b; see 'folioscope --help'
      folioscope: arguments: unknown option '--jsn' (Did you mean --json?); see 'folioscope --help'
      folioscope: …/missing: no such file or directory; check the name
      folioscope: paper.pdf: this is a PDF document; give a snapshot or the output of a tool; if lstopo drew it, save its XML: lstopo machine.xml
      folioscope: demo:nothing: there is no such demo; try demo:cxl-pool, demo:hbm-server, demo:laptop, demo:optane-two-socket
      folioscope: arguments: required option '-o, --output <file...>' not specified; see 'folioscope --help'
      folioscope: …/a.png: '.png' cannot be written; use one of .svg, .yaml
      folioscope: …/a: the name has no suffix; use one of .svg, .yaml
      folioscope: arguments: option '--theme <theme>' argument 'sepia' is invalid. Allowed choices are light, dark, print, auto; see 'folioscope --help'
      folioscope: --width: '-1' is not a number of pixels; use 1 to 100000
      folioscope: …/no/a.svg: the directory does not exist; make it first
      folioscope: paper.pdf: this is a PDF document; give a snapshot or the output of a tool; if lstopo drew it, save its XML: lstopo machine.xml
      folioscope: small-k61.folioscope: this is not a specification; give a YAML specification, or a demo such as 'demo:laptop'
      folioscope: --port: '70000' is not a port; use 0 to 65535; 0 takes a free one
      folioscope: …: the page is not built yet; run 'npm run build' there
      folioscope: …: the page is not built yet; run 'npm run build' there
      folioscope: arguments: too many arguments for 'capture'. Expected 0 arguments but got 1: now; see 'folioscope --help'
      folioscope: …/missing: no such file or directory; check the name
      folioscope: --root: …/paper.pdf is no directory; give one that holds sys
      folioscope: …: there is no sys and no proc in it; give a directory that holds 'sys' and 'proc'
      folioscope: --root: it does not go with --ssh; choose one of them
      folioscope: --ssh: '-oProxyCommand=true' is no host; give HOST or USER@HOST
      folioscope: --ssh: 'a b' is no host; give HOST or USER@HOST
      folioscope: --script: it goes with no other option but -o; the script itself takes --pages and --root: 'sh capture.sh --pages > NAME.folioscope'
      folioscope: -o: … is a directory; give the name of a file"
    `)
    expect(readdirSync(folder)).toEqual(['paper.pdf'])
  })

  it('leave the old file as it was', async () => {
    const path = join(folder, 'old.svg')
    writeFileSync(path, 'old')
    expect((await run(['export', '/dev/null', '-o', path])).status).toBe(2)
    const two = [path, join(folder, 'no/such.svg')]
    expect((await run(['export', capture, '-o', ...two])).status).toBe(2)
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['old.svg'])
  })
})

it('a fault of ours ends with status 3 and asks to report it', async () => {
  const print = () => {
    throw new Error('a table went missing')
  }
  expect(await run(['formats'], { print })).toMatchObject({
    status: 3,
    notes: [
      'folioscope: a table went missing; this is a fault of Folioscope 1.2.3: please report it, with the input if you may share it',
    ],
  })
})

describe('info', () => {
  it('prints one JSON document and nothing else', async () => {
    const { status, output, notes, progress } = await run(['info', capture, '--json'])
    expect({ status, notes, progress }).toEqual({ status: 0, notes: [], progress: [] })
    expect(JSON.parse(output)).toMatchObject({
      schema: 'folioscope-summary/1',
      input: { name: 'small-k61.folioscope', kind: 'folioscope' },
    })
  })

  it('shows progress where somebody watches', async () => {
    const { output, progress } = await run(['info', capture], { isWatched: true })
    expect(output).toMatch(/^small-k61 {2}small · Linux 6\.1/)
    expect(progress[0]).toMatch(/^Opening … \d+ %$/)
  })
})

describe('export', () => {
  it('writes every file, the same each time', async () => {
    const paths = [join(folder, 'a.svg'), join(folder, 'B.SVG')]
    expect(await run(['export', capture, '-o', ...paths, '--theme', 'print'])).toMatchObject({
      status: 0,
      output: '',
      notes: [],
    })
    const [first, second] = paths.map((path) => readFileSync(path, 'utf8'))
    expect(first).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(second).toBe(first)
  })

  it('takes a width', async () => {
    const path = join(folder, 'a.svg')
    await run(['export', capture, '-o', path, '--width', '800'])
    expect(readFileSync(path, 'utf8')).toContain(' width="800" ')
  })
})

describe('synth', () => {
  it('writes a snapshot that says the same as its specification', async () => {
    const paths = [join(folder, 'a.folioscope'), join(folder, 'b.folioscope')]
    for (const path of paths) {
      expect((await run(['synth', 'demo:laptop', '-o', path])).status).toBe(0)
    }
    const [first, second] = paths.map((path) => readFileSync(path))
    expect(first?.equals(second ?? Buffer.of())).toBe(true)
    const summary = async (input: string) => {
      const { output } = await run(['info', input, '--json'])
      return { ...(JSON.parse(output) as object), input: undefined }
    }
    expect(await summary(paths[0] ?? '')).toEqual(await summary('demo:laptop'))
  })
})

describe('help and lists', () => {
  it('go to standard output', async () => {
    expect(await run(['--version'])).toMatchObject({ status: 0, output: '1.2.3\n', notes: [] })
    const help = await run(['--help'])
    expect(help).toMatchObject({ status: 0, notes: [] })
    for (const command of ['open', 'serve', 'info', 'export', 'synth', 'formats', 'demos']) {
      expect(help.output).toMatch(new RegExp(`^  ${command} `, 'm'))
    }
    expect((await run(['demos'])).output).toContain('demo:optane-two-socket')
    expect((await run(['formats'])).output).toMatch(/^ {2}\.svg /m)
  })
})
