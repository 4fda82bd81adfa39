import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openBytes } from '../../host/open/open-bytes'
import { openTree } from '../../host/open/open-tree'
import type { Dimm } from '../../shared/model/memory-modules'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import type { OpenedTree } from '../../shared/readers/source-tree'
import { describeWithTool, dmidecoded } from '../support/firmware-tools'
import { describeWithData, testDataFolder, testDataPath } from '../support/test-data'
import { treeWithout } from '../support/tree-without'

/**
 * What firmware says of the captured machines, against dmidecode, which reads the same bytes, and the kernel's own sysfs.
 * Who relies on it: everybody who looks for a module by its slot.
 */
const DMI = 'sys/firmware/dmi/tables'
const quiet = () => undefined

const folder = testDataFolder()
const captures =
  folder === undefined
    ? []
    : readdirSync(join(folder, 'kernel')).filter((file) => file.endsWith('.folioscope'))

function open(capture: string): Promise<OpenedTree> {
  return openTree(testDataPath(`kernel/${capture}`), { report: quiet })
}

/** Without the page flags: they are most of a capture, and say nothing here. */
function load(opened: OpenedTree, tree = opened.tree): Topology {
  return loadTopology({ ...opened, tree: treeWithout(tree, 'proc/kpageflags') }, quiet)
}

/** `Handle …` blocks of dmidecode's text, by label; read here once more, in another way than our reader does. */
function blocksOf(text: string, type: number): readonly ReadonlyMap<string, string>[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes(`, DMI type ${type},`))
    .map((block) => {
      const lines = block.split('\n\t').slice(1)
      const pairs = lines.map((line): [string, string] => {
        const at = line.indexOf(': ')
        return [line.slice(0, at), line.slice(at + 2).trim()]
      })
      return new Map([['Handle', /Handle (0x\w+)/.exec(block)?.[1] ?? ''], ...pairs])
    })
}

const UNITS: Readonly<Record<string, number>> = {
  kB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
}

function bytesIn(text: string | undefined): number | undefined {
  if (text === 'No Module Installed' || text === 'None') return 0
  const [count, unit] = text?.split(' ') ?? []
  return unit === undefined ? undefined : Number(count) * (UNITS[unit] ?? NaN)
}

/** The fields of a module that dmidecode prints, as it prints them, out of our model. */
function shown(dimm: Dimm) {
  return {
    handle: dimm.handle,
    size: dimm.sizeBytes,
    locator: dimm.locator,
    bank: dimm.bank,
    type: dimm.memoryType ?? 'Unknown',
    width: dimm.totalWidthBits,
    speed: dimm.speedMTs,
    configured: dimm.configuredSpeedMTs,
    manufacturer: dimm.manufacturer,
    serial: dimm.serial,
    part: dimm.partNumber,
    rank: dimm.rank,
    nonVolatile: dimm.nonVolatileBytes ?? 0,
    volatile: dimm.volatileBytes ?? 0,
  }
}

function printed(block: ReadonlyMap<string, string>) {
  const number = (label: string) => {
    const value = parseInt(block.get(label) ?? '', 10)
    return Number.isNaN(value) ? undefined : value
  }
  const word = (label: string) => {
    const value = block.get(label)
    return value === 'Not Specified' ? undefined : value
  }
  return {
    handle: Number(block.get('Handle')),
    size: bytesIn(block.get('Size')),
    locator: word('Locator'),
    bank: word('Bank Locator'),
    type: block.get('Type'),
    width: number('Total Width'),
    speed: number('Speed'),
    configured: number('Configured Memory Speed'),
    manufacturer: word('Manufacturer'),
    serial: word('Serial Number'),
    part: word('Part Number'),
    rank: number('Rank'),
    nonVolatile: bytesIn(block.get('Non-Volatile Size')) ?? 0,
    volatile: bytesIn(block.get('Volatile Size')) ?? 0,
  }
}

