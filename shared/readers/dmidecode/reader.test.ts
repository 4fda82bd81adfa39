import { describe, expect, it } from 'vitest'
import { GIB, MIB, TIB } from '../../model/units'
import { recordingContext, treeOf } from '../testing/tree-of'
import { dmidecodeReader } from './reader'

function read(text: string) {
  const tree = treeOf({ 'cmd/dmidecode.txt': text })
  const context = recordingContext()
  expect(dmidecodeReader.sniff(tree)).toBe(true)
  return { ...dmidecodeReader.read(tree, context), diagnostics: context.diagnostics }
}

const MODULE = `Handle 0x1100, DMI type 17, 92 bytes
Memory Device
	Array Handle: 0x1000
	Total Width: 80 bits
	Data Width: 64 bits
	Size: 129408 MB
	Form Factor: DIMM
	Set: None
	Locator: CPU1_DIMM_A2
	Bank Locator: NODE 1
	Type: Logical non-volatile device
	Type Detail: Synchronous Non-Volatile
	Speed: 2666 MT/s
	Manufacturer: Intel
	Serial Number: 0x00000A1B
	Asset Tag: Not Specified
	Part Number: NMA1XXD128GPS
	Rank: 1
	Configured Memory Speed: 2400 MT/s
	Configured Voltage: 1.2 V
	Memory Technology: Intel Optane DC persistent memory
	Memory Operating Mode Capability: Volatile memory
		Byte-accessible persistent memory
	Firmware Version: 5355
	Module Product ID: 0x0556
	Non-Volatile Size: 126 GB
	Volatile Size: None
	Cache Size: Unknown
	Logical Size: None
`

const HEAD = '# dmidecode 3.4\nGetting SMBIOS data from sysfs.\nSMBIOS 3.3 present.\n\n'

