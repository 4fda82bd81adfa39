/** Little-endian bytes of a number, for tables built by hand. */
export function bytesOf(value: number | bigint, length: number): readonly number[] {
  const bytes: number[] = []
  for (let rest = BigInt(value); bytes.length < length; rest >>= 8n)
    bytes.push(Number(rest & 0xffn))
  return bytes
}

/** The character codes of a text of ISO 8859-1. */
export function charactersOf(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}

/** Bytes as the text that `treeOf` takes for a binary file. */
export function asFile(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

/** Sets the byte at `checksumAt` so that the bytes `[start, end)` add up to 0 modulo 256. */
export function sealed(
  bytes: readonly number[],
  { checksumAt, start = 0, end = bytes.length }: SealOptions,
): number[] {
  const copy = [...bytes]
  copy[checksumAt] = 0
  const sum = copy.slice(start, end).reduce((total, byte) => total + byte, 0)
  copy[checksumAt] = -sum & 0xff
  return copy
}

interface SealOptions {
  readonly checksumAt: number
  readonly start?: number
  readonly end?: number
}
