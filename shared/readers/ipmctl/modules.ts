import type { Dimm, Nvdimm } from '../../model/memory-modules'
import { ownValue } from '../../model/own-value'
import { FactSheet } from '../facts'
import { parseNumber } from '../../model/units'
import type { Sourced } from '../tree-files'
import { IpmctlValues, type PlacedRecord } from './values'

/**
 * Persistent-memory modules of `show -dimm` and `show -topology`. DimmID is the NFIT handle, so the same module of ndctl
 * and sysfs joins by it (DOMAIN §13.12); with the preference CLI_DEFAULT_DIMM_ID=UID it is the unique id.
 */
export function readNvdimms(records: readonly PlacedRecord[]): readonly Nvdimm[] {
  return [...groupedBy(records.filter(isModule), nvdimmKey)].map(([key, own]) =>
    readNvdimm(key, own),
  )
}

/** The slots of `show -topology` and `show -a -dimm`: modules of both kinds by their SMBIOS handle (PhysicalID). */
export function readDimms(records: readonly PlacedRecord[]): readonly Dimm[] {
  const placed = records.filter(
    (record) => isModule(record) && record.fields['DeviceLocator'] !== undefined,
  )
  return [...groupedBy(placed, dimmKey)].map(([key, own]) => readDimm(key, own))
}

/** Goals are what shall be after the next boot, regions list DimmIDs as well. */
function isModule({ fields }: PlacedRecord): boolean {
  return (
    fields['DimmID'] !== undefined &&
    fields['ISetID'] === undefined &&
    fields['AppDirect1Size'] === undefined
  )
}

function groupedBy(
  records: readonly PlacedRecord[],
  keyOf: (record: PlacedRecord) => string | undefined,
): ReadonlyMap<string, readonly PlacedRecord[]> {
  const groups = new Map<string, PlacedRecord[]>()
  for (const record of records) {
    const key = keyOf(record)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [record])
    else group.push(record)
  }
  return groups
}

const UNIQUE_ID = /^[\da-f]{4}(-[\da-f]{2}-[\da-f]{4})?-[\da-f]{8}$/i

function nvdimmKey({ fields }: PlacedRecord): string | undefined {
  const id = fields['DimmID'] ?? ''
  const handle = handleOf(fields['DimmHandle'] ?? '') ?? handleOf(id)
  if (handle !== undefined) return `nvdimm:${hex(handle)}`
  return UNIQUE_ID.test(id) ? `nvdimm:${id.toLowerCase()}` : undefined
}

function dimmKey({ fields }: PlacedRecord): string | undefined {
  const handle = handleOf(fields['PhysicalID'] ?? '')
  if (handle !== undefined) return `dimm:${hex(handle)}`
  const locator = fields['DeviceLocator']
  return locator === undefined || locator === '' || locator === 'N/A'
    ? undefined
    : `dimm:${locator}`
}

function handleOf(text: string): number | undefined {
  const handle = /^0x[\da-f]{1,8}$/i.test(text) ? parseNumber(text) : undefined
  return handle !== undefined && handle <= 0xffff_ffff ? handle : undefined
}

function hex(handle: number): string {
  return `0x${handle.toString(16).padStart(4, '0')}`
}

function readNvdimm(id: string, records: readonly PlacedRecord[]): Nvdimm {
  const values = new IpmctlValues(records)
  // The table of the topology repeats the smaller size that SMBIOS states; that is the slot's, not the module's.
  const own = new IpmctlValues(records.filter(isOfModule))
  const [dimmId, dimmIdSource] = values.text('DimmID')
  const [handle, handleSource] = values.number('DimmHandle')
  return new FactSheet<Nvdimm>(id)
    .set('handle', handleOf(dimmId ?? ''), dimmIdSource)
    .set('handle', handle, handleSource)
    .set('physicalId', ...values.number('PhysicalID'))
    .set('uniqueId', UNIQUE_ID.test(dimmId ?? '') ? dimmId?.toLowerCase() : undefined, dimmIdSource)
    .set('uniqueId', ...lowerCase(values.text('DimmUID')))
    .set('serial', ...lowerCase(values.text('SerialNumber')))
    .set('vendor', ...lowerCase(values.text('VendorID')))
    .set('device', ...lowerCase(values.text('DeviceID')))
    .set('security', ...securityOf(values.text('LockState')))
    .set('health', ...healthOf(values.text('HealthState')))
    .set('firmwareVersion', ...values.text('FWVersion'))
    .set('partNumber', ...values.text('PartNumber'))
    .set('sizeBytes', ...own.capacity('Capacity'))
    .set('memoryModeBytes', ...values.capacity('MemoryCapacity'))
    .set('appDirectBytes', ...values.capacity('AppDirectCapacity'))
    .set('packageId', ...values.number('SocketID'))
    .finish()
}

function isOfModule({ fields }: PlacedRecord): boolean {
  return ['FWVersion', 'LockState', 'HealthState'].some((key) => fields[key] !== undefined)
}

function readDimm(id: string, records: readonly PlacedRecord[]): Dimm {
  const values = new IpmctlValues(records)
  const slot = new IpmctlValues(records.filter((record) => !isOfModule(record)))
  const [memoryType, typeSource] = values.text('MemoryType')
  return (
    new FactSheet<Dimm>(id)
      .set('handle', ...values.number('PhysicalID'))
      .set('locator', ...values.text('DeviceLocator'))
      .set('bank', ...values.text('BankLabel'))
      .set('sizeBytes', ...slot.capacity('Capacity'))
      // Spelt as SMBIOS readers spell it: the fact is the same.
      .set(
        'memoryType',
        memoryType?.replace('Non-Volatile Device', 'non-volatile device'),
        typeSource,
      )
      .set('formFactor', ...values.text('FormFactor'))
      .set('dataWidthBits', ...values.measure('DataWidth'))
      .set('totalWidthBits', ...values.measure('TotalWidth'))
      .set('speedMTs', ...values.measure('Speed'))
      .set('manufacturer', ...values.text('Manufacturer'))
      .set('partNumber', ...values.text('PartNumber'))
      .set('packageId', ...values.number('SocketID'))
      .finish()
  )
}

function lowerCase([text, source]: Sourced<string>): Sourced<string> {
  return [text?.toLowerCase(), source]
}

/** ndctl's words for the same (ndctl/json.c of v81), so that both can be compared. */
const HEALTH_WORDS: Readonly<Record<string, string>> = {
  Healthy: 'ok',
  'Noncritical failure': 'non-critical',
  'Critical failure': 'critical',
  'Fatal failure': 'fatal',
}

/** A state of health in ndctl's words where these have it, else as ipmctl prints it. */
export function healthOf([text, source]: Sourced<string>): Sourced<string> {
  return [text === undefined ? undefined : (ownValue(HEALTH_WORDS, text) ?? text), source]
}

const SECURITY_WORDS: readonly string[] = ['disabled', 'unlocked', 'locked', 'frozen']

function securityOf([text, source]: Sourced<string>): Sourced<string> {
  const word = text?.split(',')[0]?.toLowerCase()
  return [word !== undefined && SECURITY_WORDS.includes(word) ? word : undefined, source]
}
