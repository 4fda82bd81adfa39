import type { ObjectId } from '../model/model-object'
import type { DaxDevice, Namespace, PmemRegion, Topology } from '../model/topology'
import type { MemmapAccount, MemmapExtent } from '../memmap/types'
import { extentsByOwner } from '../memmap/extents-by-owner'
import { sumExtents } from '../memmap/totals'
import type { Nvdimm } from '../model/memory-modules'
import type { BlockCounts } from './block-counts'
import { known } from './known'
import type {
  SummaryDaxDevice,
  SummaryMemmap,
  SummaryNamespace,
  SummaryNvdimm,
  SummaryRegion,
} from './types'

/** Where the struct pages of each object are found without a search through all of them. */
export interface MemmapByObject {
  readonly extents: ReadonlyMap<ObjectId, readonly MemmapExtent[]>
  /** Dax devices by the namespace that they lie on. */
  readonly daxIds: ReadonlyMap<ObjectId, readonly ObjectId[]>
}

/** Sorts the account by owner, and dax devices by namespace. */
export function memmapByObject({ daxDevices }: Topology, account: MemmapAccount): MemmapByObject {
  const daxIds = new Map<ObjectId, ObjectId[]>()
  for (const { id, namespaceId } of daxDevices) {
    if (namespaceId === undefined) continue
    const own = daxIds.get(namespaceId)
    if (own === undefined) daxIds.set(namespaceId, [id])
    else own.push(id)
  }
  return { extents: extentsByOwner(account), daxIds }
}

/** A PMEM region as `info --json` prints it; its ways are the mappings, in the order of their positions. */
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
      interleaveSetCookie: region.interleaveSetCookie,
    }),
  }
}

/** An NVDIMM as `info --json` prints it, with the slot that it is in. */
export function summariseNvdimm(nvdimm: Nvdimm, { dimms }: Topology): SummaryNvdimm {
  return {
    id: nvdimm.id,
    ...known({
      sizeBytes: nvdimm.sizeBytes ?? nvdimm.mappedBytes,
      handle: nvdimm.handle,
      uniqueId: nvdimm.uniqueId,
      serial: nvdimm.serial,
      state: nvdimm.state,
      security: nvdimm.security,
      package: nvdimm.packageId,
      locator: dimms.find(({ id }) => id === nvdimm.dimmId)?.locator,
    }),
  }
}

/** A namespace as `info --json` prints it, with what its struct pages cost. */
export function summariseNamespace(namespace: Namespace, memmap: MemmapByObject): SummaryNamespace {
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
      memmap: memmapOfNamespace(namespace, memmap),
    }),
  }
}

/** The struct pages of a namespace are its own, or, once kmem has taken its device, those of the device's blocks. */
function memmapOfNamespace(
  { id, map }: Namespace,
  { extents, daxIds }: MemmapByObject,
): SummaryMemmap | undefined {
  const own = [id, ...(daxIds.get(id) ?? [])].flatMap((owner) => extents.get(owner) ?? [])
  if (own.length > 0) return memmapOf(own)
  return map === 'none' ? memmapOf([]) : undefined
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

/** A dax device as `info --json` prints it; on a namespace, its struct pages are the namespace's unless kmem has it. */
export function summariseDaxDevice(
  device: DaxDevice,
  blocks: BlockCounts,
  memmap: MemmapByObject,
): SummaryDaxDevice {
  const owner = device.mode === 'system-ram' ? device.id : (device.namespaceId ?? device.id)
  const extents = memmap.extents.get(owner) ?? []
  return {
    id: device.id,
    ...known({
      mode: device.mode,
      sizeBytes: device.sizeBytes,
      alignBytes: device.alignBytes,
      numaNode: device.numaNode,
      targetNode: device.targetNode,
      origin: device.origin,
      memoryBlocks: blocksOf(device, blocks),
      hiddenByHwloc: device.hiddenByHwloc,
      memmap: extents.length === 0 ? undefined : memmapOf(extents),
    }),
  }
}

/** Memory blocks that lie wholly inside a device bound to kmem; without blocks what daxctl counted. */
function blocksOf(device: DaxDevice, blocks: BlockCounts): SummaryDaxDevice['memoryBlocks'] {
  if (device.mode !== 'system-ram') return undefined
  const inside = blocks.inside(device.ranges ?? [])
  if (inside.total > 0) return inside
  const { onlineBlocks, totalBlocks } = device
  return onlineBlocks === undefined && totalBlocks === undefined
    ? undefined
    : known({ online: onlineBlocks, total: totalBlocks })
}
