import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomMachine } from '../layout/testing/random-machine'
import { twoSocketMachine } from '../layout/testing/machines'
import { accountMemmap } from '../memmap/account'
import { ledgerOf, type LedgerGrouping } from './ledger'
import { ledgerColumns } from './ledger-columns'
import { ledgerMarkdown, ledgerSentence, ledgerTsv, sortRows } from './ledger-text'

const machine = twoSocketMachine()
const account = accountMemmap(machine)
const byResident = { columnId: 'residentBytes', isDescending: true }
const groupings: readonly LedgerGrouping[] = ['node', 'mechanism', 'none']

it('sums to the account, however it is grouped', () => {
  fc.assert(
    fc.property(randomMachine, (topology) => {
      const { totals, extents } = accountMemmap(topology)
      for (const grouping of groupings) {
        const ledger = ledgerOf({ account: accountMemmap(topology), topology }, grouping)
        expect(ledger.total).toMatchObject({
          fullBytes: totals.fullBytes,
          residentBytes: totals.residentBytes,
          ramBytes: totals.ramBytes,
          deviceBytes: totals.deviceBytes,
          structPages: totals.structPages,
          pageTableBytes: totals.pageTableBytes,
          savedBytes: totals.fullBytes - totals.residentBytes,
          certainty: totals.certainty,
        })
        const rows = ledger.groups.flatMap((group) => group.rows)
        expect(rows).toHaveLength(extents.length)
        const resident = ledger.groups.reduce((sum, group) => sum + group.residentBytes, 0)
        expect(resident).toBe(totals.residentBytes)
      }
    }),
    { numRuns: 40 },
  )
})

it('groups by the node of the memory that is described', () => {
  const groups = ledgerOf({ account, topology: machine }, 'node').groups.map(({ id, rows }) => [
    id,
    rows.map(({ ownerId }) => ownerId),
  ])
  expect(groups).toMatchInlineSnapshot(`
    [
      [
        "node0",
        [
          "node0",
          "node0",
          "namespace0.0",
          "namespace0.1",
        ],
      ],
      [
        "node1",
        [
          "node1",
          "namespace1.0",
          "namespace1.1",
        ],
      ],
    ]
  `)
})

it('sorts rows by any column, and keeps the order of equal ones', () => {
  const rows = ledgerOf({ account, topology: machine }, 'none').groups[0]?.rows ?? []
  const sizes = sortRows(rows, byResident).map(({ residentBytes }) => residentBytes)
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  for (const { id } of ledgerColumns) {
    expect(sortRows(rows, { columnId: id, isDescending: false })).toHaveLength(rows.length)
  }
})

it('copies every line and its sums, to the byte', () => {
  const ledger = ledgerOf({ account, topology: machine }, 'mechanism')
  const lines = ledgerTsv(ledger, byResident)
    .split('\n')
    .map((line) => line.split('\t'))
  const rows = ledger.groups.flatMap((group) => group.rows)
  expect(lines).toHaveLength(rows.length + 2)
  const column = lines[0]?.indexOf('resident (B)') ?? -1
  const values = lines.slice(1, -1).map((line) => Number(line[column]))
  expect(values.reduce((sum, value) => sum + value, 0)).toBe(account.totals.residentBytes)
  expect(lines.at(-1)?.[column]).toBe(String(account.totals.residentBytes))
  expect(ledgerMarkdown(ledger, byResident).split('\n')[1]).toMatch(/^\| --- \| --- \|/)
})

it('keeps a name with tabs, lines and bars in its cell', () => {
  const ledger = ledgerOf({ account, topology: machine }, 'none')
  const [group] = ledger.groups
  const [row] = group?.rows ?? []
  if (group === undefined || row === undefined) throw new Error('no rows')
  const hostile = { ...ledger, groups: [{ ...group, rows: [{ ...row, ownerId: 'a\tb\n|c' }] }] }
  expect(ledgerTsv(hostile, byResident).split('\n')).toHaveLength(3)
  expect(ledgerMarkdown(hostile, byResident)).toContain('a b \\|c')
})

it('says it in one sentence', () => {
  expect(ledgerSentence(account, machine)).toMatchInlineSnapshot(
    `"struct pages take 19.6 GiB = 1.20 % of 1.6 TiB; 11.6 GiB of it on namespaces"`,
  )
  expect(ledgerSentence({ ...account, extents: [] }, machine)).toBeUndefined()
})

it('says what a plan changes, line by line, and names what it does away with', () => {
  const [gone] = machine.namespaces
  const plan = {
    ...machine,
    namespaces: machine.namespaces.filter((item) => item !== gone),
    daxDevices: machine.daxDevices.filter(({ namespaceId }) => namespaceId !== gone?.id),
  }
  const planned = accountMemmap(plan)
  const ledger = ledgerOf({ account: planned, topology: plan }, 'none', {
    account,
    topology: machine,
  })
  const difference = planned.totals.residentBytes - account.totals.residentBytes
  expect(ledger.total.changeBytes).toBe(difference)
  const row = ledger.groups[0]?.rows.find(({ ownerId }) => ownerId === gone?.id)
  expect(row).toMatchObject({ residentBytes: 0, mechanism: 'none' })
  expect(row?.changeBytes).toBeLessThan(0)
  expect(ledgerTsv(ledger, byResident).split('\n')[0]).toContain('change (B)')
  expect(ledgerTsv(ledgerOf({ account, topology: machine }, 'none'), byResident)).not.toContain(
    'change',
  )
})
