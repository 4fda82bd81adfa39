import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoadProgress, OpenedTree, SourceTree } from '../../shared/readers/source-tree'
import { DEFAULT_LIMITS } from './limits'
import { openBytes } from './open-bytes'
import { openTree } from './open-tree'
import { packTar, type TarMember } from './pack-tar'
import { acpiTable } from '../../shared/readers/acpi/testing/acpi-table'
import {
  dumpFile,
  endOfTable,
  entryPoint2,
  entryPoint3,
  memoryDevice,
} from '../../shared/readers/smbios/testing/smbios-table'

const quiet = { report: () => undefined }
const open = (bytes: Uint8Array, name = 'x.tar') => openBytes(name, bytes, quiet)

const members: readonly TarMember[] = [
  { name: 'manifest.json', content: '{"format":"folioscope-snapshot","version":1}' },
  { name: 'sys/' },
  { name: 'sys/devices/system/node/online', content: '0-1\n' },
  { name: 'sys/devices/system/node/node0/meminfo', content: 'Node 0 MemTotal: 1 kB\n\0\0\0' },
  { name: 'sys/devices/a+b:c/size', content: '4096\n' },
  { name: 'sys/bus/node/devices/node0', linkTo: '../../../devices/system/node/node0' },
  { name: 'sys/class/absolute', linkTo: '/sys/devices' },
  { name: 'sys/class/dangling', linkTo: '../bus/nd/drivers/nd_pmem' },
  { name: 'sys/class/outside', linkTo: '../../../etc' },
  { name: 'proc/hard', linkTo: 'proc/meminfo', isHard: true },
  { name: 'proc/meminfo', content: 'first' },
  { name: 'proc/meminfo', content: 'last wins' },
]

/** All that a tree holds, in a form that a person can compare. */
function dump(tree: SourceTree, path = ''): readonly string[] {
  return tree.list(path).flatMap((name) => {
    const child = path === '' ? name : `${path}/${name}`
    const target = tree.linkTarget(child)
    if (target !== undefined) {
      return [`${child} -> ${target} = ${tree.resolve(child) ?? 'absent'}`]
    }
    if (tree.kind(child) === 'directory') return [`${child}/`, ...dump(tree, child)]
    return [`${child}: ${JSON.stringify(tree.text(child))}`]
  })
}

/** The one line that a person sees when something cannot be opened. */
async function refusal(opening: Promise<OpenedTree>): Promise<string> {
  const error: unknown = await opening.then(
    () => new Error('it was opened'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof Error) || error.name !== 'FormatError') throw error
  return `[${'code' in error ? String(error.code) : ''}] ${error.message}`
}

let directory = ''
let tar: Uint8Array = new Uint8Array()
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'folioscope-open-'))
  tar = await packTar(members)
})
afterAll(() => rmSync(directory, { recursive: true }))

const write = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(join(directory, name), bytes)
  return join(directory, name)
}

