import { describe, expect, it } from 'vitest'
import { GIB, MIB } from '../model/units'
import type { Machine, NumaNode } from '../model/topology'
import { freeableBytes, hvoSavings } from './hugetlb'
import { kernelRulesOf } from './kernel-rules'

const machineOf = (fields: Partial<Machine>): Machine => ({
  id: 'machine',
  sources: {},
  arch: 'x86_64',
  basePageBytes: 4096,
  structPageBytes: 64,
  hugetlbOptimizeVmemmap: true,
  ...fields,
})
const nodeOf = (sizeBytes: number, total: number): NumaNode => ({
  id: 'node0',
  nodeId: 0,
  sources: {},
  hugepagePools: [{ sizeBytes, total }],
})
const savedPages = (machine: Machine, node: NumaNode) =>
  hvoSavings([node], machine, kernelRulesOf(machine))[0]?.pages

describe('HVO by release (DOMAIN §3, §11.2)', () => {
  it.each([
    ['H4', '5.14.0', 2 * MIB, 512, 512 * 6],
    ['H5', '6.12.95+deb12-amd64', 2 * MIB, 512, 512 * 7],
    ['H5', '7.3.4', 2 * MIB, 512, 512 * 7 - 1],
    ['H6', '7.3.4', GIB, 1024, 1024 * 4095 - 1],
  ])('%s: %s frees of %d-byte pages × %d: %d', (_, kernelRelease, sizeBytes, total, pages) => {
    expect(savedPages(machineOf({ kernelRelease }), nodeOf(sizeBytes, total))).toBe(pages)
  })

  it('H8: nothing on arm64', () => {
    const machine = machineOf({ kernelRelease: '7.3.4', arch: 'aarch64' })
    expect(savedPages(machine, nodeOf(2 * MIB, 512))).toBeUndefined()
  })

  it('H9: nothing when struct pages straddle vmemmap pages', () => {
    const machine = machineOf({ kernelRelease: '6.12', structPageBytes: 80 })
    expect(savedPages(machine, nodeOf(2 * MIB, 512))).toBeUndefined()
  })

  it('believes the kernel log before the release', () => {
    const machine = machineOf({
      kernelRelease: '6.12',
      hugetlbFreeableBytes: { [String(2 * MIB)]: 24 * 1024 },
    })
    expect(freeableBytes(2 * MIB, machine, kernelRulesOf(machine))).toBe(24 * 1024)
  })

  it('saves nothing while the sysctl is off', () => {
    const machine = machineOf({ kernelRelease: '6.12', hugetlbOptimizeVmemmap: false })
    expect(savedPages(machine, nodeOf(2 * MIB, 512))).toBeUndefined()
  })
})
