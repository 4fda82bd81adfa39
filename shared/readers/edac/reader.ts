import type { Dimm } from '../../model/memory-modules'
import { MIB } from '../../model/units'
import { FactSheet, type Facts, type Reader } from '../facts'
import type { SourceTree } from '../source-tree'
import { TreeFiles, type Sourced } from '../tree-files'
import { memoryTypeOf } from './memory-type'

const CONTROLLERS = 'sys/devices/system/edac/mc'
/** The kernel numbers controllers and what they hold from 0; a folder of a stranger may hold anything. */
const CONTROLLER = /^mc\d{1,4}$/
const MODULE = /^(dimm|rank)\d{1,4}$/
const ROW = /^csrow\d{1,4}$/

/** Modules as the memory controller drivers see them, with their error counters (DOMAIN §9.5). */
export const edacReader: Reader = {
  id: 'edac',
  title: 'EDAC of sysfs (error counters of memory modules)',
  inputKind: 'sysfs',
  sniff: (tree) => controllersOf(tree).length > 0,
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'edac', context)
    const parts = controllersOf(tree).flatMap((controller) => partsOf(files, controller))
    return parts.length === 0 ? {} : { dimms: modulesOf(parts, files) }
  },
}

function controllersOf(tree: SourceTree): readonly string[] {
  return tree.list(CONTROLLERS).filter((name) => CONTROLLER.test(name))
}

/** A module, or one of its ranks: the drivers of older controllers show ranks, several with the label of one module. */
interface Part {
  readonly id: string
  readonly path: string
  readonly location: string
  readonly label: Sourced<string>
  readonly sizeBytes: Sourced<number>
  readonly memoryType: Sourced<string>
  readonly correctable: Sourced<number>
  readonly uncorrectable: Sourced<number>
}

function partsOf(files: TreeFiles, controller: string): readonly Part[] {
  const folder = `${CONTROLLERS}/${controller}`
  const names = files.tree.list(folder)
  const modules = names.filter((name) => MODULE.test(name))
  if (modules.length > 0) {
    return modules.map((name) => modulePart(files, `${folder}/${name}`, controller))
  }
  return names
    .filter((name) => ROW.test(name))
    .flatMap((name) => rowParts(files, `${folder}/${name}`, controller))
}

function modulePart(files: TreeFiles, path: string, controller: string): Part {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const [type, typeSource] = files.text(`${path}/dimm_mem_type`)
  const [place] = files.text(`${path}/dimm_location`)
  return {
    id: `${controller}/${name}`,
    path,
    location: `${controller} ${place?.trim() ?? name}`,
    label: labelOf(files, `${path}/dimm_label`),
    sizeBytes: megabytes(files, `${path}/size`, 1),
    memoryType: [memoryTypeOf(type?.trim()), typeSource],
    correctable: files.number(`${path}/dimm_ce_count`),
    uncorrectable: files.number(`${path}/dimm_ue_count`),
  }
}

/** The interface before Linux 3.5: a row of chip selects with its channels, whose size they share. */
function rowParts(files: TreeFiles, path: string, controller: string): readonly Part[] {
  const row = path.slice(path.lastIndexOf('/') + 1)
  const channels = files.tree
    .list(path)
    .flatMap((name) => /^ch(\d{1,2})_ce_count$/.exec(name)?.[1] ?? [])
  const [type, typeSource] = files.text(`${path}/mem_type`)
  return channels.map((channel) => ({
    id: `${controller}/${row}/ch${channel}`,
    path,
    location: `${controller} ${row} channel ${channel}`,
    label: labelOf(files, `${path}/ch${channel}_dimm_label`),
    sizeBytes: megabytes(files, `${path}/size_mb`, channels.length),
    memoryType: [memoryTypeOf(type?.trim()), typeSource],
    correctable: files.number(`${path}/ch${channel}_ce_count`),
    // Counted for the row as a whole: it belongs to a module only where the row has one.
    uncorrectable:
      channels.length === 1 ? files.number(`${path}/ue_count`) : [undefined, typeSource],
  }))
}

/** Drivers that know no name make one up of the numbers that the location has, too: `mc#0csrow#1channel#0`. */
function labelOf(files: TreeFiles, path: string): Sourced<string> {
  const [text, source] = files.text(path)
  const label = text?.trim()
  return [label === '' || label?.startsWith('mc#') === true ? undefined : label, source]
}

function megabytes(files: TreeFiles, path: string, shares: number): Sourced<number> {
  const [size, source] = files.number(path)
  const bytes = (size ?? 0) * (MIB / shares)
  return [Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined, source]
}

/** Parts with one label are the ranks of one module: their sizes and counters add up. */
function modulesOf(parts: readonly Part[], files: TreeFiles): readonly Dimm[] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const isRank = !part.path.includes('/dimm')
    const key = isRank && part.label[0] !== undefined ? `label ${part.label[0]}` : part.id
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    return [
      new FactSheet<Dimm>(`dimm:${first.id}`)
        .set('locator', ...first.label)
        .set('edacLocation', first.location, files.source(first.path))
        .set('sizeBytes', ...sumOf(group, 'sizeBytes'))
        .set('memoryType', ...first.memoryType)
        .set('correctableErrors', ...sumOf(group, 'correctable'))
        .set('uncorrectableErrors', ...sumOf(group, 'uncorrectable'))
        .finish(),
    ]
  })
}

function sumOf(
  group: readonly Part[],
  key: 'sizeBytes' | 'correctable' | 'uncorrectable',
): Sourced<number> {
  const values = group.map((part) => part[key][0])
  const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const source = group[0]?.[key][1] ?? { kind: 'read', reader: 'edac', path: CONTROLLERS }
  return [values.includes(undefined) || !Number.isSafeInteger(sum) ? undefined : sum, source]
}