describe('an archive', () => {
  it('gives its members, links resolved inside only', async () => {
    const { tree, name, origin } = await open(tar)
    expect({ name, origin }).toEqual({ name: 'x.tar', origin: 'archive' })
    expect(dump(tree)).toMatchInlineSnapshot(`
      [
        "manifest.json: "{\\"format\\":\\"folioscope-snapshot\\",\\"version\\":1}"",
        "proc/",
        "proc/hard: "last wins"",
        "proc/meminfo: "last wins"",
        "sys/",
        "sys/bus/",
        "sys/bus/node/",
        "sys/bus/node/devices/",
        "sys/bus/node/devices/node0 -> ../../../devices/system/node/node0 = sys/devices/system/node/node0",
        "sys/class/",
        "sys/class/absolute -> /sys/devices = sys/devices",
        "sys/class/dangling -> ../bus/nd/drivers/nd_pmem = absent",
        "sys/class/outside -> ../../../etc = absent",
        "sys/devices/",
        "sys/devices/a+b:c/",
        "sys/devices/a+b:c/size: "4096"",
        "sys/devices/system/",
        "sys/devices/system/node/",
        "sys/devices/system/node/node0/",
        "sys/devices/system/node/node0/meminfo: "Node 0 MemTotal: 1 kB"",
        "sys/devices/system/node/online: "0-1"",
      ]
    `)
    expect(tree.text('sys/bus/node/devices/node0/meminfo')).toBe('Node 0 MemTotal: 1 kB')
    expect(tree.resolve('sys/bus/node/devices/node0/meminfo')).toBe(
      'sys/devices/system/node/node0/meminfo',
    )
    expect(tree.kind('sys/class/outside')).toBeUndefined()
    expect(tree.kind('sys/class/absolute')).toBe('directory')
    expect(tree.text('proc/meminfo/x')).toBeUndefined()
    expect(tree.list('proc/meminfo')).toEqual([])
    expect([...tree.pieces('proc/meminfo', 4)].map((piece) => piece.length)).toEqual([4, 4, 1])
  })

  const packers: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array | undefined>> = {
    gzip: (bytes) => gzipSync(bytes),
    'gzip in two members': (bytes) =>
      Buffer.concat([gzipSync(bytes.subarray(0, 999)), gzipSync(bytes.subarray(999))]),
    zstd: (bytes) => zstdCompressSync(bytes),
    'zstd in two frames': (bytes) =>
      Buffer.concat([
        zstdCompressSync(bytes.subarray(0, 999)),
        zstdCompressSync(bytes.subarray(999)),
      ]),
    bzip2: (bytes) => run('bzip2', ['-c'], bytes),
    'bzip2 in two streams': (bytes) => {
      const parts = [bytes.subarray(0, 999), bytes.subarray(999)].map((part) =>
        run('bzip2', ['-c'], part),
      )
      return parts.every((part) => part !== undefined) ? Buffer.concat(parts) : undefined
    },
    xz: (bytes) => run('xz', ['-c'], bytes),
    'xz with a check that only the program knows': (bytes) =>
      run('xz', ['-c', '--check=sha256'], bytes),
  }

  it.for(Object.keys(packers))(
    'is the same packed with %s, whatever its name',
    async (key, context) => {
      const packed = packers[key]?.(tar)
      if (packed === undefined) return context.skip('its program is not installed')
      const plain = await open(tar)
      expect(dump((await open(packed, 'some.pdf')).tree)).toEqual(dump(plain.tree))
    },
  )

  it('loses directories around it', async () => {
    const wrapped = members.map((member) => ({
      ...member,
      name: `./sosreport-a+b:1/${member.name}`,
      ...('isHard' in member ? { linkTo: `sosreport-a+b:1/${member.linkTo}` } : {}),
    }))
    const { tree } = await open(await packTar([{ name: './' }, ...wrapped]))
    expect(dump(tree)).toEqual(dump((await open(tar)).tree))
  })

  it('reports the packed bytes', async () => {
    const packed = gzipSync(tar)
    const reports: LoadProgress[] = []
    await openBytes('x', packed, { report: (progress) => void reports.push(progress) })
    expect(reports.at(-1)).toMatchObject({ phase: 'opening', total: packed.length })
  })

  it('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort()
    await expect(openBytes('x', gzipSync(tar), { ...quiet, signal })).rejects.toMatchObject({
      detail: { kind: 'cancelled' },
    })
  })
})

describe('a directory', () => {
  it('is the same as its archive, also when something is wrapped around it', async (context) => {
    const place = join(directory, 'unpacked')
    mkdirSync(place)
    // GNU tar links only to what it has already unpacked.
    const plain = await packTar(members.filter((member) => !('isHard' in member)))
    write('unpacked.tar', plain)
    const unpacking = spawnSync('tar', ['xf', join(directory, 'unpacked.tar'), '-C', place])
    if (unpacking.error !== undefined) return context.skip('tar is not installed')
    expect(unpacking.stderr.toString()).toBe('')
    const expected = dump((await open(plain)).tree)
    const opened = await openTree(place, quiet)
    expect(opened).toMatchObject({ name: 'unpacked', origin: 'directory' })
    expect(dump(opened.tree)).toEqual(expected)
    const wrapped = join(directory, 'wrapped')
    mkdirSync(wrapped)
    spawnSync('cp', ['-a', place, wrapped])
    expect(dump((await openTree(wrapped, quiet)).tree)).toEqual(expected)
  })

  it('reads what waits, loops or is no file as absent', async () => {
    const place = join(directory, 'odd')
    mkdirSync(join(place, 'sys'), { recursive: true })
    symlinkSync('loop', join(place, 'sys/loop'))
    spawnSync('mkfifo', [join(place, 'sys/fifo')])
    const { tree } = await openTree(place, quiet)
    expect(tree.text('sys/loop')).toBeUndefined()
    expect(tree.linkTarget('sys/loop')).toBe('loop')
    expect(tree.text('sys/fifo')).toBeUndefined()
    expect(tree.text('sys')).toBeUndefined()
    expect(tree.bytes('../../etc/passwd')).toBeUndefined()
  })
})

describe('this machine', () => {
  it.runIf(process.platform === 'linux')('shows /sys and /proc and nothing else', async () => {
    const { tree, origin } = await openTree('live', quiet)
    expect(origin).toBe('live')
    expect(tree.list('')).toEqual(['cmd', 'proc', 'sys'])
    expect(tree.text('proc/version')).toMatch(/^Linux version/)
    expect(tree.bytes('etc/passwd')).toBeUndefined()
    expect(tree.bytes('proc/self/root/etc/passwd')).toBeUndefined()
    expect(tree.text('proc/self/mem')).toBeUndefined()
    expect(tree.sizeBytes('proc/version')).toBeUndefined()
  })
})

