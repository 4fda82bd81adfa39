import type { DmiSection } from './sections'

/** Words that dmidecode prints where firmware says nothing. */
const NOTHING = /^(|Unknown|None|Not Specified|Not Provided|<OUT OF SPEC>|<BAD INDEX>)$/
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']
const SIZE = /^(\d{1,15}) (bytes|kB|MB|GB|TB|PB|EB)$/

/** A size of dmidecode, whose units are powers of 1024. */
export interface DmiSize {
  readonly bytes: number
  /** What may be missing: from 1024 units up, dmidecode has left out what the unit cannot show. */
  readonly roundedTo?: number
}

/** Reads `64 GB`, `129408 MB`; `None` and `No Module Installed` are 0; undefined for anything else. */
export function sizeOf(text: string | undefined): DmiSize | undefined {
  if (text === 'None' || text === 'No Module Installed') return { bytes: 0 }
  const [, digits, unit] = SIZE.exec(text ?? '') ?? []
  const unitBytes = 1024 ** UNITS.indexOf(unit ?? '')
  const count = Number(digits)
  const bytes = count * unitBytes
  if (digits === undefined || !Number.isSafeInteger(bytes)) return undefined
  return count < 1024 || unitBytes <= 1024 ? { bytes } : { bytes, roundedTo: unitBytes }
}

/** A word of firmware as it stands; undefined where there is none. */
export function textOf(section: DmiSection, label: string): string | undefined {
  const text = section.values.get(label)
  // Strings of firmware may say "Unknown" or "None" themselves, as the raw table shows.
  return text === undefined || /^(|Not Specified|<BAD INDEX>)$/.test(text) ? undefined : text
}

/** A word of an enumeration, absent where dmidecode says that it is not known. */
export function wordOf(section: DmiSection, label: string): string | undefined {
  const text = section.values.get(label)
  return text === undefined || NOTHING.test(text) || text.startsWith('<') ? undefined : text
}

/** The number that a value begins with: `4800 MT/s`, `1600 MHz`, `72 bits`, `2`; 0 is none. */
export function numberOf(section: DmiSection, label: string): number | undefined {
  const digits = /^(\d{1,9})(?=\s|$)/.exec(section.values.get(label) ?? '')?.[1]
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits)
}

/** `1.1 V` in millivolts. */
export function millivoltsOf(section: DmiSection, label: string): number | undefined {
  const volts = /^(\d{1,3}(?:\.\d{1,6})?) V$/.exec(section.values.get(label) ?? '')?.[1]
  return volts === undefined || Number(volts) === 0 ? undefined : Math.round(Number(volts) * 1000)
}

/** `0x1100`, a handle. */
export function handleOf(section: DmiSection, label: string): number | undefined {
  const digits = /^0x([\dA-Fa-f]{1,4})$/.exec(section.values.get(label) ?? '')?.[1]
  return digits === undefined ? undefined : parseInt(digits, 16)
}

/**
 * A byte address. The 64-bit ones of SMBIOS 2.7 carry a `k`, but are bytes all the same (DOMAIN §12; dmidecode.c prints
 * the two halves of the QWORD).
 */
export function addressOf(section: DmiSection, label: string): number | undefined {
  const digits = /^0x([\dA-Fa-f]{1,16})k?$/.exec(section.values.get(label) ?? '')?.[1]
  const address = digits === undefined ? NaN : Number(`0x${digits}`)
  return Number.isSafeInteger(address) ? address : undefined
}
