import { describe, expect, it } from 'vitest'
import type { Machine } from '../model/topology'
import { GIB, KIB, MIB } from '../model/units'
import { kernelRulesOf, parseArchitecture } from './kernel-rules'
import { selfHostedBlock } from './memmap-on-memory'
import { pageFlagRules } from './rules/page-flag-rules'
import { ruleTable } from './rules/rule-table'

const rulesOf = (fields: Partial<Machine>) =>
  kernelRulesOf({ id: 'machine', sources: {}, ...fields })
const of = (kernelRelease: string, arch = 'x86_64', fields: Partial<Machine> = {}) =>
  rulesOf({ kernelRelease, arch, ...fields })

// DOMAIN §3.3, both columns.
describe('which architectures save struct pages', () => {
  it.each([
    ['5.10', { x86_64: '--', aarch64: '--' }],
    ['5.15', { x86_64: 'h-', riscv64: '--' }],
    ['5.19', { x86_64: 'hd', aarch64: '-d', s390x: '-d' }],
    ['6.1', { x86_64: 'hd', aarch64: '--', s390x: '--' }],
    ['6.2', { x86_64: 'hd', s390x: 'hd', loongarch64: 'hd', riscv64: '--' }],
    ['6.5', { x86_64: 'hd', s390x: 'hd', loongarch64: 'hd', riscv64: 'hd' }],
    ['6.8', { x86_64: 'hd', loongarch64: 'h-', riscv64: 'h-', ppc64le: '-d', s390x: '--' }],
    ['6.12', { x86_64: 'hd', loongarch64: 'h-', riscv64: 'hd', ppc64le: '-d' }],
    ['7.3', { x86_64: 'hd', loongarch64: 'h-', riscv64: 'hd', ppc64le: '-d', aarch64: '--' }],
  ])('Linux %s', (release, expected) => {
    const found = Object.fromEntries(
      Object.keys(expected).map((arch) => {
        const { hvoKeptPages, dedupsDax } = of(release, arch)
        return [arch, `${hvoKeptPages === undefined ? '-' : 'h'}${dedupsDax ? 'd' : '-'}`]
      }),
    )
    expect(found).toEqual(expected)
  })

  it('needs struct pages that never straddle a vmemmap page', () => {
    for (const structPageBytes of [56, 80]) {
      const rules = of('6.12', 'x86_64', { structPageBytes })
      expect([rules.hvoKeptPages, rules.dedupsDax]).toEqual([undefined, false])
    }
  })
})

describe('sections (DOMAIN §1.3)', () => {
  it.each([
    ['x86_64', '7.3', 4 * KIB, 128 * MIB],
    ['aarch64', '5.10', 4 * KIB, GIB],
    ['aarch64', '5.15', 4 * KIB, 128 * MIB],
    ['aarch64', '6.12', 16 * KIB, 128 * MIB],
    ['aarch64', '6.12', 64 * KIB, 512 * MIB],
    ['loongarch64', '6.12', 16 * KIB, 512 * MIB],
    ['ppc64le', '6.12', 64 * KIB, 16 * MIB],
  ])('%s on %s with pages of %d', (arch, release, basePageBytes, sectionBytes) => {
    expect(of(release, arch, { basePageBytes }).sectionBytes).toBe(sectionBytes)
  })
})