describe('a loose file', () => {
  it('is a tree of one file, packed or not', async () => {
    const text = '<?xml version="1.0"?>\n<topology/>\n'
    expect(dump((await openTree(write('machine.xml', text), quiet)).tree)).toEqual([
      'machine.xml: "<?xml version=\\"1.0\\"?>\\n<topology/>"',
    ])
    const packed = await openTree(write('machine.xml.gz', gzipSync(text)), quiet)
    expect(packed.tree.list('')).toEqual(['machine.xml'])
  })
})

describe('a loose binary file', () => {
  it('is let through to the readers where firmware wrote it', async () => {
    const table = Uint8Array.from([...memoryDevice(1), ...endOfTable])
    for (const bytes of [
      table,
      dumpFile(entryPoint2([...table], 2), [...table]),
      dumpFile(entryPoint3(table.length), [...table]),
      acpiTable('SLIT', [1, 0, 0, 0, 0, 0, 0, 0, 10]),
    ]) {
      const { tree, origin } = await open(bytes, 'dump.bin')
      expect(origin).toBe('file')
      expect(tree.bytes('dump.bin')).toEqual(bytes)
    }
  })
})

describe('bad input', () => {
  it('names what, where and what to try', async () => {
    const opened = (name: string, content: string | Uint8Array) =>
      refusal(openTree(write(name, content), quiet))
    mkdirSync(join(directory, 'empty'))
    symlinkSync('round', join(directory, 'round'))
    const packed = gzipSync(tar)
    const damaged = Buffer.from(packed)
    damaged.fill(0x55, 60, 80)
    const lines = [
      (await refusal(openTree(join(directory, 'missing'), quiet))).replace(directory, '…'),
      (await refusal(openTree(join(directory, 'round'), quiet))).replace(directory, '…'),
      await refusal(openTree('/dev/null', quiet)),
      await refusal(openTree(join(directory, 'empty'), quiet)),
      await opened('nothing.folioscope', ''),
      await opened('nothing.gz', gzipSync('')),
      await opened(
        'random.tar.gz',
        new Uint8Array(4096).map((_, index) => (index * 7919) % 251),
      ),
      await opened('paper.folioscope', '%PDF-1.7\n…'),
      await opened('page.tar.gz', '\n<!DOCTYPE html><html><body>Sign in</body></html>'),
      await opened(
        'pointer.folioscope',
        'version https://git-lfs.github.com/spec/v1\noid sha256:0',
      ),
      await opened('picture.png', Buffer.from('\x89PNG', 'latin1')),
      await opened('vmcore', Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(9)}\x04\0`, 'latin1')),
      await opened('other.zip', 'PK\x03\x04'),
      await opened('cut.folioscope', packed.subarray(0, packed.length - 100)),
      await opened('damaged.folioscope', damaged),
      await opened('cut.tar', tar.subarray(0, 3000)),
      await opened('cut-between-members.tar', tar.subarray(0, 5 * 512)),
      await opened('zeros.tar', new Uint8Array(10240)),
    ]
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "[not-found] …/missing: no such file or directory; check the name
      [link-loop] …/round: the symbolic link leads round in a circle; give the file itself
      [not-a-file] /dev/null: this is a device or a socket; give a file or a directory, or '-' for standard input
      [empty-directory] empty: the directory is empty; give a directory that holds 'sys' and 'proc'
      [empty-file] nothing.folioscope: the file is empty (0 bytes); a tool that finds nothing prints nothing; else capture or copy it again
      [empty-file] nothing.gz: the file is empty (0 bytes); a tool that finds nothing prints nothing; else capture or copy it again
      [not-an-archive] random.tar.gz: this is neither an archive (tar, gzip, zstd, bzip2, xz) nor text; give a snapshot, a tar of /sys and /proc, or the output of a tool
      [pdf] paper.folioscope: this is a PDF document; give a snapshot or the output of a tool; if lstopo drew it, save its XML: lstopo machine.xml
      [html] page.tar.gz: this is an HTML page; a download may have given a login or error page: download the file itself
      [git-lfs-pointer] pointer.folioscope: this is a Git LFS pointer, not the file itself; fetch the file with 'git lfs pull'
      [png] picture.png: this is a PNG picture; give a snapshot or the output of a tool; if lstopo drew it, save its XML: lstopo machine.xml
      [core-dump] vmcore: this is the core dump of a process; give a snapshot, a tar of /sys and /proc, or the output of a tool
      [unsupported-archive] other.zip: this kind of archive is not read (zip, 7z, rar, cpio, deb, rpm, squashfs); unpack it and give the directory
      [truncated-archive] cut.folioscope: the archive breaks off in or after sys/class/dangling, 6243 bytes unpacked; copy or download it again
      [damaged-archive] damaged.folioscope: the packed data is damaged; copy or download it again
      [truncated-archive] cut.tar: the archive breaks off in or after sys/devices/system/node/online, 3000 bytes unpacked; copy or download it again
      [truncated-archive] cut-between-members.tar: the archive breaks off in or after sys/devices/system/node/online, 2560 bytes unpacked; copy or download it again
      [empty-archive] zeros.tar: the archive holds no files; capture or pack it again"
    `)
  })

  it('refuses an archive with unsafe names as a whole', async () => {
    const refused = async (member: TarMember) =>
      refusal(open(await packTar([...members, member]), 'evil.tar'))
    const lines = [
      await refused({ name: '../../etc/cron.d/x', content: 'x' }),
      await refused({ name: 'sys/../../x', content: 'x' }),
      await refused({ name: '/etc/passwd', content: 'x' }),
      await refused({ name: 'proc/x', linkTo: '../etc/passwd', isHard: true }),
      await refused({ name: `${'d/'.repeat(65)}x`, content: 'x' }),
      await refused({ name: '\u001b[2J\u202e/../x', content: 'x' }),
      await refused({ name: 'sys/a', linkTo: 'a' }),
    ]
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "[unsafe-member-name] evil.tar, member ../../etc/cron.d/x: the name leads out of the archive ('..'); pack the archive again without it
      [unsafe-member-name] evil.tar, member sys/../../x: the name leads out of the archive ('..'); pack the archive again without it
      [unsafe-member-name] evil.tar, member /etc/passwd: the name is absolute; pack the archive again with 'tar -C / sys proc'
      [unsafe-member-name] evil.tar, member ../etc/passwd: the name leads out of the archive ('..'); pack the archive again without it
      [unsafe-member-name] evil.tar, member d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/d/x: the name is deeper than 64 directories; pack less
      [unsafe-member-name] evil.tar, member \\u{1b}[2J\\u{202e}/../x: the name leads out of the archive ('..'); pack the archive again without it
      [link-loop] evil.tar, member sys/a: the symbolic link leads round in a circle; pack the archive again without it"
    `)
  })

  it('stops at its limits', async () => {
    const limited = (limits: Partial<typeof DEFAULT_LIMITS>, bytes: Uint8Array) =>
      refusal(openBytes('big.tar', bytes, { ...quiet, limits: { ...DEFAULT_LIMITS, ...limits } }))
    const zeros = await packTar([{ name: 'sys/zeros', content: new Uint8Array(4_000_000) }])
    const lines = [
      await limited({ entries: 3 }, tar),
      await limited({ fileBytes: 20 }, tar),
      await limited({ totalBytes: 1_000_000 }, gzipSync(zeros)),
      await limited({ ratio: 100, ratioFromBytes: 100_000 }, gzipSync(zeros)),
      await limited({ pathLength: 10 }, tar),
    ]
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "[too-many-members] big.tar: the archive has more than 3 members; pack only sys, proc and cmd
      [member-too-large] big.tar, member manifest.json: the member has more than 20 bytes; pack the archive again without it
      [input-too-large] big.tar: it unpacks to more than 1000000 bytes; unpack it yourself and give the directory, if you trust it
      [input-too-large] big.tar: it unpacks to more than 100 times its size; unpack it yourself and give the directory, if you trust it
      [unsafe-member-name] big.tar, member manifest.json: the name is longer than 10 characters; shorten it"
    `)
  })
})

describe('a real capture', () => {
  it('opens from its content', async () => {
    const path = join(import.meta.dirname, '../../test/fixtures/kernel/twosocket-k61.folioscope')
    const { tree } = await openTree(path, quiet)
    expect(tree.list('')).toEqual(['cmd', 'manifest.json', 'proc', 'sys'])
    expect(tree.text('sys/bus/node/devices/node1/distance')).toBe('21 10')
    expect(tree.linkTarget('sys/bus/nd/devices/namespace0.3')).toMatch(/LNXSYSTM/)
    expect(tree.sizeBytes('proc/kpageflags')).toBeGreaterThan(1_000_000)
  })
})

function run(program: string, args: readonly string[], input: Uint8Array): Uint8Array | undefined {
  const result = spawnSync(program, args, { input, maxBuffer: 64 * 1024 ** 2 })
  return result.status === 0 ? result.stdout : undefined
}
