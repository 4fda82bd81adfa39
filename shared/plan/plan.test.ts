import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlanInput, readPlanInput } from './plan-input'
import type { Plan } from './plan-subject'
import { planCommandLine } from './plan-command'
import { planSubjects } from './plan-subjects'
import { planJson, planText } from './plan-text'

/** Runs `folioscope plan LINE` without the command line: words as a shell would split them. */
function run(line: string) {
  const [id, ...words] = line.split(' ')
  const subject = planSubjects.find((item) => item.id === id)
  if (subject === undefined) throw new Error(`no subject ${id}`)
  const given: Record<string, string | string[] | true> = {}
  let name = ''
  for (const word of words) {
    if (word.startsWith('--')) {
      name = word.slice(2)
      given[name] ??= true
    } else {
      const known = given[name]
      given[name] = Array.isArray(known)
        ? [...known, word]
        : known === true
          ? word
          : [String(known), word]
    }
  }
  const input = readPlanInput(subject.options, given)
  return input instanceof PlanInput ? subject.plan(input) : input
}

function figures(line: string): Plan['figures'] {
  const plan = run(line)
  if (!('kind' in plan) || plan.kind === 'refused') throw new Error(JSON.stringify(plan))
  return plan.figures
}

// DOMAIN §11; S, H, D, F, B, M and W are its ids.
describe.each<[string, string, Plan['figures']]>([
  ['S1', 'ram --range 0-1TiB', { structPages: 268435456, fullBytes: 17179869184, sections: 8192 }],
  ['S2', 'ram --range 0-1TiB --page-size 64K', { residentBytes: 1073741824 }],
  ['S2', 'ram --range 0-1TiB --page-size 16K', { residentBytes: 4294967296 }],
  ['S3', 'ram --range 0-3GiB 4GiB-25GiB', { sections: 192, residentBytes: 98304 * 4096 }],
  ['S4', 'address --pfn 0', { structPageAddress: '0xffffea0000000000' }],
  ['S4', 'address --pfn 1', { structPageAddress: '0xffffea0000000040' }],
  ['S4', 'address --pfn 0x40', { structPageAddress: '0xffffea0000001000', vmemmapPage: 1 }],
  ['S5', 'address --phys 4GiB', { pfn: 0x100000, structPageAddress: '0xffffea0004000000' }],
  ['S5', 'address --phys 4GiB --la57', { structPageAddress: '0xffd4000004000000' }],
  ['S6', 'address --phys 0x12345000', { structPageAddress: '0xffffea000048d140' }],
  ['S7', 'address --phys 0x3060000000', { structPageAddress: '0xffffea00c1800000' }],
  ['S8', 'address --phys 128MiB', { structPageAddress: '0xffffea0000200000', section: 1 }],
  [
    'S9',
    'address --arch arm64 --memstart 0x80000000 --phys 0x100000000',
    { structPageAddress: '0xfffffdffc2000000' },
  ],
  ['S10', 'ram --range 0-0x8f7fffff', { sections: 18, residentBytes: 37748736 }],
  ['H1', 'hugepages --size 2M --count 1 --kernel 5.18', { freedPagesPerHugepage: 7 }],
  ['H1', 'hugepages --size 2M --count 1 --kernel 5.15', { freedPagesPerHugepage: 6 }],
  ['H2', 'hugepages --size 1G --count 1', { freedPagesPerHugepage: 4095 }],
  ['H4', 'hugepages --size 2M --count 512 --kernel 5.14', { freedBytes: 12582912 }],
  ['H5', 'hugepages --size 2M --count 512', { freedBytes: 14680064, sharedTailBytesPerZone: 4096 }],
  [
    'H6',
    'hugepages --size 1G --count 1024 --kernel 7.3',
    { freedBytes: 17175674880, residentBytes: 4194304 },
  ],
  [
    'H7',
    'hugepages --size 2M --count 524288',
    { freedBytes: 15032385536, residentBytes: 2147483648 },
  ],
  ['H8', 'hugepages --size 2M --count 512 --arch arm64', { freedBytes: 0 }],
  ['H9', 'hugepages --size 2M --count 512 --struct-page 56', { freedBytes: 0 }],
  ['H9', 'hugepages --size 2M --count 512 --struct-page 80', { freedBytes: 0 }],
  ['off', 'hugepages --size 2M --count 1 --hvo off', { freedBytes: 0, keptPagesPerHugepage: 8 }],
  [
    'D1',
    'namespace --raw 1TiB --mode devdax --map mem --align 2M',
    { residentBytes: 4294967296, ramBytes: 4294967296 },
  ],
  ['D4', 'namespace --raw 1TiB --mode devdax --map mem --align 1G', { ramBytes: 8388608 }],
  ['D5', 'namespace --raw 1TiB --mode devdax --map mem --align 4K', { ramBytes: 17179869184 }],
  [
    'D6',
    'namespace --raw 1TiB --mode devdax --map dev --align 2M',
    { ramBytes: 0, deviceBytes: 17179869184, savedBytes: 0 },
  ],
  ['F1', 'namespace --raw 8GiB --map mem', { usableBytes: 8587837440 }],
  ['F2', 'namespace --raw 8GiB --map dev', { usableBytes: 8453619712 }],
  ['F3', 'namespace --raw 756GiB', { usableHuman: '744.19 GiB (799.06 GB)' }],
  ['F4', 'namespace --raw 1512GiB', { usableHuman: '1488.37 GiB (1598.13 GB)' }],
  ['F5', 'namespace --raw 64MiB --map mem', { usableHuman: '62.00 MiB (65.01 MB)' }],
  ['F6', 'namespace --raw 2GiB --mode devdax --kernel 4.11', { usableBytes: 2111832064 }],
  ['F7', 'namespace --raw 4GiB --mode devdax', { usableBytes: 4225761280 }],
  [
    'F9',
    'namespace --raw 1TiB --mode devdax --align 2M',
    { usableBytes: 1082329661440, dataOffsetBytes: 17181966336 },
  ],
  ['F10', 'namespace --raw 1TiB --map mem', { usableBytes: 1099509530624 }],
  ['F11', 'namespace --raw 1TiB --align 1G', { usableBytes: 1081258016768 }],
  ['F12', 'namespace --raw 1TiB --map mem --align 1G', { usableBytes: 1098437885952 }],
  ['F13', 'namespace --raw 1TiB --align 4K', { usableBytes: 1082329661440 }],
  ['F14', 'namespace --raw 100GiB', { usableBytes: 105694363648 }],
  [
    'F15',
    'namespace --raw 102402MiB --align 1G',
    { endTruncBytes: 2097152, usableBytes: 105226698752 },
  ],
  ['F16', 'namespace --raw 32MiB', { usableBytes: 31457280 }],
  [
    'F17',
    'namespace --raw 6GiB --align 1G --start 0x20000000',
    { dataOffsetBytes: 536870912, endTruncBytes: 536870912, usableBytes: 5368709120 },
  ],
  [
    'F18',
    'namespace --raw 6GiB --start 0x101000000',
    { usableBytes: 6339690496, ramBytes: 2097152, deviceBytes: 98566144 },
  ],
  ['F20', 'namespace --raw 1TiB --align 512M --page-size 64K', { usableBytes: 1097901015040 }],
  ['B1', 'namespace --raw 8GiB --mode sector --btt 1.1', { usableBytes: 8580472832 }],
  ['B2', 'namespace --raw 1TiB --mode sector', { usableBytes: 1098436771840 }],
  ['B3', 'namespace --raw 1TiB --mode sector --sector 512', { usableBytes: 1090987962368 }],
  ['B4', 'namespace --raw 100GiB --mode sector', { usableBytes: 107268345856, structPages: 0 }],
  ['raw', 'namespace --raw 1TiB --mode raw', { usableBytes: 1099511627776, residentBytes: 0 }],
  [
    'shows',
    'namespace --raw 3GiB --mode devdax --map mem --align 1G',
    { usableBytes: 2147483648, residentBytes: 24576, pageTableBytes: 24 * 4096 },
  ],
  ['M2', 'system-ram --start 0x490000000 --size 512MiB --block 128M', { blocks: 4, lostBytes: 0 }],
  [
    'M4',
    'system-ram --start 0x490000000 --size 128MiB --block 128M --memmap-on-memory',
    { usableBytes: 132120576, ramBytes: 0, deviceBytes: 2097152 },
  ],
  [
    'M4',
    'system-ram --start 0x480000000 --size 2GiB --block 2G --memmap-on-memory',
    { usableBytes: 2113929216 },
  ],
  [
    '§13 kmem',
    'system-ram --start 0x180200000 --size 2046MiB --block 128M',
    { blocks: 15, ramBytes: 7680 * 4096, lostBytes: 126 * 2 ** 20 },
  ],
  [
    '§13 kmem on 6.1',
    'system-ram --start 0x180000000 --size 1GiB --block 128M --memmap-on-memory --kernel 6.1',
    { usableBytes: 2 ** 30, ramBytes: 2 ** 24, deviceBytes: 0 },
  ],
  ['W1', 'ram --range 0-1TiB --struct-page 32', { residentBytes: 8589934592 }],
  ['W1', 'ram --range 0-1TiB --struct-page 8', { residentBytes: 2147483648 }],
  [
    'W2',
    'ram --range 0-1TiB --struct-page 8 --folio-bytes 80 --folio-order 0',
    { residentBytes: 23622320128 },
  ],
  [
    'W3',
    'ram --range 0-1TiB --struct-page 8 --folio-order 9',
    { residentBytes: 2189426688, folios: 524288 },
  ],
])('%s', (_id, line, expected) => {
  it(line, () => {
    expect(figures(line)).toMatchObject(expected)
  })
})

