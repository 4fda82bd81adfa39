import { MIB } from '../../shared/model/units'

/** `SourceTree.text` gives files up to this size; what is larger is no text that a person or a tool wrote. */
export const MAX_TEXT_BYTES = 16 * MIB

const SPACE = new Set([0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20])

/**
 * Decodes UTF-8 without the NULs and white space at the end: tools that trust sysfs' st_size of 4096 pad attributes with NULs.
 * Bytes that are no UTF-8 become U+FFFD; undefined for more than a text may have. Counts from the end because a pattern anchored there takes quadratic time.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_TEXT_BYTES) return undefined
  let end = bytes.length
  while (end > 0 && SPACE.has(bytes[end - 1] ?? -1)) end--
  return new TextDecoder().decode(bytes.subarray(0, end))
}
