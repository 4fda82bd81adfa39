import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { captureScript } from '../../shared/capture/script'
import type { SourceTree } from '../../shared/readers/source-tree'
import { openBytes } from '../open/open-bytes'
import { installBusybox, itWith, runScript, startScript, type ShellRun } from './testing/shells'
import { writeTree } from './testing/write-tree'

let folder = ''
let temporary = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-capture-'))
  temporary = join(folder, 'tmp')
  mkdirSync(temporary)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Every run here keeps its files in a folder that the test looks at afterwards. */
const environment = () => ({ ...process.env, TMPDIR: temporary })

async function opened({ status, errors, output }: ShellRun): Promise<SourceTree> {
  expect({ status, errors: errors.replace(/^capture: some files need root.*\n/, '') }).toEqual({
    status: 0,
    errors: '',
  })
  expect(readdirSync(temporary)).toEqual([])
  return (await openBytes('a.folioscope', output, { report: () => undefined })).tree
}

interface Manifest {
  readonly unreadable: readonly string[]
}

function manifestOf(tree: SourceTree): Manifest {
  return JSON.parse(tree.text('manifest.json') ?? '')
}

const machine = {
  'manifest.json': '{\n "host": "db1",\n "kernel": "6.12.1"\n}\n',
  'cmd/ndctl-list.json': '[]\n',
  'proc/version': 'Linux version 6.12.1\n',
  'sys/devices/system/node/node0/cpulist': '0-3\n',
  'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal: 1 kB\nNode 0 MemFree: 1 kB',
  'sys/devices/system/node/node0/distance': '10',
  'sys/devices/system/node/node0/memory3': '-> ../../memory/memory3',
  'sys/devices/system/memory/memory3/state': 'online\n',
  'sys/devices/system/memory/memory3/valid_zones': '',
  'sys/devices/system/memory/probe': 'only to be written',
  'sys/devices/virtual/nd/ndbus0/region0/size': '1073741824\n',
  'sys/devices/virtual/nd/ndbus0/region0/driver': '-> ../../../../../bus/nd/drivers/nd_region',
  'sys/bus/nd/devices/region0': '-> ../../../devices/virtual/nd/ndbus0/region0',
  'sys/bus/dax/devices': undefined,
}

const shells: readonly (readonly string[])[] = [
  ['sh'],
  ['dash'],
  ['bash', '--posix'],
  ['busybox', 'sh'],
]

describe('a tree', () => {
  for (const shell of shells) {
    const name = shell.join(' ')
    itWith(shell.slice(0, 1), `keeps real paths, links and exact bytes with ${name}`, async () => {
      const root = writeTree(join(folder, 'it is a $tree*'), machine)
      const env = environment()
      const tree = await opened(await runScript(shell, { env, scriptArgs: ['--root', root] }))
      const node = 'sys/devices/system/node/node0'
      const bytes = (path: string) => new TextDecoder().decode(tree.bytes(path))
      expect(bytes(`${node}/cpulist`)).toBe('0-3\n')
      expect(bytes(`${node}/meminfo`)).toBe(machine[`${node}/meminfo`])
      expect(bytes(`${node}/distance`)).toBe('10')
      expect(tree.linkTarget(`${node}/memory3`)).toBe('../../memory/memory3')
      expect(tree.bytes('sys/devices/system/memory/memory3/valid_zones')).toHaveLength(0)
      expect(tree.text('sys/bus/nd/devices/region0/size')).toBe('1073741824')
      expect(tree.linkTarget('sys/bus/nd/devices/region0/driver')).toMatch(/nd_region$/)
      expect(tree.kind('sys/bus/dax/devices')).toBe('directory')
      expect(tree.kind('sys/devices/system/memory/probe')).toBeUndefined()
      expect(tree.text('cmd/ndctl-list.json')).toBe('[]')
      expect(manifestOf(tree)).toMatchObject({
        format: 'folioscope-snapshot',
        version: 1,
        host: 'db1',
        kernel: '6.12.1',
        capturedBy: 'folioscope 1.2.3 capture',
        root: process.getuid?.() === 0,
        unreadable: [],
      })
    })
  }

  it('passes over what could harm: odd names, pipes, ways out', async () => {
    writeTree(folder, { 'outside/size': 'secret\n' })
    const root = writeTree(join(folder, 'tree'), {
      ...machine,
      'cmd/with blank': '1',
      'cmd/-rf': '1',
      'cmd/$(touch x)': '1',
      "cmd/it's": '1',
      'cmd/out': `-> ${join(folder, 'outside/size')}`,
      'sys/bus/cxl/devices/mem0': `-> ${join(folder, 'outside')}`,
      'sys/bus/cxl/devices/a b/size': '1',
      'proc/sys/kernel/hostname': 'a"b\n',
    })
    execFileSync('mkfifo', [join(root, 'proc/cmdline')])
    const tree = await opened(
      await runScript(['sh'], { env: environment(), scriptArgs: ['--root', root] }),
    )
    expect(tree.list('cmd')).toEqual(['ndctl-list.json', 'out'])
    expect(tree.text('cmd/out')).toBeUndefined()
    expect(tree.list('sys/bus/cxl/devices')).toEqual(['mem0'])
    expect(tree.list('proc')).toEqual(['sys', 'version'])
    expect(manifestOf(tree)).toMatchObject({ host: 'db1', unreadable: [] })
  })

  it.runIf(process.getuid?.() === 0)('as another user says what it could not read', async () => {
    const root = writeTree(join(folder, 'tree'), machine)
    for (const path of ['', 'tmp']) chmodSync(join(folder, path), 0o777)
    const secret = 'sys/devices/system/memory/memory3/state'
    chmodSync(join(root, secret), 0)
    const run = await runScript(['sh'], {
      env: environment(),
      scriptArgs: ['--root', root],
      uid: 65534,
      gid: 65534,
    })
    expect(run.errors).toBe('capture: some files need root; manifest.json lists them\n')
    const tree = await opened(run)
    expect(tree.kind(secret)).toBeUndefined()
    expect(tree.text('sys/devices/system/node/node0/cpulist')).toBe('0-3')
    expect(manifestOf(tree)).toMatchObject({ root: false, unreadable: [secret] })
  })
})

