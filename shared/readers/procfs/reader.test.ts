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

describe('free blocks', () => {
  const BUDDYINFO =
    'Node 0, zone      DMA      1      0      2 \nNode 1, zone   Normal      0     12      1 \n'
  const PAGETYPEINFO = `Page block order: 9
Pages per block:  512

Free pages count per migrate type at order       0      1      2 
Node    0, zone      DMA, type    Unmovable      1      0      0 
Node    0, zone      DMA, type      Movable >100000      0      2 

Number of blocks type     Unmovable      Movable 
Node 0, zone      DMA            3            5 
`
  const ZONEINFO =
    'Node 0, zone      DMA\n        spanned  4095\n        present  3998\n        managed  3840\n'

  it('belong to the zones of zoneinfo, by order and by migrate type', () => {
    const { facts } = read({
      'proc/zoneinfo': ZONEINFO,
      'proc/buddyinfo': BUDDYINFO,
      'proc/pagetypeinfo': PAGETYPEINFO,
    })
    expect(facts.zones).toEqual([
      {
        nodeId: 0,
        name: 'DMA',
        spannedPages: 4095,
        presentPages: 3998,
        managedPages: 3840,
        freeBlocks: [1, 0, 2],
        migrateTypes: [
          { name: 'Unmovable', freeBlocks: [1, 0, 0], pageblocks: 3 },
          // The kernel stops counting: a lower bound is no count.
          { name: 'Movable', pageblocks: 5 },
        ],
      },
      { nodeId: 1, name: 'Normal', freeBlocks: [0, 12, 1] },
    ])
  })

  it('of broken lines are left out', () => {
    const { facts } = read({
      'proc/buddyinfo': `Node 0, zone DMA 1 x\nNode 0, zone\n${BUDDYINFO}`,
      'proc/pagetypeinfo': 'Number of blocks type A B\nNode 0, zone DMA 1\n',
    })
    expect(facts.zones?.map(({ nodeId, name }) => [nodeId, name])).toEqual([
      [0, 'DMA'],
      [1, 'Normal'],
    ])
  })

  it.each([
    ['buddyinfo', BUDDYINFO, { zones: [{ freeBlocks: [1, 0, 2] }, {}] }],
    ['pagetypeinfo', PAGETYPEINFO, { zones: [{ migrateTypes: [{ pageblocks: 3 }, {}] }] }],
    ['zoneinfo', ZONEINFO, { zones: [{ presentPages: 3998 }] }],
    [
      'meminfo',
      'MemTotal:       3145728 kB\nMemFree: 1 kB\n',
      { machine: { memoryBytes: 3 * 2 ** 30 } },
    ],
    [
      'vmstat',
      'nr_free_pages 10012\nnr_zone_active_file 3\n',
      { vmstat: { nr_free_pages: 10012 } },
    ],
    ['iomem', '00001000-0009fbff : System RAM\n', { iomem: [{ end: 0x9fc00 }] }],
    ['version', 'Linux version 6.12.1 (x@y) #1 SMP\n', { machine: { kernelRelease: '6.12.1' } }],
  ])('a pasted %s opens alone', (_, text, expected) => {
    const paste = `$ cat it\n${text}`
    const loose = text.startsWith('Linux') ? text : paste
    expect(procfsReader.sniff(treeOf({ 'some-name.log': loose }))).toBe(true)
    expect(read({ 'some-name.log': loose }).facts).toMatchObject(expected)
  })

  it('of buddyinfo are not the pageblocks of pagetypeinfo, which look alike', () => {
    const { facts } = read({ 'a.txt': PAGETYPEINFO, 'b.txt': BUDDYINFO })
    expect(facts.zones?.map(({ freeBlocks }) => freeBlocks)).toEqual([
      [1, 0, 2],
      [0, 12, 1],
    ])
    expect(read({ 'a.txt': PAGETYPEINFO }).facts.zones?.[0]).not.toHaveProperty('freeBlocks')
    const both = read({ 'a.txt': `${PAGETYPEINFO}\n${BUDDYINFO}` }).facts.zones
    expect(both?.[0]).toMatchObject({
      freeBlocks: [1, 0, 2],
      migrateTypes: [{ pageblocks: 3 }, {}],
    })
  })

  it('sources name the file that was pasted', () => {
    const { facts } = read({ 'm.txt': 'MemTotal:  4 kB\n' })
    expect(facts.machine?.sources['memoryBytes']).toMatchObject({ path: 'm.txt', key: 'MemTotal' })
  })

  it('all in one file do not mix', () => {
    const { facts } = read({
      all: `MemTotal:  4 kB\nnr_free_pages 7\n${ZONEINFO}  start_pfn:  1\n      nr_free_pages 3840\n${BUDDYINFO}`,
    })
    expect(facts.meminfo).toEqual({ MemTotal: 4096 })
    expect(facts.vmstat).toEqual({ nr_free_pages: 7 })
    expect(facts.zones?.[0]?.freeBlocks).toEqual([1, 0, 2])
  })
})

it('finds the windows of CXL in iomem', () => {
  const { facts } = read({
    'proc/iomem': '990000000-b8fffffff : CXL Window 0\n  990000000-a0fffffff : region0\n',
  })
  expect(facts.cxlWindows).toMatchObject([
    { id: 'cxl-window0', windowIndex: 0, startAddress: 0x990000000, sizeBytes: 0x200000000 },
  ])
  expect(facts.cxlWindows?.[0]?.sources['sizeBytes']).toMatchObject({ key: 'CXL Window 0' })
})
