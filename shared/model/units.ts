/**
 * Units of the model. All three are plain safe integers at run time; the brands keep them apart in types.
 *
 * Why `number` and not `bigint`: physical addresses end at 2^52 (x86-64 and arm64), so sizes, addresses and
 * page frame numbers (≤ 2^40) are exact in a double. `parse*` refuses what is larger instead of rounding it.
 * Values that may use all 64 bits (serials, interleave-set cookies, virtual addresses) are strings or bigints.
 */
export type Bytes = number & { readonly __unit?: 'bytes' }
/** Page frame number: physical address divided by the base page size. */
export type Pfn = number & { readonly __unit?: 'pfn' }
/** Physical address in bytes. */
export type PhysicalAddress = number & { readonly __unit?: 'physical address' }

/** Half-open range of physical addresses in bytes: `[start, end)`. */
export interface AddressRange {
  readonly start: PhysicalAddress
  readonly end: PhysicalAddress
}

export const KIB = 1024
export const MIB = 1024 ** 2
export const GIB = 1024 ** 3
export const TIB = 1024 ** 4

/** Physical address spaces end here on every architecture (x86-64 MAXPHYADDR, arm64 LPA2); larger numbers are nobody's memory. */
export const MAX_PHYSICAL_BYTES = 2 ** 52

const DECIMAL = /^\d{1,20}$/
const PREFIXED_HEX = /^0x[\da-f]{1,16}$/i
const BARE_HEX = /^[\da-f]{1,16}$/i

function safe(value: bigint): number | undefined {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined
}

/** Reads an unsigned decimal; undefined when it is not one, or is larger than 2^53 − 1. */
export function parseDecimal(text: string): number | undefined {
  return DECIMAL.test(text) ? safe(BigInt(text)) : undefined
}

/** Reads an unsigned number with the prefix 0x, or without one in decimal; undefined as in {@link parseDecimal}. */
export function parseNumber(text: string): number | undefined {
  return PREFIXED_HEX.test(text) ? safe(BigInt(text)) : parseDecimal(text)
}

/** Reads hexadecimal digits without a prefix (`block_size_bytes`, iomem); undefined as in {@link parseDecimal}. */
export function parseBareHex(text: string): number | undefined {
  return BARE_HEX.test(text) ? safe(BigInt(`0x${text}`)) : undefined
}

/** The largest multiple of `unit` that is not above `value`; both safe integers, `unit` above 0. */
export function roundDown(value: number, unit: number): number {
  return value - (value % unit)
}

/** The smallest multiple of `unit` that is not below `value`; as {@link roundDown}. */
export function roundUp(value: number, unit: number): number {
  return roundDown(value + unit - 1, unit)
}

const IEC_UNITS: readonly (readonly [string, number])[] = [
  ['PiB', 1024 ** 5],
  ['TiB', TIB],
  ['GiB', GIB],
  ['MiB', MIB],
  ['KiB', KIB],
]

/**
 * Writes a size for people: at most three significant digits after a whole part of up to four, `2 MiB`, `1.5 TiB`, `744 GiB`.
 * A size that the chosen unit cannot show exactly is rounded; exact bytes are always available beside it.
 */
export function formatBytes(bytes: number): string {
  for (const [name, size] of IEC_UNITS) {
    // What the next smaller unit would round up to 1024 belongs to this one.
    if (Math.abs(bytes) >= (size * 1023.5) / 1024) return `${trimNumber(bytes / size)} ${name}`
  }
  return `${bytes} B`
}

function trimNumber(value: number): string {
  const magnitude = Math.abs(value)
  const digits = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}

/** Writes a physical address or PFN as `0x180000000`. */
export function formatHex(value: number | bigint): string {
  return `0x${value.toString(16)}`
}

/** Writes a whole number in groups of three digits with no-break spaces between them. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0')
}
