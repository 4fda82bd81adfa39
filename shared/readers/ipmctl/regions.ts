import type { PmemRegion } from '../../model/topology'
import { FactSheet } from '../facts'
import { healthOf } from './modules'
import { IpmctlValues, type PlacedRecord } from './values'

/**
 * Regions of `show -region`. ISetID is the interleave-set cookie (DOMAIN §13.12), here in hexadecimal as sysfs prints it.
 * Which module has which position ipmctl does not say.
 */
export function readRegions(records: readonly PlacedRecord[]): readonly PmemRegion[] {
  const byCookie = new Map<string, PlacedRecord[]>()
  for (const record of records) {
    const cookie = cookieOf(record.fields['ISetID'] ?? '')
    if (cookie === undefined) continue
    const group = byCookie.get(cookie)
    if (group === undefined) byCookie.set(cookie, [record])
    else group.push(record)
  }
  return [...byCookie].map(([cookie, own]) => readRegion(cookie, new IpmctlValues(own)))
}

function cookieOf(text: string): string | undefined {
  if (!/^0x[\da-f]{1,16}$/i.test(text)) return undefined
  const value = BigInt(text)
  return value === 0n ? undefined : `0x${value.toString(16)}`
}

function readRegion(cookie: string, values: IpmctlValues): PmemRegion {
  const [type, typeSource] = values.text('PersistentMemoryType')
  return new FactSheet<PmemRegion>(`region:${cookie}`)
    .set('interleaveSetCookie', cookie, values.source('ISetID'))
    .set('regionType', type?.startsWith('AppDirect') === true ? 'pmem' : undefined, typeSource)
    .set('sizeBytes', ...values.capacity('Capacity'))
    .set('availableBytes', ...values.capacity('FreeCapacity'))
    .set('health', ...healthOf(values.text('HealthState')))
    .set('packageId', ...values.number('SocketID'))
    .finish()
}
