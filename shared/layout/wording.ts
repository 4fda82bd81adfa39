import type { MemmapExtent } from '../memmap/types'
import type { CxlRegion } from '../model/cxl'
import type { Dimm } from '../model/memory-modules'
import type { Namespace, PmemRegion } from '../model/topology'
import { formatBytes } from '../model/units'

const SMALL_NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** `six NVDIMMs`, `one NVDIMM`, `16 NVDIMMs`. */
export function countOf(count: number, noun: string): string {
  return `${SMALL_NUMBERS[count] ?? String(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Joins what is known with middle dots. */
export function dotted(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

/** `fsdax, map=dev`, `devdax, map=mem, 1 GiB`, `sector, 4 KiB`, `raw`. */
export function namespaceMode(namespace: Namespace): string | undefined {
  const { mode, map, alignBytes, sectorBytes } = namespace
  if (mode === undefined) return undefined
  const parts: string[] = [mode]
  if (map === 'mem' || map === 'dev') parts.push(`map=${map}`)
  if (mode === 'devdax' && alignBytes !== undefined) parts.push(formatBytes(alignBytes))
  if (mode === 'sector' && sectorBytes !== undefined) parts.push(formatBytes(sectorBytes))
  return parts.join(', ')
}

/** `namespace0.3 · devdax, map=mem, 2 MiB · 1 GiB`. */
export function describeNamespace(namespace: Namespace): string {
  const bytes = namespace.rawBytes ?? namespace.usableBytes
  return dotted(
    namespace.id,
    namespaceMode(namespace),
    bytes === undefined ? undefined : formatBytes(bytes),
    namespace.state === 'disabled' ? 'disabled' : undefined,
  )
}

/** `768 GiB on six NVDIMMs`. */
export function describeRegion(region: PmemRegion): string {
  const size = region.sizeBytes === undefined ? undefined : formatBytes(region.sizeBytes)
  const count = new Set(region.mappings?.map((mapping) => mapping.nvdimmId) ?? []).size
  const dimms = count === 0 ? undefined : countOf(count, 'NVDIMM')
  return [size, dimms].filter((part) => part !== undefined).join(' on ')
}

/** `CXL region0`: libnvdimm has regions of the same name. */
export function cxlRegionName({ regionName }: CxlRegion): string {
  return `CXL ${regionName}`
}

/** `2-way ram`, as much of it as is known. */
export function describeCxlRegion({ interleaveWays, regionType }: CxlRegion): string {
  const ways = interleaveWays === undefined ? '' : `${interleaveWays}-way`
  return [ways, regionType ?? ''].filter((part) => part !== '').join(' ')
}

/** `32 GiB DDR4-2933`, as much of it as is known. */
export function describeModule(dimm: Dimm): string {
  const size = dimm.sizeBytes === undefined ? '' : formatBytes(dimm.sizeBytes)
  const speed = dimm.speedMTs === undefined ? '' : `-${dimm.speedMTs}`
  const type = dimm.memoryType === undefined ? '' : `${dimm.memoryType}${speed}`
  return [size, type].filter((part) => part !== '').join(' ')
}

/** What became of the struct pages of one owner, in a few words: `4 GiB hollowed to 1 GiB`. */
export function describeSaving(extents: readonly MemmapExtent[]): string {
  const full = extents.reduce((sum, extent) => sum + extent.fullBytes, 0)
  const resident = extents.reduce((sum, extent) => sum + extent.residentBytes, 0)
  if (full === 0) return 'no struct pages'
  if (resident >= full) return formatBytes(resident)
  return `${formatBytes(full)} hollowed to ${formatBytes(resident)}`
}
