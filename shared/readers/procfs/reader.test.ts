import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { procfsReader } from './reader'

const read = (files: Readonly<Record<string, string>>) => {
  const context = recordingContext()
  return { facts: procfsReader.read(treeOf(files), context), diagnostics: context.diagnostics }
}

describe('iomem', () => {
  it('reads nested ranges with half-open ends', () => {
    const { facts } = read({
      'proc/iomem':
        '00001000-0009fbff : System RAM\n180000000-37fffffff : Persistent Memory\n  180000000-1bfffffff : namespace1.0\n',
    })
    expect(facts.iomem).toEqual([
      { name: 'System RAM', depth: 0, start: 0x1000, end: 0x9fc00 },
      { name: 'Persistent Memory', depth: 0, start: 0x180000000, end: 0x380000000 },
      { name: 'namespace1.0', depth: 1, start: 0x180000000, end: 0x1c0000000 },
    ])
  })

  it('takes all-zero addresses for hidden, not for a machine without memory', () => {
    const { facts, diagnostics } = read({
      'proc/iomem': '00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n',
    })
    expect(facts.iomem).toBeUndefined()
    expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([
      ['needs-root', 'proc/iomem'],
    ])
  })

  it('leaves out lines that make no sense', () => {
    const { facts } = read({
      'proc/iomem':
        '10-f : backwards\nffffffffffffffff-ffffffffffffffff : too large\nnoise\n1000-1fff : System RAM\n',
    })
    expect(facts.iomem?.map(({ name }) => name)).toEqual(['System RAM'])
  })
})

describe('machine', () => {
  it.each([
    ['flags\t\t: fpu lm sse2', 'x86_64'],
    ['CPU implementer\t: 0x41\nCPU architecture: 8', 'aarch64'],
    ['isa\t\t: rv64imafdc', 'riscv64'],
    ['vendor_id       : IBM/S390', 's390x'],
    ['model name: something else', undefined],
  ])('knows the architecture of %j', (cpuinfo, arch) => {
    expect(read({ 'proc/cpuinfo': cpuinfo }).facts.machine?.arch).toBe(arch)
  })

  it('derives the base page size from two counters of the same thing', () => {
    const { facts } = read({
      'proc/meminfo': 'MemFree:          160000 kB\nHugePages_Total:       3',
      'proc/vmstat': 'nr_free_pages 10012',
    })
    expect(facts.machine?.basePageBytes).toBe(16384)
    expect(facts.machine?.sources['basePageBytes']?.kind).toBe('derived')
    expect(facts.meminfo).toEqual({ MemFree: 160000 * 1024, HugePages_Total: 3 })
  })

  it('finds where kpageflags has hugetlb pages', () => {
    const flags = (count: number, low: string) => `${low}\0\0\0\0\0`.repeat(count)
    const huge = '\0\0\u0002'
    const none = '\0\0\0'
    const { facts } = read({ 'proc/kpageflags': flags(32768, none) + flags(512, huge) })
    expect(facts.machine?.hugetlbSections).toEqual([{ startPfn: 32768, hugetlbPages: 512 }])
  })
})

it('reads zones with their start', () => {
  const { facts } = read({
    'proc/zoneinfo':
      'Node 0, zone      DMA\n  pages free     3840\n        spanned  4095\n        present  3998\n        managed  3840\n  start_pfn:           1\nNode 1, zone   Device\n        spanned  0\n',
  })
  expect(facts.zones).toEqual([
    {
      nodeId: 0,
      name: 'DMA',
      startPfn: 1,
      spannedPages: 4095,
      presentPages: 3998,
      managedPages: 3840,
    },
  ])
})
