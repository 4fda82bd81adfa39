import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { pciFunctions } from './functions'
import { lspciReader } from './reader'

const VERBOSE = `00:00.0 Host bridge [0600]: Intel Corporation Device [8086:0d57]
\tNUMA node: 0

0d:00.0 CXL [0502]: Intel Corporation Device [8086:0d93] (rev 01) (prog-if 10 [CXL Memory Device (CXL 2.x)])
\tSubsystem: Red Hat, Inc. Device [1af4:1100]
\tNUMA node: 1
\tRegion 0: Memory at fe240000 (64-bit, non-prefetchable) [size=64K]

0001:05:00.0 Non-Volatile memory controller [0108]: Example NVMe [1234:5678]
\tNUMA node: 1
`

it('finds CXL memory devices and their node', () => {
  const tree = treeOf({ 'sos_commands/pci/lspci_-nnvv': VERBOSE })
  expect(lspciReader.sniff(tree)).toBe(true)
  const { cxlMemdevs, p2pProviders } = lspciReader.read(tree, recordingContext())
  expect(cxlMemdevs).toMatchObject([
    { id: 'cxl-pci:0000:0d:00.0', pciAddress: '0000:0d:00.0', numaNode: 1 },
  ])
  expect(p2pProviders).toBeUndefined()
})

it('names the providers of peer-to-peer memory that sysfs knows', () => {
  const tree = treeOf({
    'lspci.txt': VERBOSE,
    'sys/bus/pci/devices/0001:05:00.0/p2pmem/size': '1048576',
  })
  expect(lspciReader.read(tree, recordingContext()).p2pProviders).toMatchObject([
    { id: 'p2p:0001:05:00.0', numaNode: 1, name: 'Example NVMe [1234:5678]' },
  ])
})

it.each([
  ['-n', '0d:00.0 0502: 8086:0d93 (rev 01)', '0502', '8086:0d93 (rev 01)'],
  ['-D -nn', '0000:0D:00.0 CXL [0502]: A [1:2]', '0502', 'A [1:2]'],
  [
    '-nnm',
    '0d:00.0 "CXL [0502]" "Intel [8086]" "Device [0d93]" -r01',
    '0502',
    'Intel [8086] Device [0d93]',
  ],
  ['plain', '0d:00.0 CXL: Intel Device', undefined, 'Intel Device'],
])('reads %s', (_, text, classCode, name) => {
  expect(pciFunctions(text)).toEqual([
    { address: '0000:0d:00.0', name, ...(classCode !== undefined && { classCode }) },
  ])
})

it('leaves other texts alone', () => {
  for (const text of ['00:11:22.3 a clock', '0d:00.0 CXL: Intel', 'node 0 size: 3 MB']) {
    expect(lspciReader.sniff(treeOf({ text }))).toBe(false)
  }
})
