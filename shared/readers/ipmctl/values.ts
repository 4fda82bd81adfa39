import { parseNumber } from '../../model/units'
import type { ReadSource } from '../../model/source'
import type { Sourced } from '../tree-files'
import type { IpmctlRecord } from './records'

/** A record and the document that it is in. */
export interface PlacedRecord extends IpmctlRecord {
  readonly path: string
}

/** The attributes of one object out of all records that speak of it; the first that has one counts. */
export class IpmctlValues {
  constructor(private readonly records: readonly PlacedRecord[]) {}

  source(key: string): ReadSource {
    const record = this.records.find(({ fields }) => isKnown(fields[key])) ?? this.records[0]
    return {
      kind: 'read',
      reader: 'ipmctl',
      path: record?.path ?? '',
      key: `line ${record?.line}: ${key}`,
    }
  }

  /** As printed; undefined for N/A and the like. */
  text(key: string): Sourced<string> {
    const text = this.records.map(({ fields }) => fields[key]).find(isKnown)
    return [text, this.source(key)]
  }

  /** `0x0101`, `1`. */
  number(key: string): Sourced<number> {
    const [text, source] = this.text(key)
    return [text === undefined ? undefined : parseNumber(text), source]
  }

  /** The number before a unit: `72 b`, `2666 MT/s`; a zero is not known. */
  measure(key: string): Sourced<number> {
    const [text, source] = this.text(key)
    const value = parseNumber(/^(\d{1,9}) \S+$/.exec(text ?? '')?.[1] ?? '')
    return [value === 0 ? undefined : value, source]
  }

  /** `126.422 GiB`: bytes, with the rounding in the source unless they are exact. */
  capacity(key: string): Sourced<number> {
    const [text, source] = this.text(key)
    const { bytes, roundedTo } = parseCapacity(text ?? '') ?? {}
    return [bytes, roundedTo === undefined ? source : { ...source, roundedTo }]
  }
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined && !/^(N\/?A|-|unknown|)$/i.test(text)
}

/** `ipmctl -u` (Convert.c of ipmctl 3: the units of the IEC are powers of 1024, the others of 1000). */
const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  MB: 1e6,
  MiB: 2 ** 20,
  GB: 1e9,
  GiB: 2 ** 30,
  TB: 1e12,
  TiB: 2 ** 40,
}
const CAPACITY = /^(\d{1,17})(?:\.(\d{1,6}))? (B|[MGT]i?B)$/

/** Reads a capacity of ipmctl; `roundedTo` is one unit of its last digit, absent for whole bytes. */
export function parseCapacity(
  text: string,
): { readonly bytes: number; readonly roundedTo?: number } | undefined {
  const [, whole, fraction = '', unit = ''] = CAPACITY.exec(text) ?? []
  const unitBytes = UNIT_BYTES[unit]
  if (whole === undefined || unitBytes === undefined) return undefined
  const bytes = Math.round(Number(`${whole}.${fraction || '0'}`) * unitBytes)
  if (!Number.isSafeInteger(bytes)) return undefined
  return unit === 'B'
    ? { bytes }
    : { bytes, roundedTo: Math.ceil(unitBytes / 10 ** fraction.length) }
}
