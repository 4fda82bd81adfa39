/** A table out of the text of acpidump. */
export interface DumpedTable {
  /** As the text names it: `SRAT`. */
  readonly name: string
  readonly bytes: Uint8Array
}

const TITLE = /^\s*([A-Z0-9!]{4}) @ 0x[\da-fA-F]{1,16}\s*$/
/** `    0010: 42 58 50 43 …  BXPC`: sixteen bytes at most, and the same as characters. */
const LINE = /^\s*[\da-fA-F]{4,8}: ((?:[\da-fA-F]{2} ){1,16})/
const MOST_TABLES = 256

/** True for the text of `acpidump`, which is what `acpixtract` reads. */
export function isAcpidump(text: string): boolean {
  return /^[ \t]*[A-Z0-9]{4} @ 0x[\da-fA-F]{1,16}[ \t]*\r?\n[ \t]*0000(?:0000)?: /m.test(text)
}

/** The tables of a text of acpidump, in its order. */
export function dumpedTables(text: string): readonly DumpedTable[] {
  const tables: { readonly name: string; readonly bytes: number[] }[] = []
  for (const line of text.split('\n')) {
    const name = TITLE.exec(line)?.[1]
    if (name !== undefined) {
      if (tables.length >= MOST_TABLES) break
      tables.push({ name, bytes: [] })
      continue
    }
    const digits = LINE.exec(`${line} `)?.[1]
    const bytes = tables.at(-1)?.bytes
    if (digits === undefined || bytes === undefined) continue
    for (const pair of digits.trim().split(' ')) bytes.push(parseInt(pair, 16))
  }
  return tables.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) }))
}
