import { GIB, KIB, MIB, TIB } from './units'

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
