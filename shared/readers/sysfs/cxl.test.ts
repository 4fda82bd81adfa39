import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sysfsReader } from './reader'

const ROOT = 'sys/devices/platform/ACPI0017:00/root0'
const SWITCH = `${ROOT}/port1/port2`
const MEMDEV = 'sys/devices/pci0000:0c/0000:0c:00.0/0000:0d:00.0/0000:0e:00.0/0000:0f:00.0/mem0'
const bus = (name: string) => `sys/bus/cxl/devices/${name}`

/** root0 – port1 (host bridge) – port2 (switch) – endpoint3, with one region that is not committed yet. */
const TREE: Readonly<Record<string, string>> = {
  [bus('root0')]: `-> ${ROOT}`,
  [bus('port1')]: `-> ${ROOT}/port1`,
  [bus('port2')]: `-> ${SWITCH}`,
  [bus('endpoint3')]: `-> ${SWITCH}/endpoint3`,
  [bus('mem0')]: `-> ${MEMDEV}`,
  [bus('decoder0.0')]: `-> ${ROOT}/decoder0.0`,
  [bus('decoder3.0')]: `-> ${SWITCH}/endpoint3/decoder3.0`,
  [bus('region7')]: `-> ${ROOT}/decoder0.0/region7`,
  [bus('region8')]: `-> ${ROOT}/decoder0.0/gone`,
  [`${ROOT}/dport12`]: '-> ../../../pci0000:0c',
  [`${ROOT}/dport3`]: '-> ../../../pci0000:e0',
  [`${ROOT}/uport`]: '-> ../../ACPI0017:00',
  [`${ROOT}/port1/uport`]: '-> ../../../../pci0000:0c',
  [`${SWITCH}/uport`]: '-> 0000:0d:00.0',
  [`${SWITCH}/parent_dport`]: '-> ../../0000:0c:00.0',
  [`${SWITCH}/endpoint3/uport`]: '-> ../mem0',
  [`${ROOT}/decoder0.0/devtype`]: 'cxl_decoder_root',
  [`${ROOT}/decoder0.0/target_list`]: '3,12',
  [`${ROOT}/decoder0.0/cap_ram`]: '1',
  [`${ROOT}/decoder0.0/cap_pmem`]: '0',
  [`${ROOT}/decoder0.0/cap_type3`]: '1',
  [`${ROOT}/decoder0.0/locked`]: '1',
  [`${ROOT}/decoder0.0/qos_class`]: '-1',
  [`${SWITCH}/endpoint3/decoder3.0/devtype`]: 'cxl_decoder_endpoint',
  [`${SWITCH}/endpoint3/decoder3.0/size`]: '0x0',
  [`${SWITCH}/endpoint3/decoder3.0/start`]: '0x0',
  [`${SWITCH}/endpoint3/decoder3.0/mode`]: 'none',
  [`${SWITCH}/endpoint3/decoder3.0/region`]: '\n',
  [`${SWITCH}/endpoint3/decoder3.0/dpa_size`]: '0x0000000000000000',
  [`${SWITCH}/endpoint3/decoder3.0/dpa_resource`]: '0xffffffffffffffff',
  [`${MEMDEV}/serial`]: '0xfedcba9876543210',
  [`${MEMDEV}/ram/size`]: '0x40000000',
  [`${MEMDEV}/numa_node`]: '-1',
  [`${ROOT}/decoder0.0/region7/commit`]: '0',
  [`${ROOT}/decoder0.0/region7/resource`]: '0xffffffffffffffff',
  [`${ROOT}/decoder0.0/region7/size`]: '0x0',
  [`${ROOT}/decoder0.0/region7/target0`]: '\n',
  [`${ROOT}/decoder0.0/region7/target1`]: 'decoder3.0',
  [`${ROOT}/decoder0.0/region7/pmem_region7/devtype`]: 'cxl_pmem_region',
}

const read = (files: Readonly<Record<string, string>>) => {
  const context = recordingContext()
  return { facts: sysfsReader.read(treeOf(files), context), diagnostics: context.diagnostics }
}
const fieldsOf = ({ sources: _, ...fields }: { readonly sources: object }) => fields

