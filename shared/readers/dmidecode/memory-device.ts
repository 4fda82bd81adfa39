import { arrayId, type ModuleFields } from '../smbios/module-facts'
import type { DmiSection } from './sections'
import { handleOf, millivoltsOf, numberOf, sizeOf, textOf, wordOf, type DmiSize } from './values'

/** Labels of a type-17 structure by field. Before 3.2 of dmidecode the configured speed was a "Clock Speed". */
export const DEVICE_LABELS = {
  handle: '',
  arrayId: 'Array Handle',
  totalWidthBits: 'Total Width',
  dataWidthBits: 'Data Width',
  sizeBytes: 'Size',
  formFactor: 'Form Factor',
  locator: 'Locator',
  bank: 'Bank Locator',
  memoryType: 'Type',
  speedMTs: 'Speed',
  manufacturer: 'Manufacturer',
  serial: 'Serial Number',
  assetTag: 'Asset Tag',
  partNumber: 'Part Number',
  rank: 'Rank',
  configuredSpeedMTs: 'Configured Memory Speed',
  configuredMillivolts: 'Configured Voltage',
  technology: 'Memory Technology',
  firmwareVersion: 'Firmware Version',
  nonVolatileBytes: 'Non-Volatile Size',
  volatileBytes: 'Volatile Size',
  cacheBytes: 'Cache Size',
} as const satisfies Partial<Record<keyof ModuleFields, string>> as Readonly<
  Partial<Record<keyof ModuleFields, string>>
>

/** Labels of a type-16 structure by field. */
export const ARRAY_LABELS = {
  handle: '',
  location: 'Location',
  use: 'Use',
  errorCorrection: 'Error Correction Type',
  maximumBytes: 'Maximum Capacity',
  slotCount: 'Number Of Devices',
  ranges: 'mapped addresses',
} as const

const OLD_SPEED = 'Configured Clock Speed'
/** dmidecode 3.2 to 3.4 and later ones call it differently; so does the raw table's reader. */
const OLD_OPTANE = 'Intel Optane DC persistent memory'

/** What a "Memory Device" says; sizes without their rounding, which {@link deviceSizeOf} tells. */
export function memoryDeviceOf(section: DmiSection): ModuleFields {
  const array = handleOf(section, 'Array Handle')
  const technology = wordOf(section, 'Memory Technology')
  return {
    handle: section.handle,
    arrayId: array === undefined ? undefined : arrayId(array),
    totalWidthBits: numberOf(section, 'Total Width'),
    dataWidthBits: numberOf(section, 'Data Width'),
    sizeBytes: deviceSizeOf(section, 'sizeBytes')?.bytes,
    formFactor: wordOf(section, 'Form Factor'),
    locator: textOf(section, 'Locator'),
    bank: textOf(section, 'Bank Locator'),
    memoryType: wordOf(section, 'Type'),
    speedMTs: numberOf(section, 'Speed'),
    manufacturer: textOf(section, 'Manufacturer'),
    serial: textOf(section, 'Serial Number'),
    assetTag: textOf(section, 'Asset Tag'),
    partNumber: textOf(section, 'Part Number'),
    rank: numberOf(section, 'Rank'),
    configuredSpeedMTs:
      numberOf(section, 'Configured Memory Speed') ?? numberOf(section, OLD_SPEED),
    configuredMillivolts: millivoltsOf(section, 'Configured Voltage'),
    technology: technology === OLD_OPTANE ? 'Intel Optane persistent memory' : technology,
    firmwareVersion: textOf(section, 'Firmware Version'),
    nonVolatileBytes: deviceSizeOf(section, 'nonVolatileBytes')?.bytes,
    volatileBytes: deviceSizeOf(section, 'volatileBytes')?.bytes,
    cacheBytes: deviceSizeOf(section, 'cacheBytes')?.bytes,
  }
}

/** One of the sizes of a "Memory Device"; undefined for fields that are no size. */
export function deviceSizeOf(section: DmiSection, field: keyof ModuleFields): DmiSize | undefined {
  const label = DEVICE_LABELS[field]
  return label?.endsWith('Size') === true ? sizeOf(section.values.get(label)) : undefined
}
