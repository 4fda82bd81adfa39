import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CAPTURE_TOOLS } from '../../shared/capture/tools'
import { installBusybox, itWith } from './testing/shells'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-tools-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The notes of /proc/kcore as the kernel writes them: binary ones first, then VMCOREINFO, then the next page. */
const KCORE = Buffer.concat([
  Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'),
  Buffer.alloc(9000, Buffer.from('CORE\0\0\0\x01\xff\xfeSIZE(page)', 'latin1')),
  Buffer.from('\x0b\0\0\0\x59\x01\0\0\0\0\0\0VMCOREINFO\0\0', 'latin1'),
  Buffer.from(
    'OSRELEASE=6.12.95\nBUILD-ID=abc\nPAGESIZE=4096\nSYMBOL(init_uts_ns)=ffffffff81000000\n' +
      'SYMBOL(vmemmap)=ffffea0000000000\nSIZE(page)=64\nSIZE(pglist_data)=1\nOFFSET(page.flags)=0\n' +
      'OFFSET(list_head.next)=0\nKERNELOFFSET=1e000000\n',
  ),
  Buffer.alloc(100_000),
])

const NOTES = `OSRELEASE=6.12.95
PAGESIZE=4096
SYMBOL(vmemmap)=ffffea0000000000
SIZE(page)=64
OFFSET(page.flags)=0
`

/** Runs a command of the list with its file or program replaced. */
function run(file: string, from: string, to: string, PATH = process.env['PATH']): string {
  const command = CAPTURE_TOOLS.find((tool) => tool.file === file)?.command ?? ''
  expect(command).toContain(from)
  const { stdout } = spawnSync('sh', ['-c', command.replace(from, to)], { env: { PATH } })
  return stdout.toString()
}

it('vmcoreinfo.txt holds the notes about struct page, and no other address', () => {
  writeFileSync(join(folder, 'kcore'), KCORE)
  expect(run('vmcoreinfo.txt', '/proc/kcore', join(folder, 'kcore'))).toBe(NOTES)
})

itWith(['busybox'], 'and the same with busybox', async () => {
  writeFileSync(join(folder, 'kcore'), KCORE)
  const PATH = installBusybox(folder)
  expect(run('vmcoreinfo.txt', '/proc/kcore', join(folder, 'kcore'), PATH)).toBe(NOTES)
})

it('dmesg.txt holds what speaks of memory', () => {
  const kept = [
    '[    0.000000] Linux version 6.12.95',
    '[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable',
    '[    0.010000] ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x3fffffff]',
    '[    0.300000] HugeTLB: 28 KiB vmemmap can be freed for a 2.00 MiB page',
  ]
  const log = [...kept, '[    9.000000] usb 1-1: SerialNumber: 4711', '[ 9.1] wlan0: associated']
  writeFileSync(join(folder, 'log'), `${log.join('\n')}\n`)
  expect(run('dmesg.txt', 'dmesg', `cat '${join(folder, 'log')}'`)).toBe(`${kept.join('\n')}\n`)
})
