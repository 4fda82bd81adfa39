import type { Dimm, MemoryArray, Nvdimm } from '../../model/memory-modules'
import type { Topology } from '../../model/topology'
import { derive } from './derive'
import type { NodeOfRange } from './node-of-address'
import { packagesOfLocators } from './package-of-locator'

/** Ties NVDIMMs to the memory modules that they are, to their regions and to their package, and modules to their node. */
export function linkModules(
  topology: Topology,
  nodeOf: NodeOfRange,
): Pick<Topology, 'dimms' | 'nvdimms'> {
  const mapped = mappedBytes(topology)
  const dimmByHandle = new Map(topology.dimms.map((dimm) => [dimm.handle, dimm]))
  const nvdimmByHandle = new Map(topology.nvdimms.map((item) => [item.physicalId, item]))
  const arrays = new Map(topology.memoryArrays.map((array) => [array.id, array]))
  const socketOf = packagesOfLocators(topology.dimms, topology.packages)
  // Virtual machines number their handles 1, 2, 3 …: where none has a bit above the DIMM's, they place nothing.
  const arePlaces = topology.nvdimms.some(({ handle }) => handle !== undefined && handle > 0xf)
  const packageIds = new Set(arePlaces ? topology.packages.map((item) => item.packageId) : [])
  return {
    nvdimms: topology.nvdimms.map((nvdimm) =>
      linkNvdimm(nvdimm, {
        mappedBytes: mapped.get(nvdimm.id),
        dimm: nvdimm.physicalId === undefined ? undefined : dimmByHandle.get(nvdimm.physicalId),
        packageIds,
      }),
    ),
    dimms: topology.dimms.map((dimm) =>
      linkDimm(dimm, {
        nvdimm: dimm.handle === undefined ? undefined : nvdimmByHandle.get(dimm.handle),
        array: dimm.arrayId === undefined ? undefined : arrays.get(dimm.arrayId),
        packageId: socketOf.get(dimm.id),
        nodeOf,
      }),
    ),
  }
}

function mappedBytes({ regions }: Topology): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { nvdimmId, sizeBytes } of regions.flatMap(({ mappings }) => mappings ?? [])) {
    sums.set(nvdimmId, (sums.get(nvdimmId) ?? 0) + sizeBytes)
  }
  return sums
}

interface NvdimmFacts {
  readonly mappedBytes: number | undefined
  readonly dimm: Dimm | undefined
  readonly packageIds: ReadonlySet<number>
}

function linkNvdimm(nvdimm: Nvdimm, facts: NvdimmFacts): Nvdimm {
  // NFIT handle, bits 15:12 (Documentation/driver-api/nvdimm/nvdimm.rst; DOMAIN §9.4).
  const socket = nvdimm.handle === undefined ? undefined : (nvdimm.handle >>> 12) & 0xf
  const withMapped = derive(nvdimm, 'mappedBytes', {
    value: Number.isSafeInteger(facts.mappedBytes) ? facts.mappedBytes : undefined,
    rule: 'sum of the mappings of all regions',
  })
  const withDimm = derive(withMapped, 'dimmId', {
    value: facts.dimm?.id,
    rule: 'the module whose SMBIOS handle is this NVDIMM’s physical id',
  })
  return derive(withDimm, 'packageId', {
    value: socket !== undefined && facts.packageIds.has(socket) ? socket : undefined,
    rule: 'socket bits 15:12 of the NFIT handle',
  })
}

interface DimmFacts {
  readonly nvdimm: Nvdimm | undefined
  readonly array: MemoryArray | undefined
  readonly packageId: number | undefined
  readonly nodeOf: NodeOfRange
}

function linkDimm(dimm: Dimm, { nvdimm, array, packageId, nodeOf }: DimmFacts): Dimm {
  const isEmpty = dimm.sizeBytes === 0
  const nodeIds = new Set(isEmpty ? [] : (dimm.ranges ?? array?.ranges)?.map(nodeOf))
  const [nodeId] = nodeIds
  const withNvdimm = derive(dimm, 'nvdimmId', {
    value: nvdimm?.id,
    rule: 'the NVDIMM whose physical id is this module’s SMBIOS handle',
  })
  const withPackage = derive(withNvdimm, 'packageId', {
    value: packageId,
    rule: 'the socket number in its name, as sockets and packages are equally many',
  })
  return derive(withPackage, 'nodeId', {
    value: nodeIds.size === 1 ? nodeId : undefined,
    rule: `the node whose memory blocks the address ranges of this ${dimm.ranges === undefined ? 'module’s array' : 'module'} cover`,
  })
}
