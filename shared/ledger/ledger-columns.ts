import { formatBytes, formatCount, formatHex } from '../model/units'
import type { LedgerAmounts, LedgerRow } from './ledger'

/** A column of the ledger: the table, the copies and the sorting are all made from these. */
export interface LedgerColumn {
  readonly id: string
  readonly title: string
  /** Numbers stand at the right, and their largest comes first when sorted. */
  readonly isNumber: boolean
  /** What it sorts by. */
  sortKey(row: LedgerRow): number | string
  /** For people. */
  text(row: LedgerRow): string
  /** The same of a sum, where it can be summed. */
  sumText?(amounts: LedgerAmounts): string
  /** To the byte, for copies. */
  exact(row: LedgerRow): string
  sumExact?(amounts: LedgerAmounts): string
}

type Amount = Exclude<keyof LedgerAmounts, 'certainty' | 'changeBytes'>

function bytes(id: Amount, title: string): LedgerColumn {
  return amount(id, title, (value) => (value === 0 ? '' : formatBytes(value)))
}

/** Counts, also of nothing: zero pages say something. */
function counted(id: 'structPages' | 'residentPages', title: string): LedgerColumn {
  return amount(id, title, formatCount)
}

function amount(id: Amount, title: string, format: (value: number) => string): LedgerColumn {
  const text = (amounts: LedgerAmounts) => format(amounts[id])
  const exact = (amounts: LedgerAmounts) => String(amounts[id])
  return {
    id,
    title,
    isNumber: true,
    sortKey: (row) => row[id],
    text,
    sumText: text,
    exact,
    sumExact: exact,
  }
}

function words(
  id: string,
  title: string,
  text: (row: LedgerRow) => string,
  sortKey: (row: LedgerRow) => number | string = text,
): LedgerColumn {
  return { id, title, isNumber: false, sortKey, text, exact: text }
}

/** Share of the memory described that its resident struct pages take, such as `1.56 %`. */
export function shareText({
  residentBytes,
  memoryBytes,
}: Pick<LedgerAmounts, 'residentBytes' | 'memoryBytes'>): string {
  if (memoryBytes === 0) return ''
  const percent = (residentBytes / memoryBytes) * 100
  return `${percent < 0.01 && percent > 0 ? '<0.01' : percent.toFixed(2)} %`
}

/** `+1.5 GiB`, `−12 MiB`; nothing where nothing changes. */
export function changeText({ changeBytes = 0 }: LedgerAmounts): string {
  if (changeBytes === 0) return ''
  return `${changeBytes < 0 ? '−' : '+'}${formatBytes(Math.abs(changeBytes))}`
}

export const ledgerColumns: readonly LedgerColumn[] = [
  words('owner', 'describes', ({ ownerId }) => ownerId),
  words(
    'range',
    'from',
    ({ range }) => (range === undefined ? '' : formatHex(range.start)),
    ({ range }) => range?.start ?? Infinity,
  ),
  bytes('memoryBytes', 'memory'),
  counted('structPages', 'struct pages'),
  bytes('fullBytes', 'in full'),
  bytes('residentBytes', 'resident'),
  counted('residentPages', 'vmemmap pages'),
  {
    id: 'changeBytes',
    title: 'change',
    isNumber: true,
    sortKey: (row) => row.changeBytes ?? 0,
    text: changeText,
    sumText: changeText,
    exact: (row) => String(row.changeBytes ?? 0),
    sumExact: (amounts) => String(amounts.changeBytes ?? 0),
  },
  {
    id: 'share',
    title: 'share',
    isNumber: true,
    sortKey: (row) => (row.memoryBytes === 0 ? 0 : row.residentBytes / row.memoryBytes),
    text: shareText,
    sumText: shareText,
    exact: shareText,
    sumExact: shareText,
  },
  bytes('savedBytes', 'saved'),
  bytes('ramBytes', 'in RAM'),
  bytes('deviceBytes', 'on device'),
  bytes('pageTableBytes', 'page tables'),
  words('mechanism', 'mechanism', ({ mechanism }) => mechanism),
  words('places', 'kept in', ({ places }) => places.join(', ')),
  words('certainty', 'certainty', ({ certainty }) => certainty),
]
