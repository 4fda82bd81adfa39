import { describe, expect, it } from 'vitest'
import { FormatError } from '../../model/errors'
import { recordingContext, treeOf } from '../testing/tree-of'
import { ipmctlReader } from './reader'
import { parseCapacity } from './values'

const read = (...texts: readonly string[]) => {
  const context = recordingContext()
  const tree = treeOf(Object.fromEntries(texts.map((text, index) => [`${index}.txt`, text])))
  expect(ipmctlReader.sniff(tree)).toBe(true)
  return { ...ipmctlReader.read(tree, context), diagnostics: context.diagnostics }
}

const TOPOLOGY = ` DimmID | MemoryType                  | Capacity    | PhysicalID| DeviceLocator
================================================================================
 0x0101 | Logical Non-Volatile Device | 126.375 GiB | 0x0015    | P1-DIMMD2
 N/A    | DDR4                        | 32.000 GiB  | 0x0010    | P1-DIMMA1
`
const DIMMS = ` DimmID | Capacity    | LockState        | HealthState | FWVersion
===============================================================
 0x0101 | 126.422 GiB | Disabled, Frozen | Healthy     | 01.02.00.5355
`
const REGIONS = ` SocketID | ISetID             | PersistentMemoryType | Capacity    | FreeCapacity | HealthState
=================================================================================================
 0x0001   | 0x0dffc3d0c9758888 | AppDirect            | 504.000 GiB | 0.000 GiB    | Healthy
`

describe('tables', () => {
  it('makes one module of what two tables say, and a slot of each line of the topology', () => {
    const { nvdimms, dimms } = read(TOPOLOGY, `[root@host]# ipmctl show -dimm\n\n${DIMMS}`)
    expect(nvdimms).toHaveLength(1)
    expect(nvdimms?.[0]).toMatchObject({
      id: 'nvdimm:0x0101',
      handle: 0x101,
      physicalId: 0x15,
      sizeBytes: Math.round(126.422 * 2 ** 30),
      security: 'disabled',
      health: 'ok',
      firmwareVersion: '01.02.00.5355',
    })
    expect(nvdimms?.[0]?.sources['sizeBytes']).toEqual({
      kind: 'read',
      reader: 'ipmctl',
      path: '1.txt',
      key: 'line 5: Capacity',
      roundedTo: 1073742,
    })
    expect(dimms).toMatchObject([
      {
        id: 'dimm:0x0015',
        handle: 0x15,
        locator: 'P1-DIMMD2',
        sizeBytes: 126.375 * 2 ** 30,
        memoryType: 'Logical non-volatile device',
      },
      { id: 'dimm:0x0010', locator: 'P1-DIMMA1', sizeBytes: 2 ** 35, memoryType: 'DDR4' },
    ])
  })

  it('reads regions with their cookie as sysfs prints it', () => {
    expect(read(REGIONS).regions).toMatchObject([
      {
        id: 'region:0xdffc3d0c9758888',
        interleaveSetCookie: '0xdffc3d0c9758888',
        regionType: 'pmem',
        sizeBytes: 504 * 2 ** 30,
        availableBytes: 0,
        health: 'ok',
        packageId: 1,
      },
    ])
  })

  it('shows a state of health that it does not know as it is written', () => {
    const { nvdimms } = read(DIMMS.replace('Healthy', 'constructor'))
    expect(nvdimms?.[0]?.health).toBe('constructor')
  })

  it('says that totals alone show no modules', () => {
    const { nvdimms, dimms, diagnostics } = read(
      ' MemoryType   | DDR         | PMemModule   | Total\n====\n Volatile     | 256.000 GiB | 0.000 GiB    | 256.000 GiB\n',
    )
    expect([nvdimms, dimms]).toEqual([undefined, undefined])
    expect(diagnostics.map(({ code }) => code)).toEqual(['incomplete-output'])
  })

  it('takes neither goals nor lines of another width for modules', () => {
    const { nvdimms } = read(
      ' SocketID | DimmID | MemorySize | AppDirect1Size | AppDirect2Size\n====\n 0x0000 | 0x0001 | 1 GiB | 2 GiB | 0 GiB\n',
      ' DimmID | Capacity\n====\n 0x0011 | 1.000 GiB | x\n 0x0021\n zzz | 1.000 GiB\n',
    )
    expect(nvdimms).toBeUndefined()
  })
})