describe('dmidecode', () => {
  it('reads a module of 3.2, with the label that each value stands behind', () => {
    const { sources, ...module } = read(HEAD + MODULE).dimms?.[0] ?? {}
    expect(module).toEqual({
      id: 'dimm:0x1100',
      handle: 0x1100,
      arrayId: 'memory-array:0x1000',
      totalWidthBits: 80,
      dataWidthBits: 64,
      sizeBytes: 129408 * MIB,
      formFactor: 'DIMM',
      locator: 'CPU1_DIMM_A2',
      bank: 'NODE 1',
      memoryType: 'Logical non-volatile device',
      speedMTs: 2666,
      manufacturer: 'Intel',
      serial: '0x00000A1B',
      partNumber: 'NMA1XXD128GPS',
      rank: 1,
      configuredSpeedMTs: 2400,
      configuredMillivolts: 1200,
      technology: 'Intel Optane persistent memory',
      firmwareVersion: '5355',
      nonVolatileBytes: 126 * GIB,
      volatileBytes: 0,
    })
    expect(sources?.['speedMTs']).toEqual({
      kind: 'read',
      reader: 'dmidecode',
      path: 'cmd/dmidecode.txt',
      key: 'Handle 0x1100 Speed',
    })
    // 129408 MB may have lost what MB cannot show.
    expect(sources?.['sizeBytes']).toMatchObject({ roundedTo: MIB })
    expect(sources?.['nonVolatileBytes']).not.toHaveProperty('roundedTo')
  })

  it('keeps only the place of an empty slot, although old versions print more', () => {
    const { dimms } = read(`${HEAD}Handle 0x1101, DMI type 17, 34 bytes
Memory Device
	Array Handle: 0x1000
	Size: No Module Installed
	Locator: B1
	Type: Unknown
	Speed: Unknown
	Manufacturer: NO DIMM
	Serial Number: NO DIMM
	Rank: Unknown
`)
    const { sources: _, ...slot } = dimms?.[0] ?? {}
    expect(slot).toEqual({
      id: 'dimm:0x1101',
      handle: 0x1101,
      arrayId: 'memory-array:0x1000',
      sizeBytes: 0,
      locator: 'B1',
    })
  })

  it('reads the words of older versions', () => {
    const { dimms } = read(`# dmidecode 2.12
Handle 0x0019, DMI type 17, 28 bytes.
Memory Device
	Size: 4096 MB
	Locator: <BAD INDEX>
	Type: <OUT OF SPEC>
	Speed: 1333 MHz (0.8 ns)
	Configured Clock Speed: 1066 MHz
`)
    const { sources: _, ...module } = dimms?.[0] ?? {}
    expect(module).toEqual({
      id: 'dimm:0x0019',
      handle: 0x19,
      sizeBytes: 4 * GIB,
      speedMTs: 1333,
      configuredSpeedMTs: 1066,
    })
  })

  it('reads arrays and ranges, whose 64-bit addresses are bytes in spite of their k', () => {
    const { memoryArrays, dimms } = read(`${HEAD}${MODULE}
Handle 0x1000, DMI type 16, 23 bytes
Physical Memory Array
	Location: System Board Or Motherboard
	Use: System Memory
	Error Correction Type: None
	Maximum Capacity: 1536 GB
	Number Of Devices: 8

Handle 0x1300, DMI type 19, 31 bytes
Memory Array Mapped Address
	Starting Address: 0x0000010000000000k
	Ending Address: 0x0000017FFFFFFFFFk
	Range Size: 512 GB
	Physical Array Handle: 0x1000
	Partition Width: 6

Handle 0x1400, DMI type 20, 35 bytes
Memory Device Mapped Address
	Starting Address: 0x00000000000
	Ending Address: 0x000FFFFFFFF
	Range Size: 4 GB
	Physical Device Handle: 0x1100
	Memory Array Mapped Address Handle: 0x1300
	Partition Row Position: Unknown
	Interleave Position: 2
	Interleaved Data Depth: Unknown
`)
    const { sources: _, ...array } = memoryArrays?.[0] ?? {}
    expect(array).toEqual({
      id: 'memory-array:0x1000',
      handle: 0x1000,
      location: 'System Board Or Motherboard',
      use: 'System Memory',
      errorCorrection: 'None',
      maximumBytes: 1.5 * TIB,
      slotCount: 8,
      ranges: [{ start: TIB, end: 1.5 * TIB }],
    })
    expect(dimms?.[0]?.ranges).toEqual([{ start: 0, end: 4 * GIB, interleavePosition: 2 }])
  })

  it('reads quiet output, which has no handles, and does not mix it with structures it does not know', () => {
    const quiet = (locator: string) => `Memory Device
	Total Width: 72 bits
	Size: 16 GB
	Locator: ${locator}
	Bank Locator: BANK 0

`
    const { dimms } = read(`${quiet('A')}Cache Information
	Speed: 7 ns
	Associativity: 8-way

${quiet('B')}`)
    expect(dimms?.map(({ id, sizeBytes }) => [id, sizeBytes])).toEqual([
      ['dimm:BANK 0/A', 16 * GIB],
      ['dimm:BANK 0/B', 16 * GIB],
    ])
    expect(dimms?.every(({ speedMTs }) => speedMTs === undefined)).toBe(true)
  })

  it('reads a paste without indentation and with carriage returns', () => {
    const paste = MODULE.replaceAll('\t', '').replaceAll('\n', '\r\n')
    expect(read(paste).dimms?.[0]).toMatchObject({ locator: 'CPU1_DIMM_A2', speedMTs: 2666 })
  })

  it('says that it needs root where dmidecode was not allowed to read', () => {
    const { dimms, diagnostics } = read(
      '# dmidecode 3.4\nScanning /dev/mem for entry point.\n/dev/mem: Permission denied\n',
    )
    expect(dimms).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'needs-root', where: 'cmd/dmidecode.txt' }])
  })

  it('does not take other texts for its own', () => {
    for (const text of ['Memory Device\nis a title', 'node 0 size: 3 MB', 'Handle with care']) {
      expect(dmidecodeReader.sniff(treeOf({ 'a.txt': text }))).toBe(false)
    }
  })
})