describe('CXL', () => {
  const { facts, diagnostics } = read(TREE)

  it('tells root, host bridge, switch and endpoint by their places', () => {
    expect(facts.cxlPorts?.map(fieldsOf)).toEqual([
      {
        id: 'endpoint3',
        portKind: 'endpoint',
        depth: 3,
        parentPortId: 'port2',
        uport: 'mem0',
        memdevId: 'mem0',
      },
      {
        id: 'port1',
        portKind: 'host-bridge',
        depth: 1,
        parentPortId: 'root0',
        uport: 'pci0000:0c',
      },
      {
        id: 'port2',
        portKind: 'switch',
        depth: 2,
        parentPortId: 'port1',
        parentDport: '0000:0c:00.0',
        uport: '0000:0d:00.0',
      },
      expect.objectContaining({ id: 'root0', portKind: 'root', depth: 0, uport: 'ACPI0017:00' }),
    ])
  })

  it('keeps all 64 bits of a serial and finds the endpoint of a device', () => {
    expect(facts.cxlMemdevs?.map(fieldsOf)).toEqual([
      {
        id: 'mem0',
        ramBytes: 0x40000000,
        serial: '0xfedcba9876543210',
        pciAddress: '0000:0f:00.0',
        endpointId: 'endpoint3',
      },
    ])
  })

  it('names the targets of a decoder in interleave order', () => {
    expect(facts.cxlDecoders?.[0]).toMatchObject({
      decoderKind: 'root',
      targets: ['pci0000:e0', 'pci0000:0c'],
      capabilities: ['ram', 'type3'],
      isLocked: true,
    })
    expect(facts.cxlDecoders?.[0]?.qosClass).toBeUndefined()
  })

  it('gives a decoder that is not programmed neither addresses nor a mode', () => {
    expect(facts.cxlDecoders?.slice(1).map(fieldsOf)).toEqual([
      { id: 'decoder3.0', decoderKind: 'endpoint', portId: 'endpoint3' },
    ])
  })

  it('reads a region without addresses, and its type from what it made', () => {
    expect(facts.cxlRegions?.map(fieldsOf)).toEqual([
      {
        id: 'cxl:region7',
        regionName: 'region7',
        regionType: 'pmem',
        state: 'reset',
        rootDecoderId: 'decoder0.0',
        targets: [{ position: 1, decoderId: 'decoder3.0', memdevId: 'mem0' }],
      },
    ])
  })

  it('does not complain about what the kernel means by "none"', () => {
    expect(diagnostics).toEqual([])
  })
})

it('finds the origin of a dax device, and its CXL region, in its path', () => {
  const device = `${ROOT}/decoder0.0/region7/dax_region7/dax7.0`
  const persistent = `${ROOT}/nvdimm-bridge0/ndbus0/region0/dax0.1/dax0.0`
  const { facts } = read({
    'sys/bus/dax/devices/dax7.0': `-> ${device}`,
    'sys/bus/dax/devices/dax0.0': `-> ${persistent}`,
    [`${device}/driver`]: '-> ../../bus/dax/drivers/device_dax',
    [`${device}/memmap_on_memory`]: '1',
    [`${device}/align`]: '2097152',
    [`${persistent}/target_node`]: '2',
  })
  expect(facts.daxDevices?.map(fieldsOf)).toEqual([
    { id: 'dax0.0', mode: 'disabled', origin: 'pmem', targetNode: 2 },
    {
      id: 'dax7.0',
      mode: 'devdax',
      origin: 'cxl',
      cxlRegionId: 'cxl:region7',
      alignBytes: 2097152,
      memmapOnMemory: true,
    },
  ])
})

it('says nothing of CXL where there is no CXL bus, and "none" where it is empty', () => {
  expect(read({ 'sys/bus/dax/uevent': '' }).facts.cxlMemdevs).toBeUndefined()
  expect(read({ 'sys/bus/cxl/uevent': '' }).facts.cxlMemdevs).toEqual([])
})

it('ties a libnvdimm region to its CXL region, by the devices where the addresses are hidden', () => {
  const nd = `${ROOT}/nvdimm-bridge0/ndbus0`
  const tree = {
    [bus('root0')]: `-> ${ROOT}`,
    [bus('endpoint3')]: `-> ${ROOT}/endpoint3`,
    [bus('mem0')]: `-> ${MEMDEV}`,
    [bus('pmem0')]: `-> ${MEMDEV}/pmem0`,
    [bus('region7')]: `-> ${ROOT}/decoder0.0/region7`,
    [bus('decoder3.0')]: `-> ${ROOT}/endpoint3/decoder3.0`,
    [`${ROOT}/endpoint3/uport`]: '-> ../mem0',
    [`${ROOT}/endpoint3/decoder3.0/devtype`]: 'cxl_decoder_endpoint',
    [`${MEMDEV}/pmem0/devtype`]: 'cxl_nvdimm',
    [`${ROOT}/decoder0.0/region7/mode`]: 'pmem',
    [`${ROOT}/decoder0.0/region7/target0`]: 'decoder3.0',
    'sys/bus/nd/devices/region2': `-> ${nd}/region2`,
    'sys/bus/nd/devices/nmem0': `-> ${nd}/nmem0`,
    [`${nd}/provider`]: 'CXL',
    [`${nd}/nmem0/cxl/provider`]: 'pmem0',
    [`${nd}/region2/mappings`]: '1',
    [`${nd}/region2/mapping0`]: 'nmem0,0,268435456,0',
  }
  const { facts } = read(tree)
  expect(facts.nvdimms?.[0]?.cxlMemdevId).toBe('mem0')
  expect(facts.regions?.[0]?.cxlRegionId).toBe('cxl:region7')
})
