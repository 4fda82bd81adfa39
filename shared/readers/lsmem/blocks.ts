import { parseSize } from '../../model/parse-size'
import type { ReadSource } from '../../model/source'
import type { MemoryBlock } from '../../model/topology'
import { MAX_PHYSICAL_BYTES, parseNumber } from '../../model/units'
import { FactSheet } from '../facts'
import type { LsmemRow, LsmemTable } from './rows'

/** An output of lsmem and the document that it is in. */
export interface PlacedTable extends LsmemTable {
  readonly path: string
}

/** 16 TiB in blocks of 128 MiB, or 256 TiB in the 2 GiB of large machines. */
const MOST_BLOCKS = 1 << 17
/** Rows of a stranger may all speak of the same blocks; honest outputs repeat them a handful of times. */
const MOST_ROW_BLOCKS = 8 * MOST_BLOCKS

/**
 * Size of a memory block in bytes: as printed, else the bytes of a row by its blocks.
 * @returns undefined where no row tells, or where what it tells is no block size (a power of two)
 */
export function blockBytesOf({ rows, blockSize }: LsmemTable): number | undefined {
  const printed = parseSize(blockSize ?? '')
  if (printed !== undefined) return plausible(printed)
  for (const row of rows) {
    const indices = blockIndices(row)
    const range = rangeOf(row)
    const bytes = range === undefined ? parseSize(row['size'] ?? '') : range.end - range.start
    if (indices === undefined || bytes === undefined) continue
    // Sizes such as 1.5T are rounded and need not be whole blocks; the next row may be exact.
    const size = plausible(bytes / (indices.last - indices.first + 1))
    if (size !== undefined) return size
  }
  return undefined
}

function plausible(bytes: number): number | undefined {
  return bytes >= 4096 && Number.isInteger(Math.log2(bytes)) ? bytes : undefined
}

/**
 * The memory blocks of all outputs (DOMAIN §9.2), each with what is known of it. Where several outputs speak of one block,
 * the finest counts: a coarser one shows the state of a run's first block for all of it (`--split none`).
 */
export function memoryBlocksOf(
  tables: readonly PlacedTable[],
  blockBytes: number | undefined,
): readonly MemoryBlock[] {
  const sheets = new Map<number, FactSheet<MemoryBlock>>()
  let left = MOST_ROW_BLOCKS
  const finestLast = [...tables].sort((a, b) => a.rows.length - b.rows.length)
  for (const { rows, path } of finestLast) {
    for (const row of rows) {
      const indices = blockIndices(row) ?? indicesOfRange(row, blockBytes)
      if (indices === undefined) continue
      const facts = blockFacts(row, path)
      for (let index = indices.first; index <= indices.last; index++) {
        if (left-- <= 0) break
        const known = sheets.get(index)
        if (known === undefined && sheets.size >= MOST_BLOCKS) break
        const sheet = known ?? new FactSheet<MemoryBlock>(`memory${index}`)
        sheets.set(
          index,
          sheet
            .set('blockIndex', index, facts.source)
            .set('state', facts.state, facts.source)
            .set('nodeIds', facts.nodeIds, facts.nodeSource)
            .set('validZones', facts.zones, facts.source),
        )
      }
    }
  }
  return [...sheets.values()].map((sheet) => sheet.finish())
}

interface BlockIndices {
  readonly first: number
  readonly last: number
}

function blockIndices(row: LsmemRow): BlockIndices | undefined {
  const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(row['block'] ?? '') ?? []
  return first === undefined || Number(last) < Number(first)
    ? undefined
    : { first: Number(first), last: Number(last) }
}

function rangeOf(row: LsmemRow): { readonly start: number; readonly end: number } | undefined {
  const [start, last] = (row['range'] ?? '').split('-').map((text) => parseNumber(text))
  return start === undefined || last === undefined || last < start || last >= MAX_PHYSICAL_BYTES
    ? undefined
    : { start, end: last + 1 }
}

function indicesOfRange(row: LsmemRow, blockBytes: number | undefined): BlockIndices | undefined {
  const range = rangeOf(row)
  if (range === undefined || blockBytes === undefined) return undefined
  if (range.start % blockBytes !== 0 || range.end % blockBytes !== 0) return undefined
  return { first: range.start / blockBytes, last: range.end / blockBytes - 1 }
}

interface BlockFacts {
  readonly source: ReadSource
  readonly nodeSource: ReadSource
  readonly state: string | undefined
  readonly nodeIds: readonly number[] | undefined
  readonly zones: string | undefined
}

function blockFacts(row: LsmemRow, path: string): BlockFacts {
  const key = row['range'] ?? `block ${row['block']}`
  const node = /^\d{1,7}$/.test(row['node'] ?? '') ? Number(row['node']) : undefined
  const source: ReadSource = { kind: 'read', reader: 'lsmem', path, key }
  return {
    source,
    // lsmem prints the first node that it finds of a block that several share.
    nodeSource: { ...source, isPartial: true },
    // The kernel's words: lsmem shortens going-offline and joins zones with a slash (sys-utils/lsmem.c of util-linux 2.38).
    state: stateOf(row['state']),
    nodeIds: node === undefined ? undefined : [node],
    zones: zonesOf(row['zones']),
  }
}

function stateOf(text: string | undefined): string | undefined {
  if (text === '') return undefined
  return text === 'on->off' ? 'going-offline' : text
}

function zonesOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || /unknown/i.test(text)) return undefined
  return text === 'None' ? 'none' : text.replaceAll('/', ' ')
}
