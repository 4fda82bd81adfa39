import type { CxlDecoder, CxlMemdev, CxlPort, CxlRegion, CxlWindow } from '../../shared/model/cxl'
import type { Dimm, MemoryArray, Nvdimm } from '../../shared/model/memory-modules'
import type { ObjectId } from '../../shared/model/model-object'
import type {
  CpuPackage,
  DaxDevice,
  DistanceMatrix,
  FirmwareRange,
  Machine,
  MemoryBlock,
  MemoryTier,
  Namespace,
  NumaNode,
  P2pProvider,
  PmemRegion,
  Topology,
} from '../../shared/model/topology'

/** An object of the topology together with what kind it is. */
export type ObjectEntry =
  | { readonly kind: 'machine'; readonly object: Machine }
  | { readonly kind: 'package'; readonly object: CpuPackage }
  | { readonly kind: 'node'; readonly object: NumaNode }
  | { readonly kind: 'dimm'; readonly object: Dimm }
  | { readonly kind: 'nvdimm'; readonly object: Nvdimm }
  | { readonly kind: 'region'; readonly object: PmemRegion }
  | { readonly kind: 'namespace'; readonly object: Namespace }
  | { readonly kind: 'dax-device'; readonly object: DaxDevice }
  | { readonly kind: 'memory-block'; readonly object: MemoryBlock }
  | { readonly kind: 'memory-tier'; readonly object: MemoryTier }
  | { readonly kind: 'cxl-window'; readonly object: CxlWindow }
  | { readonly kind: 'cxl-memdev'; readonly object: CxlMemdev }
  | { readonly kind: 'cxl-port'; readonly object: CxlPort }
  | { readonly kind: 'cxl-decoder'; readonly object: CxlDecoder }
  | { readonly kind: 'cxl-region'; readonly object: CxlRegion }
  | { readonly kind: 'p2p-provider'; readonly object: P2pProvider }
  | { readonly kind: 'memory-array'; readonly object: MemoryArray }
  | { readonly kind: 'firmware-range'; readonly object: FirmwareRange }
  | { readonly kind: 'distance-matrix'; readonly object: DistanceMatrix }

export type ObjectKind = ObjectEntry['kind']

export type ObjectIndex = ReadonlyMap<ObjectId, ObjectEntry>

/** Every selectable object by its id. */
export function indexObjects(topology: Topology): ObjectIndex {
  const entries: readonly ObjectEntry[] = [
    { kind: 'machine', object: topology.machine },
    ...topology.packages.map((object) => ({ kind: 'package', object }) as const),
    ...topology.nodes.map((object) => ({ kind: 'node', object }) as const),
    ...topology.dimms.map((object) => ({ kind: 'dimm', object }) as const),
    ...topology.nvdimms.map((object) => ({ kind: 'nvdimm', object }) as const),
    ...topology.regions.map((object) => ({ kind: 'region', object }) as const),
    ...topology.namespaces.map((object) => ({ kind: 'namespace', object }) as const),
    ...topology.daxDevices.map((object) => ({ kind: 'dax-device', object }) as const),
    ...topology.memoryBlocks.map((object) => ({ kind: 'memory-block', object }) as const),
    ...topology.memoryTiers.map((object) => ({ kind: 'memory-tier', object }) as const),
    ...topology.cxlWindows.map((object) => ({ kind: 'cxl-window', object }) as const),
    ...topology.cxlMemdevs.map((object) => ({ kind: 'cxl-memdev', object }) as const),
    ...topology.cxlPorts.map((object) => ({ kind: 'cxl-port', object }) as const),
    ...topology.cxlDecoders.map((object) => ({ kind: 'cxl-decoder', object }) as const),
    ...topology.cxlRegions.map((object) => ({ kind: 'cxl-region', object }) as const),
    ...topology.p2pProviders.map((object) => ({ kind: 'p2p-provider', object }) as const),
    ...topology.memoryArrays.map((object) => ({ kind: 'memory-array', object }) as const),
    ...topology.firmwareRanges.map((object) => ({ kind: 'firmware-range', object }) as const),
    ...topology.distanceMatrices.map((object) => ({ kind: 'distance-matrix', object }) as const),
  ]
  return new Map(entries.map((entry) => [entry.object.id, entry]))
}
