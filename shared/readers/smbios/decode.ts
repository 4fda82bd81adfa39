import type { Dimm, DimmRange, MemoryArray } from '../../model/memory-modules'
import type { ReadSource } from '../../model/source'
import type { Machine } from '../../model/topology'
import type { AddressRange } from '../../model/units'
import { FactSheet, type Facts } from '../facts'
import { readArrayRange, readDeviceRange, readMemoryArray, ARRAY_OFFSETS } from './memory-array'
import { DEVICE_OFFSETS, readMemoryDevice } from './memory-device'
import { arrayOf, moduleOf, sortedRanges, uniqueById } from './module-facts'
import { hexHandle, stringAt, type SmbiosStructure } from './structures'

/** A structure and the file that it was read from: one for all, or one for each below dmi/entries. */
export interface PlacedStructure {
  readonly structure: SmbiosStructure
  readonly path: string
}

/** The facts of a set of structures; what is wrong with one of them costs that fact and one call of `wrong`. */
export function factsOfStructures(
  placed: readonly PlacedStructure[],
  wrong: (problem: string, path: string) => void,
): Facts {
  const ofType = (type: number) => placed.filter(({ structure }) => structure.type === type)
  const deviceRanges = rangesByOwner(ofType(20), readDeviceRange, wrong)
  const arrayRanges = rangesByOwner(ofType(19), readArrayRange, wrong)
  const dimms = uniqueById(
    ofType(17).map((one, index) => moduleAt(one, { index, ranges: deviceRanges, wrong })),
  )
  const memoryArrays = uniqueById(ofType(16).map((one) => arrayAt(one, arrayRanges)))
  const machine = machineAt(ofType(1)[0], wrong)
  return {
    ...(machine !== undefined && { machine }),
    ...(placed.length > 0 && { dimms, memoryArrays }),
  }
}

interface OwnedRange<T> {
  readonly range: T
  readonly source: ReadSource
}
type Ranges<T> = ReadonlyMap<number, readonly OwnedRange<T>[]>
type Wrong = (problem: string, path: string) => void

function rangesByOwner<T extends AddressRange>(
  placed: readonly PlacedStructure[],
  read: (structure: SmbiosStructure) => { ownerHandle: number; range: T } | undefined,
  wrong: Wrong,
): Ranges<T> {
  const owners = new Map<number, OwnedRange<T>[]>()
  for (const one of placed) {
    const mapped = read(one.structure)
    if (mapped === undefined) {
      const { type, handle } = one.structure
      wrong(`structure ${hexHandle(handle)} of type ${type} gives no range of addresses`, one.path)
      continue
    }
    const owned = { range: mapped.range, source: sourceOf(one, '04h') }
    const known = owners.get(mapped.ownerHandle)
    if (known === undefined) owners.set(mapped.ownerHandle, [owned])
    else known.push(owned)
  }
  return owners
}

function moduleAt(
  one: PlacedStructure,
  from: { readonly index: number; readonly ranges: Ranges<DimmRange>; readonly wrong: Wrong },
): Dimm {
  const { structure, path } = one
  const fields = readMemoryDevice(structure, (problem) => from.wrong(problem, path))
  const owned = from.ranges.get(structure.handle)
  return moduleOf(
    { ...fields, ranges: sortedRanges(owned?.map(({ range }) => range)) },
    from.index,
    (field) => (field === 'ranges' && owned?.[0]?.source) || sourceOf(one, DEVICE_OFFSETS[field]),
  )
}

function arrayAt(one: PlacedStructure, ranges: Ranges<AddressRange>): MemoryArray {
  const owned = ranges.get(one.structure.handle)
  return arrayOf(
    { ...readMemoryArray(one.structure), ranges: sortedRanges(owned?.map(({ range }) => range)) },
    (field) => (field === 'ranges' && owned?.[0]?.source) || sourceOf(one, ARRAY_OFFSETS[field]),
  )
}

/** Type 1: the product, as /sys/class/dmi/id/product_name shows it. */
function machineAt(one: PlacedStructure | undefined, wrong: Wrong): Machine | undefined {
  if (one === undefined) return undefined
  const product = stringAt(one.structure, 0x05, (problem) => wrong(problem, one.path))
  return new FactSheet<Machine>('machine').set('product', product, sourceOf(one, '05h')).finish()
}

function sourceOf({ structure, path }: PlacedStructure, offset: string | undefined): ReadSource {
  const key = `type ${structure.type} ${hexHandle(structure.handle)} ${offset ?? ''}`.trimEnd()
  return { kind: 'read', reader: 'smbios', path, key }
}