describe('what the kernel refuses', () => {
  it.each([
    ['F19', 'namespace --raw 1GiB --map mem --align 1G', 'no-room'],
    ['B7', 'namespace --raw 16MiB --mode sector --btt 1.1', 'no-room'],
    ['', 'namespace --raw 1GiB --align 3M', 'align-not-supported'],
    ['', 'namespace --raw 1GiB --start 0x100100000', 'start-not-aligned'],
    ['', 'namespace --raw 1GiB --struct-page 80', 'struct-page-too-large'],
    ['', 'namespace --raw 4097', 'not-whole-pages'],
    ['', 'namespace --raw 1GiB --arch x86_64 --page-size 64K', 'no-such-base-page'],
    ['', 'hugepages --size 3M --count 1', 'no-such-hugepage'],
    ['', 'hugepages --size 32M --count 1', 'no-such-hugepage'],
    ['', 'hugepages --size 1G --count 999999999999', 'too-large'],
    ['', 'system-ram --start 0 --size 1GiB --block 100M', 'block-not-supported'],
    ['', 'system-ram --start 1MiB --size 200MiB --block 128M', 'no-whole-block'],
    ['', 'address --pfn 1 --phys 1', 'one-place'],
    ['', 'address --pfn 1 --arch s390x', 'base-not-known'],
    ['', 'ram --range 0-1GiB --folio-bytes 80 --folio-order 40', 'order-too-large'],
  ])('%s %s', (_id, line, rule) => {
    expect(run(line)).toMatchObject({ kind: 'refused', rule })
  })
})

