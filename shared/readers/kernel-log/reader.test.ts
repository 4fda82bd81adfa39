import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { kernelLogReader } from './reader'

const read = (files: Readonly<Record<string, string>>) => {
  const tree = treeOf(files)
  expect(kernelLogReader.sniff(tree)).toBe(true)
  return kernelLogReader.read(tree, recordingContext())
}

describe('what HVO can free', () => {
  it.each([
    [
      '6.1',
      '[    1.0] HugeTLB: 16380 KiB vmemmap can be freed for a 1.00 GiB page\n[    1.1] HugeTLB: 28 KiB vmemmap can be freed for a 2.00 MiB page',
      { 1073741824: 16773120, 2097152: 28672 },
    ],
    ['arm64', 'HugeTLB: 0 KiB vmemmap can be freed for a 32.0 MiB page', { 33554432: 0 }],
    ['5.14', 'HugeTLB: can free 6 vmemmap pages for hugepages-2048kB', { 2097152: 24576 }],
    [
      '5.19',
      'x kernel: HugeTLB: can optimize 4095 vmemmap pages for hugepages-1048576kB',
      { 1073741824: 16773120 },
    ],
  ])('in the words of %s', (_, text, expected) => {
    expect(read({ 'dmesg.txt': text }).machine?.hugetlbFreeableBytes).toEqual(expected)
  })
})

const BOOT = `[    0.000000] Linux version 6.1.0-56-amd64 (x@y) #1 SMP
[    0.000000] Command line: console=ttyS0 nokaslr 
[    0.000000] ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]
[    0.000000] ACPI: SRAT: Node 1 PXM 2 [mem 0x100000000-0x17fffffff]
[    0.000000] ACPI: SRAT: Node 2 PXM 3 [mem 0x380000000-0x57fffffff] non-volatile
[    0.000000] ACPI: SRAT: Node 2 PXM 3 [mem 0x180000000-0x127fffffff] hotplug
[    0.000000] Early memory node ranges
[    0.000000]   node   0: [mem 0x0000000000001000-0x000000007fffffff]
[    0.000000]   node   1: [mem 0x0000000100000000-0x000000017fffffff]
`

it('reads the SRAT, and domains of the nodes that have memory', () => {
  const { machine, nodes, firmwareRanges } = read({ 'sos_commands/kernel/dmesg': BOOT })
  expect(machine).toMatchObject({
    kernelRelease: '6.1.0-56-amd64',
    commandLine: 'console=ttyS0 nokaslr',
  })
  expect(nodes?.map(({ id, proximityDomain }) => [id, proximityDomain])).toEqual([
    ['node0', 0],
    ['node1', 2],
  ])
  expect(firmwareRanges?.map(({ id }) => id)).toEqual([
    'srat:0x0-0x80000000',
    'srat:0x100000000-0x180000000',
    'srat:0x380000000-0x580000000',
    'srat:0x180000000-0x1280000000',
  ])
  expect(firmwareRanges?.[2]).toMatchObject({
    table: 'SRAT',
    startAddress: 0x380000000,
    sizeBytes: 0x200000000,
    proximityDomain: 3,
    isHotpluggable: false,
    isNonVolatile: true,
  })
})

it('goes by the nodes of sysfs where there are any', () => {
  const { machine, nodes } = read({
    'cmd/dmesg.txt': BOOT,
    'proc/cmdline': 'x',
    'sys/devices/system/node/node2/cpulist': '',
  })
  expect(nodes?.map(({ id }) => id)).toEqual(['node2'])
  expect(machine).not.toHaveProperty('commandLine')
})

it('leaves a node out that two domains share, and ranges that are none', () => {
  const { nodes, firmwareRanges } = read({
    a: `${BOOT}[    0.0] ACPI: SRAT: Node 1 PXM 9 [mem 0x200000000-0x1]
[    0.0] ACPI: SRAT: Node 1 PXM 9 [mem 0x600000000-0x6ffffffff]
[    0.0] ACPI: SRAT: Node 1 PXM 9 [mem 0x0-0xffffffffffffffff]\n`,
  })
  expect(nodes?.map(({ id }) => id)).toEqual(['node0'])
  expect(firmwareRanges).toHaveLength(5)
})

it('does not take a text about Linux for a log', () => {
  expect(kernelLogReader.sniff(treeOf({ a: 'Linux version 6 is out\nHugeTLB is nice' }))).toBe(
    false,
  )
})
