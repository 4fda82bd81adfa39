import { parseNumber } from './units'

const UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  k: 1024n,
  m: 1024n ** 2n,
  g: 1024n ** 3n,
  t: 1024n ** 4n,
  p: 1024n ** 5n,
}
const SIZE = /^(\d{1,20})(?:\.(\d{1,12}))?\s*(?:([kmgtp])(?:ib)?|b)?$/i

/**
 * Reads a size that a person wrote: `4096`, `0x1000`, `2M`, `192GiB`, `1.5 TiB`. All units are powers of 1024.
 * @returns bytes; undefined when it is no size, no whole number of bytes, or above 2^53 − 1
 */
export function parseSize(text: string): number | undefined {
  if (/^0x/i.test(text)) return parseNumber(text)
  const [, whole, fraction = '', unit = ''] = SIZE.exec(text) ?? []
  const factor = UNITS[unit.toLowerCase()]
  if (whole === undefined || factor === undefined) return undefined
  const scale = 10n ** BigInt(fraction.length)
  const scaled = BigInt(whole + fraction) * factor
  if (scaled % scale !== 0n) return undefined
  const bytes = scaled / scale
  return bytes <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(bytes) : undefined
}