/** Arrays with their ranges, as dmidecode prints both. */
function printedArrays(text: string) {
  const ranges = blocksOf(text, 19).map((block) => ({
    array: Number(block.get('Physical Array Handle')),
    start: Number(block.get('Starting Address')?.replace(/k$/, '')),
    end: Number(block.get('Ending Address')?.replace(/k$/, '')) + 1,
  }))
  return blocksOf(text, 16).map((block) => {
    const handle = Number(block.get('Handle'))
    return {
      handle,
      slotCount: Number(block.get('Number Of Devices')),
      maximumBytes: bytesIn(block.get('Maximum Capacity')),
      errorCorrection: block.get('Error Correction Type'),
      ranges: ranges
        .filter(({ array }) => array === handle)
        .map(({ start, end }) => ({ start, end })),
    }
  })
}

function shownArrays(topology: Topology) {
  return topology.memoryArrays.map(
    ({ handle, slotCount, maximumBytes, errorCorrection, ranges }) => ({
      handle,
      slotCount,
      maximumBytes,
      errorCorrection,
      ranges,
    }),
  )
}

describeWithData('SMBIOS of the captures', () => {
  it('dimms-k61: 16 slots, 2 empty, as the dmidecode of that machine printed them', async () => {
    const opened = await open('dimms-k61.folioscope')
    const text = opened.tree.text('cmd/dmidecode.txt') ?? ''
    for (const hidden of ['cmd', 'sys/firmware/dmi']) {
      const topology = load(opened, treeWithout(opened.tree, hidden))
      expect(topology.dimms).toHaveLength(16)
      expect(topology.dimms.filter(({ sizeBytes }) => sizeBytes === 0)).toHaveLength(2)
      expect(topology.dimms.map(shown)).toEqual(blocksOf(text, 17).map(printed))
      expect(shownArrays(topology)).toEqual(printedArrays(text))
      expect(topology.machine.product).toBe(blocksOf(text, 1)[0]?.get('Product Name'))
    }
    const optane = load(opened).dimms.find(({ locator }) => locator === 'CPU0_DIMM_G1')
    expect(optane).toMatchObject({
      technology: 'Intel Optane persistent memory',
      sources: { technology: { reader: 'smbios' } },
    })
  })

  it.each(captures)(
    '%s: the table, dmidecode and the kernel do not contradict each other',
    async (name) => {
      const opened = await open(name)
      const topology = load(opened)
      expect(topology.diagnostics.filter(({ code }) => code === 'contradiction')).toEqual([])
      expect(topology.diagnostics.filter(({ code }) => code === 'firmware-table')).toEqual([])
      const text = opened.tree.text('cmd/dmidecode.txt') ?? ''
      const table = load(opened, treeWithout(opened.tree, 'cmd'))
      expect(table.dimms.map(shown)).toEqual(blocksOf(text, 17).map(printed))
      expect(shownArrays(table)).toEqual(printedArrays(text))
    },
  )

  it('says the same as a loose file', async () => {
    const opened = await open('dimms-k61.folioscope')
    const loose = await openBytes(
      'table.bin',
      opened.tree.bytes(`${DMI}/DMI`) ?? new Uint8Array(),
      {
        report: quiet,
      },
    )
    const dimms = load(loose).dimms
    expect(dimms).toHaveLength(16)
    expect(dimms.map(shown)).toEqual(load(opened).dimms.map(shown))
  })
})

describeWithTool('dmidecode', () => {
  it.each(captures)('%s: modules and arrays', async (name) => {
    const opened = await open(name)
    const table = opened.tree.bytes(`${DMI}/DMI`)
    const entryPoint = opened.tree.bytes(`${DMI}/smbios_entry_point`)
    // The arm64 machines boot with a device tree and have no SMBIOS (DOMAIN §14.10).
    if (table === undefined || entryPoint === undefined) {
      expect(name).toMatch(/k73a/)
      return
    }
    const text = dmidecoded(entryPoint, table)
    const topology = load(opened, treeWithout(opened.tree, 'cmd'))
    expect(blocksOf(text, 17).length).toBeGreaterThan(0)
    expect(topology.dimms.map(shown)).toEqual(blocksOf(text, 17).map(printed))
    expect(shownArrays(topology)).toEqual(printedArrays(text))
  })
})
