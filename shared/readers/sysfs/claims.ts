import type { Namespace, NamespaceMap } from '../../model/topology'
import type { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import type { BusDevice } from './bus-devices'

/** Adds what the device that claims a namespace says of it: map, usable size, alignment, first byte of data. */
export function addClaim(
  files: TreeFiles,
  sheet: FactSheet<Namespace>,
  { name, path }: BusDevice,
): FactSheet<Namespace> {
  sheet
    .set('claim', name, files.source(path))
    .set('uuid', ...files.text(`${path}/uuid`))
    .set('usableBytes', ...files.number(`${path}/size`))
  if (name.startsWith('btt')) {
    return sheet
      .set('map', 'none', files.source(path))
      .set('sectorBytes', ...readSectorBytes(files, `${path}/sector_size`))
  }
  return sheet
    .set('map', ...readMap(files, `${path}/mode`))
    .set('alignBytes', ...files.number(`${path}/align`))
    .set('dataStartAddress', ...files.number(`${path}/resource`))
}

function readMap(files: TreeFiles, path: string): Sourced<NamespaceMap> {
  const [text, source] = files.text(path)
  const map = { ram: 'mem', pmem: 'dev', none: 'none' } as const
  const value = text?.trim()
  if (value === 'ram' || value === 'pmem' || value === 'none') return [map[value], source]
  return [undefined, source]
}

/** The value in brackets of "512 520 528 [4096] 4104". */
export function readSectorBytes(files: TreeFiles, path: string): Sourced<number> {
  const [text, source] = files.text(path)
  const digits = text === undefined ? undefined : /\[(\d{1,6})\]/.exec(text)?.[1]
  return [digits === undefined ? undefined : Number(digits), source]
}
