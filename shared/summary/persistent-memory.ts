import type { DaxDevice, Namespace, PmemRegion, Topology } from '../model/topology'
import type { MemmapAccount, MemmapExtent } from '../memmap/types'
import { sumExtents } from '../memmap/totals'
import { known } from './known'
import type { SummaryDaxDevice, SummaryMemmap, SummaryNamespace, SummaryRegion } from './types'

export function summariseRegion(region: PmemRegion): SummaryRegion {
  return {
    id: region.id,
    ...known({
      type: region.regionType,
      sizeBytes: region.sizeBytes,
      startAddress: region.startAddress,
      interleaveWays: region.mappings?.length,
      dimms: region.mappings?.map(({ nvdimmId }) => nvdimmId),
      numaNode: region.numaNode,
      targetNode: region.targetNode,
    }),
  }
}

export function summariseNamespace(
  namespace: Namespace,
  topology: Topology,
  account: MemmapAccount,
): SummaryNamespace {
  return {
    id: namespace.id,
    ...known({
      mode: namespace.mode,
      map: namespace.map,
      rawBytes: namespace.rawBytes,
      usableBytes: namespace.usableBytes,
      alignBytes: namespace.alignBytes,
      sectorBytes: namespace.sectorBytes,
      device: namespace.device,
      state: namespace.state,
      startAddress: namespace.startAddress,
      dataStartAddress: namespace.dataStartAddress,
      numaNode: namespace.numaNode,
      targetNode: namespace.targetNode,
      memmap: memmapOfNamespace(namespace, topology, account),
    }),
  }
}

/** The struct pages of a namespace are its own, or, once kmem has taken its device, those of the device's blocks. */
function memmapOfNamespace(
  namespace: Namespace,
  { daxDevices }: Topology,
  account: MemmapAccount,
): SummaryMemmap | undefined {
  const owners = new Set([namespace.id])
  for (const device of daxDevices) {
    if (device.namespaceId === namespace.id) owners.add(device.id)
  }
  const extents = account.extents.filter(({ ownerId }) => owners.has(ownerId))
  if (extents.length > 0) return memmapOf(extents)
  return namespace.map === 'none' ? memmapOf([]) : undefined
}

function memmapOf(extents: readonly MemmapExtent[]): SummaryMemmap {
  const { structPages, fullBytes, residentBytes, ramBytes, deviceBytes } = sumExtents(extents)
  return {
    structPages,
    fullBytes,
    residentBytes,
    ramBytes,
    deviceBytes,
    savedBytes: fullBytes - residentBytes,
  }
}

export function summariseDaxDevice(
  device: DaxDevice,
  topology: Topology,
  account: MemmapAccount,
): SummaryDaxDevice {
  const owner = device.mode === 'system-ram' ? device.id : (device.namespaceId ?? device.id)
  const extents = account.extents.filter(({ ownerId }) => ownerId === owner)
  return {
    id: device.id,
    ...known({
      mode: device.mode,
      sizeBytes: device.sizeBytes,
      alignBytes: device.alignBytes,
      numaNode: device.numaNode,
      targetNode: device.targetNode,
      origin: device.origin,
      memoryBlocks: blocksOf(device, topology),
      hiddenByHwloc: device.hiddenByHwloc,
      memmap: extents.length === 0 ? undefined : memmapOf(extents),
    }),
  }
}

/** Memory blocks that lie wholly inside a device bound to kmem; without blocks what daxctl counted. */
function blocksOf(device: DaxDevice, topology: Topology): SummaryDaxDevice['memoryBlocks'] {
  if (device.mode !== 'system-ram') return undefined
  const blockBytes = topology.machine.memoryBlockBytes
  const own =
    blockBytes === undefined
      ? []
      : topology.memoryBlocks.filter(({ blockIndex }) =>
          (device.ranges ?? []).some(
            ({ start, end }) =>
              blockIndex * blockBytes >= start && (blockIndex + 1) * blockBytes <= end,
          ),
        )
  if (own.length > 0) {
    const online = own.filter(({ state }) => state?.startsWith('online') === true).length
    return { online, total: own.length }
  }
  const { onlineBlocks, totalBlocks } = device
  return onlineBlocks === undefined && totalBlocks === undefined
    ? undefined
    : known({ online: onlineBlocks, total: totalBlocks })
}
