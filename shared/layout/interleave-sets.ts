import type { CxlMemdev } from '../model/cxl'
import type { Nvdimm } from '../model/memory-modules'
import type { ObjectId } from '../model/model-object'
import type { PmemRegion, Topology } from '../model/topology'
import { lookupOf } from './lookup'

/** A device that contributes memory to a strip: an NVDIMM of a region, or a CXL device of a CXL region. */
export type Member =
  | { readonly kind: 'nvdimm'; readonly id: ObjectId; readonly nvdimm: Nvdimm }
  | { readonly kind: 'cxl-memdev'; readonly id: ObjectId; readonly memdev: CxlMemdev }

/** The devices of one region, and the owner of the strip that shows the region. */
export interface InterleaveSet {
  /** PMEM region or CXL region. */
  readonly regionId: ObjectId
  readonly stripOwnerId: ObjectId
  /** By position in the interleave set, each once. */
  readonly members: readonly Member[]
}

/** Every region with the devices that it is made of. A CXL region of libnvdimm shows its NVDIMMs, which are the devices. */
export function interleaveSets(topology: Topology): readonly InterleaveSet[] {
  const { daxOfCxlRegion } = lookupOf(topology)
  const ofLibnvdimm = new Set(topology.regions.map(({ cxlRegionId }) => cxlRegionId))
  return [
    ...topology.regions.map((region) => ({
      regionId: region.id,
      stripOwnerId: region.id,
      members: nvdimmsOf(topology, region),
    })),
    ...topology.cxlRegions
      .filter(({ id }) => !ofLibnvdimm.has(id))
      .flatMap((region) => {
        const members = memdevsOf(topology, region.targets ?? [])
        const devices = daxOfCxlRegion.get(region.id) ?? []
        const owners = devices.length === 0 ? [region.id] : devices.map(({ id }) => id)
        return owners.map((stripOwnerId) => ({ regionId: region.id, stripOwnerId, members }))
      }),
  ]
}

/** Devices that are drawn on their own: a CXL device that is also an NVDIMM appears as the NVDIMM. */
export function allMembers(topology: Topology): readonly Member[] {
  const asNvdimm = new Set(topology.nvdimms.map(({ cxlMemdevId }) => cxlMemdevId))
  return [
    ...topology.nvdimms.map(asMember),
    ...topology.cxlMemdevs.filter(({ id }) => !asNvdimm.has(id)).map(memdevMember),
  ]
}

function nvdimmsOf(topology: Topology, region: PmemRegion): readonly Member[] {
  const ids = [...(region.mappings ?? [])]
    .sort((a, b) => a.position - b.position)
    .map((mapping) => mapping.nvdimmId)
  return [...new Set(ids)].flatMap((id) => {
    const nvdimm = lookupOf(topology).nvdimms.get(id)
    return nvdimm === undefined ? [] : [asMember(nvdimm)]
  })
}

function memdevsOf(
  topology: Topology,
  targets: readonly { readonly position: number; readonly memdevId?: ObjectId }[],
): readonly Member[] {
  const ids = [...targets].sort((a, b) => a.position - b.position).map(({ memdevId }) => memdevId)
  return [...new Set(ids)].flatMap((id) => {
    const memdev = id === undefined ? undefined : lookupOf(topology).cxlMemdevs.get(id)
    return memdev === undefined ? [] : [memdevMember(memdev)]
  })
}

function asMember(nvdimm: Nvdimm): Member {
  return { kind: 'nvdimm', id: nvdimm.id, nvdimm }
}

function memdevMember(memdev: CxlMemdev): Member {
  return { kind: 'cxl-memdev', id: memdev.id, memdev }
}
