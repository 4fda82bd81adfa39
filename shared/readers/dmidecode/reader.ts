import type { Dimm, DimmRange, MemoryArray } from '../../model/memory-modules'
import type { ReadSource } from '../../model/source'
import type { Machine } from '../../model/topology'
import type { AddressRange } from '../../model/units'
import { documentsOf } from '../documents'
import { FactSheet, type Facts, type Reader } from '../facts'
import {
  arrayOf,
  interleaveOf,
  moduleOf,
  rangeOf,
  sortedRanges,
  uniqueById,
  type ArrayFields,
  type ModuleFields,
} from '../smbios/module-facts'
import { hexHandle } from '../smbios/structures'
import { ARRAY_LABELS, DEVICE_LABELS, deviceSizeOf, memoryDeviceOf } from './memory-device'
import { dmiSections, isDmidecode, type DmiSection } from './sections'
import { addressOf, handleOf, numberOf, sizeOf, textOf, wordOf } from './values'

/** A section and the document that it stands in. */
interface Placed {
  readonly section: DmiSection
  readonly path: string
}

/** The text of dmidecode, whole or of some types (`-t memory`). */
export const dmidecodeReader: Reader = {
  id: 'dmidecode',
  title: 'dmidecode (memory modules and slots)',
  inputKind: 'tool-output',
  sniff: (tree) => documentsOf(tree).some(({ text }) => isDmidecode(text)),
  read(tree, context): Facts {
    const documents = documentsOf(tree).filter(({ text }) => isDmidecode(text))
    const placed = documents.flatMap(({ path, text }) => {
      const sections = dmiSections(text)
      if (sections.length === 0) {
        context.diagnose({
          severity: 'info',
          code: 'needs-root',
          where: path,
          message: 'dmidecode could read no structure; run it as root',
        })
      }
      return sections.map((section) => ({ section, path }))
    })
    const ofType = (type: number) => placed.filter(({ section }) => section.type === type)
    const deviceRanges = rangesByOwner(ofType(20), 'Physical Device Handle', deviceRangeOf)
    const arrayRanges = rangesByOwner(ofType(19), 'Physical Array Handle', plainRangeOf)
    const dimms = ofType(17).map((one, index) => moduleAt(one, index, deviceRanges))
    const memoryArrays = ofType(16).flatMap((one) => arrayAt(one, arrayRanges))
    const machine = machineAt(ofType(1)[0])
    return {
      ...(machine !== undefined && { machine }),
      ...(dimms.length > 0 && { dimms: uniqueById(dimms) }),
      ...(memoryArrays.length > 0 && { memoryArrays: uniqueById(memoryArrays) }),
    }
  },
}

function moduleAt(one: Placed, index: number, ranges: Ranges<DimmRange>): Dimm {
  const fields: ModuleFields = {
    ...memoryDeviceOf(one.section),
    ranges: sortedRanges(ranges.get(one.section.handle)),
  }
  return moduleOf(fields, index, (field) => {
    const label = DEVICE_LABELS[field]
    const { roundedTo } = deviceSizeOf(one.section, field) ?? {}
    return sourceOf(one, field === 'ranges' ? 'mapped addresses' : label, roundedTo)
  })
}

function arrayAt(one: Placed, ranges: Ranges<AddressRange>): readonly MemoryArray[] {
  const { section } = one
  if (section.handle === undefined) return []
  const maximum = sizeOf(section.values.get(ARRAY_LABELS.maximumBytes))
  const fields: ArrayFields = {
    handle: section.handle,
    location: wordOf(section, ARRAY_LABELS.location),
    use: wordOf(section, ARRAY_LABELS.use),
    // "None" is a way to correct errors here, not a missing word.
    errorCorrection:
      section.values.get(ARRAY_LABELS.errorCorrection) === 'None'
        ? 'None'
        : wordOf(section, ARRAY_LABELS.errorCorrection),
    maximumBytes: maximum?.bytes === 0 ? undefined : maximum?.bytes,
    slotCount: numberOf(section, ARRAY_LABELS.slotCount),
    ranges: sortedRanges(ranges.get(section.handle)),
  }
  return [
    arrayOf(fields, (field) =>
      field === 'ranges'
        ? sourceOf(one, 'mapped addresses')
        : sourceOf(
            one,
            ARRAY_LABELS[field],
            field === 'maximumBytes' ? maximum?.roundedTo : undefined,
          ),
    ),
  ]
}

type Ranges<T> = ReadonlyMap<number | undefined, readonly T[]>

function rangesByOwner<T extends AddressRange>(
  placed: readonly Placed[],
  ownerLabel: string,
  read: (section: DmiSection) => T | undefined,
): Ranges<T> {
  const owners = new Map<number | undefined, T[]>()
  for (const { section } of placed) {
    const owner = handleOf(section, ownerLabel)
    const range = read(section)
    if (owner === undefined || range === undefined) continue
    const known = owners.get(owner)
    if (known === undefined) owners.set(owner, [range])
    else known.push(range)
  }
  return owners
}

function plainRangeOf(section: DmiSection): AddressRange | undefined {
  return rangeOf(addressOf(section, 'Starting Address'), addressOf(section, 'Ending Address'))
}

function deviceRangeOf(section: DmiSection): DimmRange | undefined {
  const range = plainRangeOf(section)
  return (
    range && {
      ...range,
      ...interleaveOf(
        numberOf(section, 'Interleave Position'),
        numberOf(section, 'Interleaved Data Depth'),
      ),
    }
  )
}

function machineAt(one: Placed | undefined): Machine | undefined {
  if (one === undefined) return undefined
  return new FactSheet<Machine>('machine')
    .set('product', textOf(one.section, 'Product Name'), sourceOf(one, 'Product Name'))
    .finish()
}

function sourceOf({ section, path }: Placed, label = '', roundedTo?: number): ReadSource {
  const handle = section.handle === undefined ? '' : `Handle ${hexHandle(section.handle)} `
  const source = {
    kind: 'read',
    reader: 'dmidecode',
    path,
    key: `${handle}${label}`.trim(),
  } as const
  return roundedTo === undefined ? source : { ...source, roundedTo }
}
