import type { Ledger, LedgerGroup, LedgerRow } from '../../shared/ledger/ledger'
import { sortRows, type LedgerOrder } from '../../shared/ledger/ledger-text'

/** One line of the table, from top to bottom. */
export type LedgerLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: LedgerGroup }
  | {
      readonly kind: 'row'
      readonly key: string
      readonly row: LedgerRow
      readonly isOpen: boolean
    }
  | { readonly kind: 'derivation'; readonly key: string; readonly row: LedgerRow }

/** The lines of a ledger: each group with its sorted rows, and below a row how its numbers came about. */
export function ledgerLines(
  ledger: Ledger,
  order: LedgerOrder,
  openRows: ReadonlySet<string>,
): readonly LedgerLine[] {
  const isGrouped = ledger.groups.length > 1 || ledger.groups[0]?.id !== 'all'
  return ledger.groups.flatMap((group): readonly LedgerLine[] => [
    ...(isGrouped ? [{ kind: 'group' as const, key: `group:${group.id}`, group }] : []),
    ...sortRows(group.rows, order).flatMap((row): readonly LedgerLine[] => {
      const isOpen = openRows.has(row.id)
      return [
        { kind: 'row', key: row.id, row, isOpen },
        ...(isOpen ? [{ kind: 'derivation' as const, key: `why:${row.id}`, row }] : []),
      ]
    }),
  ])
}

/** What a key does in the table while the line `index` has the focus; undefined for other keys. */
export function ledgerMove(
  lines: readonly LedgerLine[],
  index: number,
  key: string,
):
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'select' | 'open' | 'close' }
  | undefined {
  const focusable = lines.flatMap(({ kind }, at) => (kind === 'derivation' ? [] : [at]))
  const step = (direction: 1 | -1) =>
    direction === 1 ? focusable.find((at) => at > index) : focusable.findLast((at) => at < index)
  switch (key) {
    case 'ArrowDown':
      return { kind: 'focus', index: step(1) ?? index }
    case 'ArrowUp':
      return { kind: 'focus', index: step(-1) ?? index }
    case 'Home':
      return { kind: 'focus', index: focusable[0] ?? index }
    case 'End':
      return { kind: 'focus', index: focusable.at(-1) ?? index }
    case 'Enter':
    case ' ':
      return { kind: 'select' }
    case 'ArrowRight':
      return { kind: 'open' }
    case 'ArrowLeft':
      return { kind: 'close' }
    default:
      return undefined
  }
}
