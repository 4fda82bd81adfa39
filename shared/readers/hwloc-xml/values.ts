import { KIB } from '../../model/units'
import { parseSize } from '../../model/parse-size'
import { parseQuantity } from '../tree-files'

/** Above every real id; hwloc writes 4294967295 and -1 for none. */
const MOST_ID = 1 << 20

/** An os_index; undefined for none. */
export function parseIndex(text: string | undefined): number | undefined {
  const index = text === undefined ? undefined : parseQuantity(text)
  return index !== undefined && index < MOST_ID ? index : undefined
}

/** A size that hwloc leaves 0 where it does not know it. */
export function parseKnownSize(text: string | undefined): number | undefined {
  const size = text === undefined ? undefined : parseQuantity(text)
  return size === 0 ? undefined : size
}

/** Sizes in info attributes: a number of KiB, which hwloc 3 marks as such (`4194304KiB`). */
export function parseInfoSize(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const bytes = parseSize(/^\d+$/.test(text) ? `${text}KiB` : text)
  return bytes === undefined ? undefined : parseQuantity(String(bytes))
}

/** 0.9 wrote sizes of objects in KiB. */
export function parseKib(text: string | undefined): number | undefined {
  const kib = parseKnownSize(text)
  return kib === undefined ? undefined : parseQuantity(String(kib * KIB))
}
