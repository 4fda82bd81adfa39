import { formatCount } from '../model/units'

/** Aligns columns with two spaces between and two before. Empty trailing cells leave no blanks. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((known, row) => {
    row.forEach((cell, index) => (known[index] = Math.max(known[index] ?? 0, cell.length)))
    return known
  }, [])
  return rows.map((row) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd(),
  )
}

/** `3 DIMMs`; undefined for a count that is not known. */
export function plural(count: number | undefined, noun: string): string | undefined {
  return count === undefined ? undefined : `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
