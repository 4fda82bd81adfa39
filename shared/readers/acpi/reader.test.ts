import { describe, expect, it } from 'vitest'
import { GIB } from '../../model/units'
import { asFile } from '../testing/byte-builder'
import { recordingContext, treeOf } from '../testing/tree-of'
import { acpiReader } from './reader'
import { acpiTable, cedtTable, cedtWindow, slitTable, sratTable } from './testing/acpi-table'
import { FOLDER, read, table } from './testing/read-tables'

describe('where the tables are', () => {
  const slit = slitTable([[10]])

  it('tells them by their content: in dynamic, under any name, loose, or in the text of acpidump', () => {
    const lines = Array.from({ length: Math.ceil(slit.length / 16) }, (_, line) => {
      const row = [...slit.subarray(16 * line, 16 * line + 16)]
      const digits = row.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ')
      return `    ${(16 * line).toString(16).padStart(4, '0')}: ${digits}  ${'.'.repeat(row.length)}`
    })
    const text = `FACP @ 0x0000000000000000\n    0000: 46 41 43 50\n\nSLIT @ 0x000000007FFE1234\n${lines.join('\n')}\n\n`
    for (const files of [
      { [`${FOLDER}/dynamic/TABLE7`]: slit },
      { 'slit.dat': slit },
      { 'acpi.log': text },
    ]) {
      const { proximity, problems } = read(files)
      expect(problems).toEqual([])
      expect(proximity?.distances?.values).toEqual([10])
    }
  })

  it('reads each kind once', () => {
    const other = slitTable([
      [10, 20],
      [20, 10],
    ])
    expect(read({ [`${FOLDER}/SLIT`]: slit, 'slit.dat': other }).distanceMatrices).toHaveLength(1)
  })

  it('does not look at other tables, and refuses one that comes alone', () => {
    const files = { [`${FOLDER}/DSDT`]: asFile(acpiTable('DSDT', [1, 2, 3])) }
    expect(acpiReader.sniff(treeOf(files))).toBe(false)
    const loose = treeOf({ 'dsdt.dat': asFile(acpiTable('DSDT', [1, 2, 3])) })
    expect(() => acpiReader.read(loose, recordingContext())).toThrow(
      'dsdt.dat: the ACPI table DSDT says nothing about memory; give one of SRAT, SLIT, HMAT, NFIT, CEDT',
    )
  })
})

describe('a damaged table', () => {
  const windows = cedtTable([
    cedtWindow({ start: 0, size: GIB }),
    cedtWindow({ start: GIB, size: GIB }),
  ])

  it('is read in spite of a wrong checksum', () => {
    const wrong = Uint8Array.from(windows)
    wrong[9] = (wrong[9] ?? 0) ^ 1
    expect(table(wrong)).toMatchObject({ problems: ['the checksum is wrong'] })
    expect(table(wrong).cxlWindows).toHaveLength(2)
  })

  it('keeps what comes before the place where it breaks off, and never throws', () => {
    for (let length = 0; length < windows.length; length++) {
      const cut = windows.subarray(0, length)
      const tree = treeOf({ [`${FOLDER}/CEDT`]: asFile(cut) })
      const context = recordingContext()
      if (!acpiReader.sniff(tree)) continue
      const { cxlWindows } = acpiReader.read(tree, context)
      expect(context.diagnostics.length).toBeGreaterThan(0)
      expect(cxlWindows?.length ?? 0).toBe(length >= 36 + 40 + 24 ? 2 : length >= 36 + 24 ? 1 : 0)
    }
  })

  it('stops at a structure that claims no bytes', () => {
    const { cxlWindows, problems } = table(
      cedtTable([
        cedtWindow({ start: 0, size: GIB }),
        [1, 0, 0, 0, 0, 0],
        cedtWindow({ start: 0, size: 1 }),
      ]),
    )
    expect(cxlWindows).toHaveLength(1)
    expect(problems).toEqual([
      'the structure of type 1 at offset 76 claims 0 bytes, fewer than its header; what follows is not read',
    ])
  })

  it('does not flood', () => {
    const many = Array.from({ length: 40 }, () => ({ domain: 0, start: 2 ** 52, size: 1 }))
    const { problems } = table(sratTable(many))
    expect(problems).toHaveLength(8)
    expect(problems.at(-1)).toMatch(/further faults of this table are not told/)
  })
})
