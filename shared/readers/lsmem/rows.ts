import { isJsonObject, jsonBlocks, type JsonBlock, type JsonValue } from '../json/json-blocks'

/** One line of lsmem by its columns in lower case (`range`, `size`, `state`, `block`, `node`, `zones` …), as printed. */
export type LsmemRow = Readonly<Record<string, string>>

/** One output of lsmem. A document may hold several, one below the other. */
export interface LsmemTable {
  readonly rows: readonly LsmemRow[]
  /** Behind `Memory block size:`; JSON, pairs and raw output lack it. */
  readonly blockSize?: string
}

const HEADING = /^(RANGE|SIZE|STATE|REMOVABLE|BLOCK|NODE|ZONES|CONFIGURED|MEMMAP-ON-MEMORY)$/
const RANGE = /^0x[\da-f]{1,16}-0x[\da-f]{1,16}$/i
const PAIR = /([A-Z][A-Z_-]{1,30})="([^"]{0,80})"/g
const BLOCK_SIZE = /^Memory block size:\s+(\S{1,24})$/
/** lsmem prints a line for each run of alike blocks, at most one for each block. */
const MOST_ROWS = 1 << 18

/** Cheap, so that not every document is taken apart. */
const HINT = /RANGE|BLOCK|"memory"/

/** The JSON of lsmem, even where it cannot be parsed. */
const JSON_MARK = /"memory"\s*:\s*\[\s*\{\s*"(?:range|size|state|removable|block|node|zones)"/

/** What lsmem printed in a text: its tables, and JSON of it that cannot be read. */
export interface LsmemOutput {
  readonly tables: readonly LsmemTable[]
  readonly broken: readonly Exclude<JsonBlock, { readonly value: JsonValue }>[]
}

/** Every output of lsmem in a text: table, raw (`-r`), pairs (`-P`) and JSON (`-J`), with any set of columns. */
export function lsmemOutput(text: string): LsmemOutput {
  if (!HINT.test(text)) return { tables: [], broken: [] }
  const blocks = jsonBlocks(text)
  const fromJson = jsonTables(blocks)
  // Beside JSON of lsmem that is whole, the broken one is another tool's, whose reader tells of it.
  const isOurs = fromJson.length === 0 && JSON_MARK.test(text)
  return {
    tables: [...textTables(text), ...fromJson],
    broken: isOurs ? blocks.filter((block) => 'mistake' in block) : [],
  }
}

function textTables(text: string): readonly LsmemTable[] {
  const tables: { rows: LsmemRow[]; blockSize?: string }[] = []
  let columns: readonly string[] | undefined
  let pairs: LsmemRow[] | undefined
  let left = MOST_ROWS
  for (const line of text.split('\n')) {
    const cells = line.trim().split(/\s+/)
    const [, blockSize] = BLOCK_SIZE.exec(line.trim()) ?? []
    const last = tables.at(-1)
    if (blockSize !== undefined) {
      if (last !== undefined) last.blockSize ??= blockSize
    } else if (isHeading(cells)) {
      columns = cells.map((cell) => cell.toLowerCase())
      pairs = undefined
      tables.push({ rows: [] })
    } else if (columns !== undefined && isRow(cells, columns)) {
      if (left-- > 0) last?.rows.push(rowOf(columns, cells))
    } else {
      columns = undefined
      const row = pairRow(line)
      if (row === undefined) {
        pairs = undefined
      } else if (left-- > 0) {
        if (pairs === undefined) tables.push({ rows: (pairs = []) })
        pairs.push(row)
      }
    }
  }
  return tables.filter(({ rows }) => rows.length > 0)
}

/** Without RANGE or BLOCK nothing tells where the memory is; with one column of lsmem alone a word would do. */
function isHeading(cells: readonly string[]): boolean {
  return (
    (cells.includes('RANGE') || (cells.includes('BLOCK') && cells.includes('SIZE'))) &&
    cells.every((cell) => HEADING.test(cell))
  )
}

function isRow(cells: readonly string[], columns: readonly string[]): boolean {
  const range = cells[columns.indexOf('range')]
  const block = cells[columns.indexOf('block')]
  return (
    cells.length <= columns.length &&
    (columns.includes('range') ? RANGE.test(range ?? '') : /^\d+(-\d+)?$/.test(block ?? ''))
  )
}

/** Cells are never empty but the last ones: an unknown node or zone leaves a gap. A gap elsewhere spoils the line. */
function rowOf(columns: readonly string[], cells: readonly string[]): LsmemRow {
  return Object.fromEntries(
    columns.flatMap((column, index) => {
      const cell = cells[index]
      return cell === undefined ? [] : [[column, cell]]
    }),
  )
}

function pairRow(line: string): LsmemRow | undefined {
  if (!/^\s*[A-Z_-]+="/.test(line)) return undefined
  const pairs = [...line.matchAll(PAIR)].map(([, key = '', value = '']) => [
    key.toLowerCase(),
    value,
  ])
  const row: LsmemRow = Object.fromEntries(pairs)
  return RANGE.test(row['range'] ?? '') ? row : undefined
}

function jsonTables(blocks: readonly JsonBlock[]): readonly LsmemTable[] {
  return blocks.flatMap((block) => {
    if (!('value' in block) || !isJsonObject(block.value)) return []
    const memory = block.value['memory']
    if (!Array.isArray(memory)) return []
    const rows = memory.slice(0, MOST_ROWS).flatMap((item: JsonValue) => jsonRow(item))
    return rows.length === 0 ? [] : [{ rows }]
  })
}

function jsonRow(item: JsonValue): readonly LsmemRow[] {
  if (!isJsonObject(item)) return []
  const row: LsmemRow = Object.fromEntries(
    Object.entries(item).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
        ? [[key.toLowerCase(), String(value)]]
        : [],
    ),
  )
  return RANGE.test(row['range'] ?? '') || 'block' in row ? [row] : []
}
