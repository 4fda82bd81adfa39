import { GIB, KIB, MAX_PHYSICAL_BYTES, MIB, TIB, type Bytes } from './units'

/**
 * Writes a size as `ndctl list -u`, `daxctl list -u` and `cxl list -u` do: `1488.37 GiB (1598.13 GB)`, small sizes as
 * plain bytes. Digit for digit, rounding included (util/json.c of ndctl v81; DOMAIN §6.8).
 */
export function formatNdctlSize(bytes: number): string {
  if (bytes < 5000 * KIB) return String(bytes)
  const [prefix, binaryUnit, decimalUnit] =
    bytes < 2 * GIB
      ? (['M', MIB, 1e6] as const)
      : bytes < 2 * TIB
        ? (['G', GIB, 1e9] as const)
        : (['T', TIB, 1e12] as const)
  const exact = BigInt(bytes)
  const binary = ((exact * 200n) / BigInt(binaryUnit) + 1n) / 2n
  const decimal = (exact / BigInt(decimalUnit / 200) + 1n) / 2n
  return `${hundredths(binary)} ${prefix}iB (${hundredths(decimal)} ${prefix}B)`
}

function hundredths(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`
}

/** A size of which only the first digits are known: the true one lies less than `roundedTo` bytes away. */
export interface RoundedBytes {
  readonly bytes: Bytes
  readonly roundedTo: number
}

const SIZE = /^(\d{1,7})\.(\d\d) ([KMGTP])iB \((\d{1,7})\.(\d\d) ([KMGTP])B\)$/
const PREFIXES = 'KMGTP'

/**
 * Reads what {@link formatNdctlSize} writes. Both numbers together bound the true size; of the sizes between the
 * bounds the one that is divisible by the largest power of two is taken, so that `4.00 GiB (4.29 GB)` is 4 GiB.
 * @returns undefined when it is no such text, when the two numbers do not fit together, or above 2^52
 */
export function parseNdctlSize(text: string): RoundedBytes | undefined {
  const [, whole = '', part = '', prefix = '', decimalWhole = '', decimalPart = '', same] =
    SIZE.exec(text) ?? []
  if (prefix === '' || prefix !== same) return undefined
  const power = BigInt(PREFIXES.indexOf(prefix) + 1)
  const binary = boundsOf(BigInt(whole + part), 1024n ** power)
  const decimal = boundsOf(BigInt(decimalWhole + decimalPart), 1000n ** power)
  const lowest = binary.lowest > decimal.lowest ? binary.lowest : decimal.lowest
  const highest = binary.highest < decimal.highest ? binary.highest : decimal.highest
  if (lowest > highest || highest > BigInt(MAX_PHYSICAL_BYTES)) return undefined
  let step = 1n
  while ((highest / (step * 2n)) * step * 2n >= lowest && step < highest) step *= 2n
  const bytes = (highest / step) * step
  const away = bytes - lowest > highest - bytes ? bytes - lowest : highest - bytes
  return { bytes: Number(bytes), roundedTo: Number(away) + 1 }
}

/** The sizes that util/json.c rounds to these hundredths of the unit. */
function boundsOf(hundredths: bigint, unit: bigint): { lowest: bigint; highest: bigint } {
  const up = (value: bigint) => (value * unit + 199n) / 200n
  const below = hundredths === 0n ? 0n : up(2n * hundredths - 1n)
  return { lowest: below, highest: up(2n * hundredths + 1n) - 1n }
}
