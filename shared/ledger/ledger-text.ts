import type { MemmapAccount } from '../memmap/types'
import type { Topology } from '../model/topology'
import { formatBytes } from '../model/units'
import type { Ledger, LedgerRow } from './ledger'
import { ledgerColumns, shareText, type LedgerColumn } from './ledger-columns'

/** Order of the rows of each group. */
export interface LedgerOrder {
  readonly columnId: string
  readonly isDescending: boolean
}

/** Sorts rows by a column; equal ones keep their order. */
export function sortRows(rows: readonly LedgerRow[], order: LedgerOrder): readonly LedgerRow[] {
  const column = ledgerColumns.find(({ id }) => id === order.columnId)
  if (column === undefined) return rows
  const sign = order.isDescending ? -1 : 1
  return [...rows].sort((a, b) => sign * compare(column.sortKey(a), column.sortKey(b)))
}

function compare(left: number | string, right: number | string): number {
  if (typeof left === 'string' || typeof right === 'string') {
    return String(left).localeCompare(String(right), 'en', { numeric: true })
  }
  return left === right ? 0 : left - right
}

/**
 * The ledger in one sentence: `struct pages take 17.2 GiB = 1.56 % of 1.07 TiB; 13.9 GiB of it in RAM of node0`.
 * @returns undefined where no struct pages are known
 */
export function ledgerSentence(
  { totals, extents }: MemmapAccount,
  topology: Topology,
): string | undefined {
  if (extents.length === 0) return undefined
  const memoryBytes = extents.reduce((sum, extent) => sum + extent.memoryBytes, 0)
  const share = shareText({ residentBytes: totals.residentBytes, memoryBytes })
  const places = Object.entries(totals.byNode).sort(([, a], [, b]) => b - a)
  const [place, bytes] = places[0] ?? []
  const most =
    place === undefined || bytes === undefined || bytes === 0
      ? ''
      : `; ${formatBytes(bytes)} of it ${placeName(place, topology)}`
  return `struct pages take ${formatBytes(totals.residentBytes)} = ${share} of ${formatBytes(memoryBytes)}${most}`
}

function placeName(place: string, { nodes }: Topology): string {
  if (place === 'device') return 'on namespaces'
  const node = nodes.find(({ nodeId }) => String(nodeId) === place)
  const kind = node?.memoryKinds?.length === 1 && node.memoryKinds[0] === 'dram' ? 'DRAM' : 'RAM'
  return node === undefined ? 'in RAM' : `in ${kind} of ${node.id}`
}

/** Tab-separated values for a spreadsheet, exact to the byte, with a line for each sum. */
export function ledgerTsv(ledger: Ledger, order: LedgerOrder): string {
  return table(ledger, order, columnsOf(ledger))
    .map((cells) => cells.map(plain).join('\t'))
    .join('\n')
}

/** A Markdown table for a design document, exact to the byte, with a line for each sum. */
export function ledgerMarkdown(ledger: Ledger, order: LedgerOrder): string {
  const columns = columnsOf(ledger)
  const [head = [], ...body] = table(ledger, order, columns)
  const rule = ['---', ...columns.map(({ isNumber }) => (isNumber ? '--:' : '---'))]
  return [head, rule, ...body]
    .map((cells) => `| ${cells.map((cell) => plain(cell).replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

/** One line, so that a name from a stranger's file cannot break the table. */
function plain(cell: string): string {
  return cell.replace(/[\u0000-\u001f\u007f]+/g, ' ')
}

/** All columns; changes only where a plan is compared. */
function columnsOf({ total }: Ledger): readonly LedgerColumn[] {
  return total.changeBytes === undefined
    ? ledgerColumns.filter(({ id }) => id !== 'changeBytes')
    : ledgerColumns
}

function table(
  ledger: Ledger,
  order: LedgerOrder,
  columns: readonly LedgerColumn[],
): readonly (readonly string[])[] {
  return [
    ['group', ...columns.map(({ title, id }) => (id.endsWith('Bytes') ? `${title} (B)` : title))],
    ...ledger.groups.flatMap(({ id, rows }) =>
      sortRows(rows, order).map((row) => [id, ...columns.map((column) => column.exact(row))]),
    ),
    ['sum', ...columns.map((column) => column.sumExact?.(ledger.total) ?? '')],
  ]
}
