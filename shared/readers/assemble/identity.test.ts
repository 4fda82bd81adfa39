import { describe, expect, it } from 'vitest'
import type { Facts } from '../facts'
import { unifyIdentities } from './identity'

const sources = {}

describe('unifyIdentities', () => {
  it('knows an NVDIMM of ipmctl and of the NFIT by its handle, and lets references follow', () => {
    const [, ipmctl, nfit] = unifyIdentities([
      { nvdimms: [{ id: 'nmem1', handle: 0x101, physicalId: 21, sources }] },
      { nvdimms: [{ id: 'nvdimm:0x0101', handle: 0x101, uniqueId: 'x', sources }] },
      {
        nvdimms: [{ id: 'nvdimm:0x0101', handle: 0x101, sources }],
        regions: [
          {
            id: 'nfit-region:0x1000',
            startAddress: 0x1000,
            mappings: [{ nvdimmId: 'nvdimm:0x0101', dpaStart: 0, sizeBytes: 1, position: 0 }],
            sources,
          },
        ],
      },
    ] satisfies Facts[])
    expect(ipmctl?.nvdimms?.[0]?.id).toBe('nmem1')
    expect(nfit?.regions?.[0]?.mappings?.[0]?.nvdimmId).toBe('nmem1')
  })

  it('knows a region by its cookie, and by its address where the cookie is missing', () => {
    const [, ipmctl, nfit] = unifyIdentities([
      {
        regions: [
          { id: 'region1', interleaveSetCookie: '0xabc', startAddress: 4096, sources },
          { id: 'region2', interleaveSetCookie: '0x0', startAddress: 8192, sources },
        ],
      },
      { regions: [{ id: 'region:0xabc', interleaveSetCookie: '0xabc', sources }] },
      { regions: [{ id: 'nfit-region:0x2000', startAddress: 8192, sources }] },
    ] satisfies Facts[])
    expect(ipmctl?.regions?.map(({ id }) => id)).toEqual(['region1'])
    expect(nfit?.regions?.map(({ id }) => id)).toEqual(['region2'])
  })

  it('knows a region by the parts of its NVDIMMs, whatever these are called', () => {
    const region = (id: string, nvdimmId: string, dpaStart: number) => ({
      id,
      mappings: [{ nvdimmId, dpaStart, sizeBytes: 4096, position: 0 }],
      sources,
    })
    const [, nfit] = unifyIdentities([
      {
        nvdimms: [{ id: 'nmem3', handle: 0x101, sources }],
        regions: [region('region0', 'nmem3', 0), region('region1', 'nmem3', 4096)],
      },
      {
        nvdimms: [{ id: 'nvdimm:0x0101', handle: 0x101, sources }],
        regions: [
          region('nfit-region:0x2000', 'nvdimm:0x0101', 4096),
          region('nfit-region:0x3000', 'nvdimm:0x0101', 8192),
        ],
      },
    ] satisfies Facts[])
    expect(nfit?.regions?.map(({ id }) => id)).toEqual(['region1', 'nfit-region:0x3000'])
  })

  it('does not join modules by a locator that repeats, or against their handles', () => {
    const [, hwloc, other] = unifyIdentities([
      {
        dimms: [
          { id: 'dimm:0x1100', handle: 0x1100, locator: 'DIMM 0', bank: 'BANK 0', sources },
          { id: 'dimm:0x1101', handle: 0x1101, locator: 'DIMM 0', bank: 'BANK 1', sources },
          { id: 'dimm:0x1102', handle: 0x1102, locator: 'A1', sources },
        ],
      },
      {
        dimms: [
          { id: 'dimm:BANK 1/DIMM 0', locator: 'DIMM 0', bank: 'BANK 1', sources },
          { id: 'dimm:x/DIMM 0', locator: 'DIMM 0', bank: 'x', sources },
          { id: 'dimm:A1', locator: 'a1', sources },
        ],
      },
      { dimms: [{ id: 'dimm:0x2000', handle: 0x2000, locator: 'A1', sources }] },
    ] satisfies Facts[])
    expect(hwloc?.dimms?.map(({ id }) => id)).toEqual([
      'dimm:0x1101',
      'dimm:x/DIMM 0',
      'dimm:0x1102',
    ])
    expect(other?.dimms?.map(({ id }) => id)).toEqual(['dimm:0x2000'])
  })

  it('knows CXL devices by their PCI address, and packages by their CPUs', () => {
    const [, tools] = unifyIdentities([
      {
        cxlMemdevs: [{ id: 'mem1', pciAddress: '0000:0d:00.0', sources }],
        packages: [{ id: 'package3', packageId: 3, cpuIds: [4, 5], sources }],
      },
      {
        cxlMemdevs: [{ id: 'cxl-pci:0000:0d:00.0', pciAddress: '0000:0D:00.0', sources }],
        packages: [{ id: 'package1', packageId: 1, cpuIds: [4, 5], sources }],
      },
    ] satisfies Facts[])
    expect(tools?.cxlMemdevs?.map(({ id }) => id)).toEqual(['mem1'])
    expect(tools?.packages?.map(({ id }) => id)).toEqual(['package3'])
  })
})
