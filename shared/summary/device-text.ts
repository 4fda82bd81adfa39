import { formatBytes } from '../model/units'
import { plural, table } from './text-table'
import type { Summary, SummaryDaxDevice, SummaryDimm, SummaryNamespace } from './types'

/** Equal modules share a line. */
export function dimmLines(dimms: readonly SummaryDimm[]): readonly string[] {
  if (dimms.length === 0) return []
  const groups = new Map<string, { readonly cells: readonly string[]; locators: string[] }>()
  for (const dimm of dimms) {
    const cells = [
      dimm.sizeBytes === 0
        ? 'empty'
        : dimm.sizeBytes === undefined
          ? ''
          : formatBytes(dimm.sizeBytes),
      [dimm.type, dimm.technology].filter((word) => word !== undefined).join(' '),
      dimm.speedMTs === undefined ? '' : `${dimm.speedMTs} MT/s`,
      dimm.manufacturer ?? '',
      dimm.partNumber ?? '',
    ]
    const key = cells.join('\n')
    const group = groups.get(key) ?? { cells, locators: [] }
    group.locators.push(dimm.locator ?? '?')
    groups.set(key, group)
  }
  return [
    'memory modules',
    ...table(
      [...groups.values()].map(({ cells, locators }) => [
        `${locators.length} ×`,
        ...cells,
        locators.slice(0, 6).join(', ') + (locators.length > 6 ? ', …' : ''),
      ]),
    ),
  ]
}

/** Windows, devices and regions of CXL. */
export function cxlLines(cxl: Summary['cxl']): readonly string[] {
  if (cxl === undefined) return []
  const { memdevs, regions, windows, decoders } = cxl
  if (memdevs.length + regions.length + (windows ?? 0) === 0) return []
  const counts = [plural(windows, 'window'), plural(decoders, 'decoder')].filter(
    (count) => count !== undefined,
  )
  return [
    `CXL  ${counts.join(' · ')}`.trimEnd(),
    ...table([
      ...memdevs.map((memdev) => [
        memdev.id,
        memdev.ramBytes === undefined ? '' : `ram ${formatBytes(memdev.ramBytes)}`,
        memdev.pmemBytes === undefined ? '' : `pmem ${formatBytes(memdev.pmemBytes)}`,
        memdev.serial === undefined ? '' : `serial ${memdev.serial}`,
      ]),
      ...regions.map((region) => [
        region.id,
        region.type ?? '',
        region.sizeBytes === undefined ? '' : formatBytes(region.sizeBytes),
        region.interleaveWays === undefined ? '' : `${region.interleaveWays}-way`,
        region.memdevs?.join(', ') ?? '',
      ]),
    ]),
  ]
}

/** PMEM regions with the modules that they interleave, by slot where that is known. */
export function regionLines({ regions, nvdimms }: Summary): readonly string[] {
  if (regions.length === 0) return []
  const locators = new Map(nvdimms.map(({ id, locator }) => [id, locator]))
  const slot = (id: string) => {
    const locator = locators.get(id)
    return locator === undefined ? id : `${id} (${locator})`
  }
  return [
    'PMEM regions',
    ...table(
      regions.map((region) => [
        region.id,
        region.type ?? '',
        region.sizeBytes === undefined ? '' : formatBytes(region.sizeBytes),
        region.interleaveWays === undefined ? '' : `${region.interleaveWays}-way`,
        region.numaNode === undefined ? '' : `near node${region.numaNode}`,
        region.dimms?.map(slot).join(', ') ?? '',
      ]),
    ),
  ]
}

/** One line for each namespace. */
export function namespaceLines(namespaces: readonly SummaryNamespace[]): readonly string[] {
  if (namespaces.length === 0) return []
  return [
    'namespaces',
    ...table(
      namespaces.map((namespace) => [
        namespace.id,
        namespace.mode ?? '',
        namespace.map === undefined || namespace.map === 'none' ? '' : `map=${namespace.map}`,
        namespace.alignBytes === undefined ? '' : `align ${formatBytes(namespace.alignBytes)}`,
        namespace.rawBytes === undefined ? '' : `raw ${formatBytes(namespace.rawBytes)}`,
        namespace.usableBytes === undefined ? '' : `usable ${formatBytes(namespace.usableBytes)}`,
        namespace.memmap === undefined
          ? ''
          : namespace.memmap.residentBytes === 0
            ? 'no struct pages'
            : `struct pages ${formatBytes(namespace.memmap.residentBytes)}`,
      ]),
    ),
  ]
}

/** Dax devices, what they are used for, and how much of them the kernel could use. */
export function daxLines(devices: readonly SummaryDaxDevice[]): readonly string[] {
  if (devices.length === 0) return []
  return [
    'dax devices',
    ...table(
      devices.map((device) => [
        device.id,
        device.mode ?? '',
        device.origin ?? '',
        device.sizeBytes === undefined ? '' : formatBytes(device.sizeBytes),
        device.alignBytes === undefined ? '' : `align ${formatBytes(device.alignBytes)}`,
        nodeText(device),
        device.memoryBlocks === undefined ? '' : blocksText(device.memoryBlocks),
        device.hiddenByHwloc === undefined ? '' : `not in lstopo: ${device.hiddenByHwloc}`,
      ]),
    ),
  ]
}

/** Memory that became RAM belongs to its target node; a character device is near one. */
function nodeText({ mode, numaNode, targetNode }: SummaryDaxDevice): string {
  if (mode === 'system-ram' && targetNode !== undefined) return `node${targetNode}`
  return numaNode === undefined ? '' : `near node${numaNode}`
}

function blocksText({ online, total }: NonNullable<SummaryDaxDevice['memoryBlocks']>): string {
  const blocks = total === undefined ? '' : ` of ${total}`
  return online === undefined ? '' : `${online}${blocks} blocks online`
}
