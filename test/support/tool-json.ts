/**
 * What a tool's JSON says, read without our readers: the built-in parser, and big integers set in quotation marks first,
 * which it would round.
 */
export type Printed = Readonly<Record<string, unknown>>

/** The document, with integers of 16 digits and more as `int:…`. */
export function parsePrinted(text: string): unknown {
  return JSON.parse(text.replace(/(:\s*)(-?\d{16,})(?=\s*[,}\]])/g, '$1"int:$2"'))
}

/** Every object of the document that has the given key, at whatever depth. */
export function printedWith(document: unknown, key: string): readonly Printed[] {
  if (typeof document !== 'object' || document === null) return []
  const below = Object.values(document).flatMap((value) => printedWith(value, key))
  return key in document ? [document as Printed, ...below] : below
}

/** All 64 bits as sysfs prints them, of a number, of `int:…` and of the hexadecimal of `-u`. */
export function bitsOf(value: unknown): string | undefined {
  if (value === undefined) return undefined
  const bits = BigInt.asUintN(64, BigInt(String(value).replace(/^int:/, '')))
  return `0x${bits.toString(16)}`
}

const UNITS: Readonly<Record<string, number>> = { MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }

/** Between which bytes a printed size lies, both included; a number is exact. */
export function boundsOf(value: unknown): readonly [least: number, most: number] {
  if (typeof value === 'number') return [value, value]
  const [, digits, unit = ''] = /^([\d.]+) ([KMGT]iB) \(/.exec(String(value)) ?? []
  const size = UNITS[unit]
  if (size === undefined) throw new Error(`${String(value)} is no size`)
  return [(Number(digits) - 0.00501) * size, (Number(digits) + 0.00501) * size]
}