describe('lists', () => {
  const LIST = `---DimmID=0x0001---
   Capacity=252.454 GiB
   LockState=Unlocked
   HealthState=Noncritical failure
   FWVersion=01.02.00.5417
   PhysicalID=0x0026
   DimmHandle=0x0001
   DimmUID=8089-A2-1837-00000be8
   SocketID=0x0000
   MemoryType=Logical Non-Volatile Device
   Manufacturer=Intel
   VendorID=0x8089
   DeviceLocator=CPU1_DIMM_A2
   SerialNumber=0x00000be8
   PartNumber=NMA1XBD256GQS
   BankLabel=NODE 1
   DataWidth=64 b
   TotalWidth=72 b
   Speed=2666 MT/s
   FormFactor=DIMM
   MemoryCapacity=0 B
   AppDirectCapacity=270582939648 B
   IsNew=0
`
  it('reads all attributes of a module and of its slot', () => {
    const { nvdimms, dimms } = read(LIST)
    expect(nvdimms?.[0]).toMatchObject({
      handle: 1,
      physicalId: 0x26,
      uniqueId: '8089-a2-1837-00000be8',
      serial: '0x00000be8',
      health: 'non-critical',
      packageId: 0,
      memoryModeBytes: 0,
      appDirectBytes: 270582939648,
    })
    expect(nvdimms?.[0]?.sources['appDirectBytes']).not.toHaveProperty('roundedTo')
    expect(dimms?.[0]).toMatchObject({
      id: 'dimm:0x0026',
      bank: 'NODE 1',
      totalWidthBits: 72,
      dataWidthBits: 64,
      speedMTs: 2666,
      formFactor: 'DIMM',
      packageId: 0,
    })
    // The list states the module's own capacity; what the slot's firmware states is less.
    expect(dimms?.[0]).not.toHaveProperty('sizeBytes')
  })

  it('reads regions, and modules by their unique id', () => {
    const { regions, nvdimms } = read(
      '---ISetID=0xdba9c3d029028888---\n   SocketID=0x0000\n   Capacity=541165879296 B\n   DimmID=0x0001, 0x0101\n',
      '---DimmID=8089-a2-1748-00000001---\n   Capacity=N/A\n   SocketID=0x0001\n',
    )
    expect(regions).toMatchObject([
      { interleaveSetCookie: '0xdba9c3d029028888', sizeBytes: 541165879296 },
    ])
    expect(nvdimms).toMatchObject([
      { id: 'nvdimm:8089-a2-1748-00000001', uniqueId: '8089-a2-1748-00000001', packageId: 1 },
    ])
    expect(nvdimms?.[0]).not.toHaveProperty('handle')
    expect(nvdimms?.[0]).not.toHaveProperty('sizeBytes')
  })
})

describe('XML', () => {
  const XML = `$ ipmctl show -o nvmxml -region
<?xml version="1.0"?>
 <RegionList>
  <Region>
   <SocketID>0x0001</SocketID>
   <PersistentMemoryType>AppDirect</PersistentMemoryType>
   <Capacity>1008.000 GiB</Capacity>
   <DimmID>0x1001, 0x1011</DimmID>
   <ISetID>0x4d752120a3731110</ISetID>
  </Region>
 </RegionList>
<?xml version="1.0"?>
<DimmTopologyList><Socket><SocketID>0x0001</SocketID>
 <Dimm><DimmID>0x1001</DimmID><PhysicalID>0x002e</PhysicalID><DeviceLocator>CPU2_A2</DeviceLocator></Dimm>
</Socket></DimmTopologyList>
`
  it('reads every document of a text; what stands above a module counts for it', () => {
    const { regions, dimms, nvdimms } = read(XML)
    expect(regions).toMatchObject([
      { id: 'region:0x4d752120a3731110', sizeBytes: 1008 * 2 ** 30, packageId: 1 },
    ])
    expect(nvdimms).toMatchObject([{ handle: 0x1001, packageId: 1 }])
    expect(dimms).toMatchObject([{ locator: 'CPU2_A2', packageId: 1 }])
    expect(regions?.[0]?.sources['sizeBytes']).toMatchObject({ key: 'line 9: Capacity' })
  })

  it('refuses XML that breaks off, and names the line', () => {
    expect(() => read(XML.slice(0, XML.indexOf(' <Dimm>')))).toThrow(FormatError)
    expect(() => read(XML.replace('<Capacity>', '<Capacity'))).toThrow(/^0\.txt:7: /)
  })

  it('declares no entities', () => {
    const bomb = XML.replace(' <RegionList>', '<!DOCTYPE x [<!ENTITY a "b">]> <RegionList>')
    // What stands before the root element is not read at all, so nothing is declared.
    expect(read(bomb).regions).toHaveLength(1)
    expect(() => read(XML.replace('0x4d752120a3731110', '&a;'))).toThrow(/entity/)
  })
})

it.each([
  ['126.422 GiB', { bytes: 135744588874, roundedTo: 1073742 }],
  ['541165879296 B', { bytes: 541165879296 }],
  ['135.741 GB', { bytes: 135741000000, roundedTo: 1000000 }],
  ['1.5 TiB', { bytes: 1.5 * 2 ** 40, roundedTo: 109951162778 }],
  ['99999999999999999 GiB', undefined],
  ['1,5 GiB', undefined],
  ['N/A', undefined],
])('capacity %j', (text, expected) => {
  expect(parseCapacity(text)).toEqual(expected)
})

it('reads a hostile text in linear time', () => {
  const text = `${TOPOLOGY}${' 0x0001 | a | b | c | d\n'.repeat(50_000)}${'---a=b---\n'.repeat(50_000)}`
  expect(read(text).dimms?.length).toBeLessThan(5000)
})
