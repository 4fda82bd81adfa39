import { expect, it } from 'vitest'
import { ledgerOf } from '../../shared/ledger/ledger'
import { sampleDocument } from '../testing/sample-topology'
import { prepareDocument } from '../document/open-document'
import { ledgerLines, ledgerMove } from './ledger-lines'

const { account, topology } = prepareDocument(sampleDocument())
const ledger = ledgerOf({ account, topology }, 'node')
const order = { columnId: 'residentBytes', isDescending: true }

it('shows groups with their rows, and below an open row how it came about', () => {
  const closed = ledgerLines(ledger, order, new Set())
  expect(closed.filter(({ kind }) => kind === 'group')).toHaveLength(ledger.groups.length)
  const first = account.extents[0]
  if (first === undefined) throw new Error('the sample has no struct pages')
  const open = ledgerLines(ledger, order, new Set([first.id]))
  const at = open.findIndex(({ key }) => key === first.id)
  expect(open[at]).toMatchObject({ kind: 'row', isOpen: true })
  expect(open[at + 1]).toMatchObject({ kind: 'derivation' })
  expect(open).toHaveLength(closed.length + 1)
})

it('needs no line for the one group that holds everything', () => {
  const lines = ledgerLines(ledgerOf({ account, topology }, 'none'), order, new Set())
  expect(lines.every(({ kind }) => kind === 'row')).toBe(true)
  expect(lines).toHaveLength(account.extents.length)
})

it('moves over what can have the focus, and not beyond the ends', () => {
  const first = account.extents[0]?.id ?? ''
  const lines = ledgerLines(ledger, order, new Set([first]))
  const at = lines.findIndex(({ key }) => key === first)
  const below = ledgerMove(lines, at, 'ArrowDown')
  expect(below).toEqual({ kind: 'focus', index: at + 2 })
  expect(ledgerMove(lines, 0, 'ArrowUp')).toEqual({ kind: 'focus', index: 0 })
  const last = ledgerMove(lines, 0, 'End')
  expect(last?.kind === 'focus' && lines[last.index]?.kind).toBe('row')
  expect(ledgerMove(lines, 0, 'x')).toBeUndefined()
  expect(ledgerMove(lines, at, 'ArrowRight')).toEqual({ kind: 'open' })
})