describe('what cannot be read', () => {
  it.each([
    ['namespace', 'raw', 'it is missing'],
    ['namespace --raw 0', 'raw', "'0' is no size"],
    ['namespace --raw -1', 'raw', "'-1' is not a size"],
    ['namespace --raw 5000TiB', 'raw', 'beyond every physical address space'],
    ['namespace --raw 1GiB --mode foo', 'mode', 'is not one of fsdax, devdax, sector, raw'],
    ['namespace --raw 1GiB --kernel new', 'kernel', 'is not a kernel release'],
    ['namespace --raw 1GiB --arch z80', 'arch', 'is not a known architecture'],
    ['hugepages --size 2M --count 1.5', 'count', 'is not a whole number'],
    ['ram --range 3GiB-1GiB', 'range', 'is not a range'],
    ['address --pfn 1 --base 12', 'base', 'is not a virtual address'],
  ])('%s', (line, option, what) => {
    const mistake = run(line)
    expect(mistake).toMatchObject({ option })
    expect('what' in mistake && mistake.what).toContain(what)
  })
})

it('repeats what it took for granted, and names the nearest kernel', () => {
  const plan = run('hugepages --size 2M --count 1 --kernel 9.9')
  expect(plan).toMatchObject({ assumed: { arch: 'x86_64', 'page-size': 4096, hvo: 'on' } })
  expect('notes' in plan && plan.notes.join()).toContain('Linux 9.9 is newer than 7.3')
})