describe('evidence', () => {
  const read = { kind: 'read', reader: 'kernel-log', path: 'cmd/dmesg.txt' } as const
  const use = (rules: ReturnType<typeof of>, rule: string) =>
    rules.uses.find((item) => item.rule === rule)

  it('of the kernel log beats the release', () => {
    const logged = of('6.12', 'x86_64', {
      hugetlbFreeableBytes: { [String(2 * MIB)]: 24 * KIB },
      sources: { hugetlbFreeableBytes: read },
    })
    expect(logged.hvoKeptPages).toBe(2)
    expect(use(logged, 'hvoKeptPages')).toMatchObject({
      basis: 'evidence',
      source: 'kernel-log · cmd/dmesg.txt',
    })
    const nothing = of('6.12', 'x86_64', { hugetlbFreeableBytes: { [String(2 * MIB)]: 0 } })
    expect(nothing.hvoKeptPages).toBeUndefined()
  })

  it('of the sysctl proves HVO where the table has none', () => {
    const seen = of('6.12', 'aarch64', {
      hugetlbOptimizeVmemmap: true,
      sources: { hugetlbOptimizeVmemmap: { ...read, reader: 'procfs' } },
    })
    expect(seen.hvoKeptPages).toBe(1)
    const written = of('6.12', 'aarch64', {
      hugetlbOptimizeVmemmap: true,
      sources: { hugetlbOptimizeVmemmap: { ...read, reader: 'spec' } },
    })
    expect(written.hvoKeptPages).toBeUndefined()
  })

  it('says what was taken for granted', () => {
    const rules = rulesOf({})
    expect(rules.notes).toEqual([
      'the kernel release is not known; the rules of Linux 7.3 are taken',
    ])
    expect(use(rules, 'sectionBytes')?.basis).toBe('assumed')
    expect(use(of('6.12'), 'sectionBytes')?.basis).toBe('release')
  })
})

describe('what the rules do not know', () => {
  it('takes the nearest release and says so', () => {
    expect(of('8.1').version).toEqual({ major: 7, minor: 3 })
    expect(of('8.1').notes).toEqual([
      'Linux 8.1 is newer than 7.3, the newest whose rules are known; those are taken',
    ])
    expect(of('3.10.0-1160.el7').notes).toEqual([
      'Linux 3.10 is older than 5.10, the oldest whose rules are known; those are taken',
    ])
    expect(of('3.10').hvoKeptPages).toBeUndefined()
  })

  it('takes x86_64 for an unknown architecture and says so', () => {
    expect(of('6.12', 'sparc64').notes).toEqual([
      'the rules for sparc64 are not known; those of x86_64 are taken',
    ])
  })

  it('knows architectures by the names that the kernel and Debian use', () => {
    expect(parseArchitecture('constructor')).toBeUndefined()
    expect(['arm64', 'amd64', 'riscv', 'x86-64'].map(parseArchitecture)).toEqual([
      'aarch64',
      'x86_64',
      'riscv64',
      'x86_64',
    ])
  })
})

// DOMAIN §2.4.
describe('memory blocks that hold their own struct pages', () => {
  it.each([
    [128 * MIB, 126 * MIB],
    [256 * MIB, 252 * MIB],
    [GIB, 1008 * MIB],
    [2 * GIB, 2016 * MIB],
  ])('of %d bytes leave %d', (blockBytes, usableBytes) => {
    const block = selfHostedBlock(blockBytes, 'Y', of('6.12'))
    expect(block.kind === 'self-hosted' && blockBytes - block.reservedBytes).toBe(usableBytes)
  })

  it('do not exist with the large pages of arm64, in any mode', () => {
    for (const basePageBytes of [16 * KIB, 64 * KIB]) {
      const rules = of('6.12', 'aarch64', { basePageBytes })
      for (const mode of ['Y', 'force'] as const) {
        expect(selfHostedBlock(rules.sectionBytes, mode, rules).kind).toBe('refused')
      }
    }
  })

  it('M5: ppc64 needs force, and wastes half of what is reserved', () => {
    const rules = of('6.12', 'ppc64le')
    expect(selfHostedBlock(GIB, 'Y', rules)).toMatchObject({ rule: 'memmap-on-memory-unaligned' })
    expect(selfHostedBlock(GIB, 'force', rules)).toEqual({
      kind: 'self-hosted',
      memmapBytes: MIB,
      reservedBytes: 2 * MIB,
    })
  })
})

it('every row of the table can be reached, and says where it is from', () => {
  for (const [id, { rows, otherwise, title }] of Object.entries({
    ...ruleTable,
    ...pageFlagRules,
  })) {
    expect(title.length, id).toBeGreaterThan(10)
    for (const { source } of [...rows, otherwise]) expect(source.length, id).toBeGreaterThan(10)
    const conditions = rows.map(({ value: _, source: __, ...row }) => JSON.stringify(row))
    expect(new Set(conditions).size, `${id} repeats a condition`).toBe(conditions.length)
    expect(conditions, `${id} has a row that always holds`).not.toContain('{}')
  }
})
