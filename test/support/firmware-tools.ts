import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { bytesOf, sealed } from '../../shared/readers/testing/byte-builder'
import { skipAloud } from './skip'
import { testDataFolder } from './test-data'

function isInstalled(program: string): boolean {
  const { error } = spawnSync(program, ['-h'], { timeout: 10_000 })
  return error === undefined
}

/** Tests on the test data that need a program; says so where it is missing. */
export function describeWithTool(program: string, body: () => void): void {
  if (testDataFolder() !== undefined && isInstalled(program)) {
    describe(`beside ${program}`, body)
    return
  }
  if (testDataFolder() !== undefined) skipAloud('tools', `firmware: ${program} is not installed`)
  describe.skip(`beside ${program}`, body)
}

function inScratch<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'folioscope-firmware-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What `iasl -d` says of a table: the structures in order, each with its labels; the header is the first. */
export function disassembled(table: Uint8Array): readonly ReadonlyMap<string, readonly string[]>[] {
  return inScratch((folder) => {
    writeFileSync(join(folder, 'table.dat'), table)
    spawnSync('iasl', ['-d', 'table.dat'], { cwd: folder, timeout: 20_000 })
    const structures: Map<string, string[]>[] = [new Map()]
    for (const line of readFileSync(join(folder, 'table.dsl'), 'utf8').split('\n')) {
      const [, label, value] = /^(?:\[[^\]]*\])?\s*([^:]+?) : (.*)$/.exec(line) ?? []
      if (label === undefined || value === undefined) continue
      if (label === 'Subtable Type' || label === 'Structure Type') structures.push(new Map())
      const values = structures.at(-1)
      const known = values?.get(label)
      if (known === undefined) values?.set(label, [value.trim()])
      else known.push(value.trim())
    }
    return structures
  })
}

/** What dmidecode prints of a table of sysfs with its entry point 2, as if it had been dumped. */
export function dmidecoded(entryPoint: Uint8Array, table: Uint8Array): string {
  const moved = [...entryPoint]
  bytesOf(32, 4).forEach((byte, index) => (moved[0x18 + index] = byte))
  const inner = sealed(moved, { checksumAt: 0x15, start: 0x10, end: 0x1f })
  const whole = sealed(inner, { checksumAt: 4, end: 0x1f })
  const gap = Array.from({ length: 32 - whole.length }, () => 0)
  return inScratch((folder) => {
    const path = join(folder, 'dump.bin')
    writeFileSync(path, Uint8Array.from([...whole, ...gap, ...table]))
    return spawnSync('dmidecode', ['--from-dump', path], { encoding: 'utf8', timeout: 20_000 })
      .stdout
  })
}