describe('this machine', () => {
  itWith(['busybox'], 'is captured by busybox alone', async () => {
    const env = { PATH: installBusybox(folder), TMPDIR: temporary }
    const tree = await opened(await runScript([join(env.PATH, 'sh')], { env }))
    expect(tree.text('proc/version')).toMatch(/^Linux version /)
    expect(tree.kind('sys/devices/system/cpu/online')).toBe('file')
    expect(tree.text('proc/kpageflags')).toBeUndefined()
  })

  it('is captured with the outputs of tools, of which one fails', { timeout: 60_000 }, async () => {
    const programs = writeTree(join(folder, 'programs'), {
      ndctl: '#!/bin/sh\necho "[]"; echo warning >&2; cat; exit\n',
      cxl: '#!/bin/sh\necho "half of"\nexit 1\n',
      daxctl: '#!/bin/sh\n',
    })
    for (const name of readdirSync(programs)) chmodSync(join(programs, name), 0o755)
    const env = { ...environment(), PATH: `${programs}:${process.env['PATH'] ?? ''}` }
    const tree = await opened(await runScript(['sh'], { env }))
    expect(tree.text('cmd/ndctl-list.json')).toBe('[]')
    expect(tree.kind('cmd/cxl-list.json')).toBeUndefined()
    expect(tree.kind('cmd/daxctl-list.json')).toBeUndefined()
    const { unreadable } = manifestOf(tree)
    expect(unreadable).toContain('cmd/cxl-list.json')
    expect(unreadable).not.toContain('cmd/daxctl-list.json')
  })
})

describe('nothing is left behind', () => {
  /** A script that waits in a tool for a moment. */
  async function waiting() {
    const programs = writeTree(join(folder, 'programs'), {
      ndctl: `#!/bin/sh\n: >"${folder}/started"\nsleep 0.3\n`,
    })
    chmodSync(join(programs, 'ndctl'), 0o755)
    const env = { ...environment(), PATH: `${programs}:${process.env['PATH'] ?? ''}` }
    const child = startScript(['sh'], { env })
    while (!existsSync(join(folder, 'started'))) await pause(20)
    expect(readdirSync(temporary)).toHaveLength(1)
    return child
  }

  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGPIPE'] as const) {
    it(`after ${signal}`, { timeout: 60_000 }, async () => {
      const child = await waiting()
      child.kill(signal)
      const [status] = await once(child, 'close')
      expect(status).toBe(1)
      expect(readdirSync(temporary)).toEqual([])
    })
  }

  it('when nobody reads any more', { timeout: 60_000 }, async () => {
    const child = await waiting()
    child.stdout?.destroy()
    const [status] = await once(child, 'close')
    expect(status).not.toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('when the script breaks off on its way', async () => {
    const whole = captureScript('1.2.3')
    for (const share of [0.3, 0.6, 0.99]) {
      const script = whole.slice(0, share * whole.length)
      const run = await runScript(['sh'], { env: environment(), script })
      expect(run.output).toHaveLength(0)
      expect(readdirSync(temporary)).toEqual([])
    }
  })
})

describe('a mistake ends in one line', () => {
  it.each([
    [['--root'], '--root: give a directory'],
    [['--root', '/nowhere'], '/nowhere: this directory cannot be read'],
    [['--root', import.meta.dirname], `${import.meta.dirname}: there is no sys and no proc`],
    [['--page'], '--page: unknown; use --pages or --root DIR'],
  ])('%j', async (scriptArgs, message) => {
    const { status, output, errors } = await runScript(['sh'], { env: environment(), scriptArgs })
    expect({ status, output: output.length }).toEqual({ status: 1, output: 0 })
    expect(errors.split('\n').at(-2)).toBe(`capture: ${message}`)
  })

  it('a temporary folder that is not there', async () => {
    const env = { ...environment(), TMPDIR: join(folder, 'missing') }
    const { status, errors } = await runScript(['sh'], { env })
    expect(status).toBe(1)
    expect(errors).toContain('capture: no temporary folder; set TMPDIR')
  })
})

itWith(['shellcheck'], 'shellcheck finds nothing in the script', async () => {
  const path = join(folder, 'capture.sh')
  writeFileSync(path, captureScript('1.2.3'))
  execFileSync('shellcheck', ['-s', 'sh', path])
})
