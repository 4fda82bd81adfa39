/** One object of an output of ipmctl: its attributes as printed. */
export interface IpmctlRecord {
  readonly fields: Readonly<Record<string, string>>
  /** From 1. */
  readonly line: number
}

/** Two sockets hold 24 modules, the largest machines some hundred. */
const MOST_RECORDS = 4096
const MOST_FIELDS = 128
const KEY = /^[A-Za-z][A-Za-z0-9 ]{0,39}$/

/**
 * The records of the tables (`ipmctl show -dimm`) and of the lists (`ipmctl show -a -dimm`) in a text, in its order.
 * Lines of other tools are passed over.
 */
export function textRecords(text: string): readonly IpmctlRecord[] {
  const records: IpmctlRecord[] = []
  let columns: readonly string[] | undefined
  let group: Record<string, string> | undefined
  const add = (fields: Record<string, string>, line: number) => {
    if (records.length < MOST_RECORDS) records.push({ fields, line })
    return fields
  }
  let number = 0
  for (const line of text.split('\n')) {
    number++
    const trimmed = line.trim()
    const cells = trimmed.includes('|') ? trimmed.split('|').map((cell) => cell.trim()) : []
    if (cells.length > 1 && cells.length <= MOST_FIELDS) {
      group = undefined
      if (isHeading(cells)) columns = cells
      else if (columns?.length === cells.length) add(rowOf(columns, cells), number)
      continue
    }
    if (/^=+$/.test(trimmed)) continue
    columns = undefined
    const header = headerOf(trimmed)
    if (header !== undefined) {
      group = add(header, number)
      continue
    }
    const [key, value] = pairOf(trimmed)
    if (key === undefined || value === undefined) {
      if (trimmed !== '') group = undefined
    } else if (group !== undefined && !(key in group) && Object.keys(group).length < MOST_FIELDS) {
      group[key] = value
    }
  }
  return records
}

function isHeading(cells: readonly string[]): boolean {
  return cells.every((cell) => KEY.test(cell)) && cells.some((cell) => HEADINGS.has(cell))
}

/** One of them stands in the heading of every table that is read here. */
const HEADINGS = new Set(['DimmID', 'ISetID', 'SocketID', 'MemoryType'])

function rowOf(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
}

/** `---DimmID=0x0001---`, or several keys (`---SocketID=0x0000---DieID=0x0000---`); undefined for any other line. */
function headerOf(line: string): Record<string, string> | undefined {
  if (!line.startsWith('---') || line.length > 400) return undefined
  const pairs = line.split('---').map(pairOf)
  const known = pairs.flatMap(([key, value]) =>
    key === undefined || value === undefined ? [] : [[key, value] as const],
  )
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

function pairOf(text: string): readonly [key?: string, value?: string] {
  const at = text.indexOf('=')
  const key = text.slice(0, Math.max(0, at)).trim()
  return at > 0 && KEY.test(key)
    ? [
        key,
        text
          .slice(at + 1)
          .trim()
          .slice(0, 400),
      ]
    : []
}
