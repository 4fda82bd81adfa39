import type { Dimm } from '../../model/memory-modules'
import { FactSheet } from '../facts'
import type { Place } from './place'
import type { HwlocObject } from './topology'
import { parseIndex, parseInfoSize } from './values'

/** Memory modules, which hwloc takes from SMBIOS type 17 when run as root; it leaves empty slots out. */
export function moduleFacts(modules: readonly HwlocObject[], place: Place): readonly Dimm[] {
  const ids = new Set<string>()
  return modules.map((module, position) => {
    const text = (name: string) => module.infos.get(name)?.trim()
    const [locator, bank] = [text('DeviceLocation'), text('BankLocation')]
    const spot = [bank, locator].filter((part) => part !== undefined).join('/')
    const wanted = `dimm:${spot === '' ? `#${module.osIndex ?? position}` : spot}`
    const id = ids.has(wanted) ? `${wanted}#${module.osIndex ?? position}` : wanted
    ids.add(id)
    const rank = parseIndex(text('Rank'))
    const sheet = new FactSheet<Dimm>(id)
    const setText = (
      key:
        | 'locator'
        | 'bank'
        | 'memoryType'
        | 'formFactor'
        | 'manufacturer'
        | 'partNumber'
        | 'serial'
        | 'assetTag',
      name: string,
    ) => sheet.set(key, text(name), place.info(module, name))
    setText('locator', 'DeviceLocation')
    setText('bank', 'BankLocation')
    setText('memoryType', 'Type')
    setText('formFactor', 'FormFactor')
    setText('manufacturer', 'Vendor')
    setText('partNumber', 'PartNumber')
    setText('serial', 'SerialNumber')
    setText('assetTag', 'AssetTag')
    return sheet
      .set('sizeBytes', parseInfoSize(text('Size')), place.info(module, 'Size'))
      .set('rank', rank === 0 ? undefined : rank, place.info(module, 'Rank'))
      .finish()
  })
}