it('prints one JSON document and plain text', () => {
  const plan = run('namespace --raw 1TiB')
  if (!('kind' in plan) || plan.kind === 'refused') throw new Error('refused')
  expect(JSON.parse(planJson('namespace', plan))).toMatchObject({
    schema: 'folioscope-plan/1',
    subject: 'namespace',
    usableBytes: 1082329661440,
    assumed: { mode: 'fsdax', map: 'dev', align: 2097152 },
  })
  expect(planText(plan)).toContain('usable                    1008 GiB')
})

it('grows with the size, never costs more than the full array, and splits what is resident', () => {
  const layouts = fc.record({
    blocks: fc.integer({ min: 2, max: 2 ** 20 }),
    mode: fc.constantFrom('fsdax', 'devdax'),
    map: fc.constantFrom('mem', 'dev'),
    align: fc.constantFrom('2M', '1G'),
    kernel: fc.constantFrom('5.10', '5.19', '6.1', '6.8', '7.3'),
  })
  fc.assert(
    fc.property(layouts, ({ blocks, mode, map, align, kernel }) => {
      const line = (count: number) =>
        `namespace --raw ${count * 1024}MiB --mode ${mode} --map ${map} --align ${align} --kernel ${kernel}`
      const small = run(line(blocks))
      const large = run(line(blocks + 1))
      if (!('figures' in small) || !('figures' in large)) return
      for (const { figures: all } of [small, large]) {
        const value = (name: string) => Number(all[name])
        expect(value('residentBytes')).toBeLessThanOrEqual(value('fullBytes'))
        expect(value('ramBytes') + value('deviceBytes')).toBe(value('residentBytes'))
        expect(value('fullBytes') - value('savedBytes')).toBe(value('residentBytes'))
        expect(Object.values(all).every((one) => typeof one === 'string' || one >= 0)).toBe(true)
      }
      // One more alignment can go to the struct pages whole.
      expect(Number(large.figures['usableBytes'])).toBeGreaterThanOrEqual(
        Number(small.figures['usableBytes']),
      )
    }),
  )
})

it('writes the command line for a plan, safe for a shell', () => {
  const subject = planSubjects.find(({ id }) => id === 'system-ram')
  const ram = planSubjects.find(({ id }) => id === 'ram')
  if (subject === undefined || ram === undefined) throw new Error('no subject')
  expect(
    planCommandLine(subject, {
      start: '0x480000000',
      size: '2 GiB',
      'memmap-on-memory': true,
      kernel: '',
    }),
  ).toBe("folioscope plan system-ram --start 0x480000000 --size '2 GiB' --memmap-on-memory")
  expect(planCommandLine(ram, { range: '0-3GiB, 4GiB-8GiB' })).toBe(
    'folioscope plan ram --range 0-3GiB 4GiB-8GiB',
  )
})
