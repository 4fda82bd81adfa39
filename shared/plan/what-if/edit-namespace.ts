import { bttGeometry, type BttVersion } from '../../memmap/btt-geometry'
import { refused, type Refusal } from '../../memmap/geometry-refusal'
import type { KernelRules } from '../../memmap/kernel-rules'
import { namespaceGeometry } from '../../memmap/namespace-geometry'
import type { ObjectId } from '../../model/model-object'
import type { DaxDevice, Namespace, Topology } from '../../model/topology'
import { MIB, formatBytes, roundUp } from '../../model/units'
import type { NamespaceShape } from './edit'

const DEFAULT_SECTOR_BYTES = 4096
/** Allocation granule of a region (drivers/nvdimm/region_devs.c; DOMAIN §6.3). */
const REGION_ALIGN_BYTES = 16 * MIB

/** A machine in which one namespace has another shape; its dax device comes or goes with it. */
export function reshapeNamespace(
  topology: Topology,
  id: ObjectId,
  { shape, rules }: { readonly shape: NamespaceShape; readonly rules: KernelRules },
): Topology | Refusal {
  const namespace = topology.namespaces.find((item) => item.id === id)
  if (namespace === undefined) return refused('no-such-object', `there is no ${id}`)
  const shaped = isLegacy(namespace, shape, topology)
    ? legacyShape(namespace)
    : shapeOf(namespace, { bttVersion: bttVersionOf(topology), ...shape }, rules)
  if ('reason' in shaped) return shaped
  const others = topology.daxDevices.filter(({ namespaceId }) => namespaceId !== id)
  return {
    ...topology,
    namespaces: topology.namespaces.map((item) => (item.id === id ? shaped : item)),
    daxDevices: shaped.mode === 'devdax' ? [...others, daxDeviceOf(shaped)] : others,
  }
}

/** A machine with one more namespace, in the first gap of its region that holds it. */
export function addNamespace(
  topology: Topology,
  regionId: ObjectId,
  options: {
    readonly rawBytes: number
    readonly shape: NamespaceShape
    readonly rules: KernelRules
  },
): Topology | Refusal {
  const region = topology.regions.find((item) => item.id === regionId)
  if (region === undefined) return refused('no-such-object', `there is no ${regionId}`)
  const { rawBytes, shape, rules } = options
  const granule = Math.max(region.alignBytes ?? REGION_ALIGN_BYTES, rules.compatAlignBytes)
  if (rawBytes <= 0 || rawBytes % granule !== 0) {
    return refused(
      'size-not-aligned',
      `${formatBytes(rawBytes)} are no multiple of ${formatBytes(granule)}, the granule of ${regionId}`,
    )
  }
  const own = topology.namespaces.filter((item) => item.regionId === regionId)
  const startAddress = firstGap(region, own, rawBytes, granule)
  if (startAddress === undefined) {
    return refused('no-room', `${regionId} has no ${formatBytes(rawBytes)} free in one piece`)
  }
  const number = regionId.replace(/\D+/g, '')
  const taken = new Set(topology.namespaces.map((item) => item.id))
  let index = 0
  while (taken.has(`namespace${number}.${index}`)) index++
  const namespace: Namespace = {
    id: `namespace${number}.${index}`,
    regionId,
    rawBytes,
    startAddress,
    ...(region.numaNode === undefined ? {} : { numaNode: region.numaNode }),
    ...(region.targetNode === undefined ? {} : { targetNode: region.targetNode }),
    sources: {},
  }
  const added = { ...topology, namespaces: [...topology.namespaces, namespace] }
  return reshapeNamespace(added, namespace.id, { shape, rules })
}

function firstGap(
  region: { readonly startAddress?: number; readonly sizeBytes?: number },
  namespaces: readonly Namespace[],
  bytes: number,
  granule: number,
): number | undefined {
  const { startAddress, sizeBytes } = region
  if (startAddress === undefined || sizeBytes === undefined) return undefined
  const placed = namespaces
    .filter(({ rawBytes }) => (rawBytes ?? 0) > 0)
    .map(({ startAddress: start, rawBytes = 0 }) => ({ start, end: (start ?? NaN) + rawBytes }))
    .sort((a, b) => (a.start ?? 0) - (b.start ?? 0))
  let at = roundUp(startAddress, granule)
  for (const { start, end } of placed) {
    // A namespace without an address could lie anywhere.
    if (start === undefined) return undefined
    if (start - at >= bytes) return at
    at = Math.max(at, roundUp(end, granule))
  }
  return startAddress + sizeBytes - at >= bytes ? at : undefined
}

function shapeOf(
  namespace: Namespace,
  shape: NamespaceShape,
  rules: KernelRules,
): Namespace | Refusal {
  const { rawBytes, startAddress } = namespace
  if (rawBytes === undefined) {
    return refused('size-not-known', `the raw size of ${namespace.id} is not known`)
  }
  const bare = withoutShape(namespace)
  const name = namespace.id.replace('namespace', '')
  switch (shape.mode) {
    case 'raw':
      return { ...bare, mode: 'raw', map: 'none', usableBytes: rawBytes, device: `pmem${name}` }
    case 'sector': {
      const sectorBytes = shape.sectorBytes ?? DEFAULT_SECTOR_BYTES
      const geometry = bttGeometry(rawBytes, sectorBytes, { version: shape.bttVersion ?? '2.0' })
      if (geometry.kind === 'refused') return geometry
      const { usableBytes } = geometry
      return {
        ...bare,
        mode: 'sector',
        map: 'none',
        usableBytes,
        sectorBytes,
        device: `pmem${name}s`,
      }
    }
    case 'fsdax':
    case 'devdax': {
      if (startAddress === undefined) {
        return refused('address-not-known', `the address of ${namespace.id} is not known`)
      }
      const { basePageBytes, structPageBytes, compatAlignBytes, pmdBytes } = rules
      const map = shape.map ?? 'dev'
      const alignBytes = shape.alignBytes ?? pmdBytes
      const geometry = namespaceGeometry({
        startAddress,
        rawBytes,
        map,
        alignBytes,
        basePageBytes,
        compatAlignBytes,
        structPageBytes,
      })
      if (geometry.kind === 'refused') return geometry
      return {
        ...bare,
        mode: shape.mode,
        map,
        alignBytes,
        usableBytes: geometry.usableBytes,
        dataStartAddress: startAddress + geometry.dataOffsetBytes,
        device: `${shape.mode === 'devdax' ? 'dax' : 'pmem'}${name}`,
        state: 'active',
      }
    }
  }
}

/**
 * A region that no NVDIMM maps (e820, virtio-pmem) gives fsdax with struct pages in RAM without any info block: that is its
 * unconfigured state (drivers/nvdimm/e820.c; measured on 6.1; DOMAIN §5.2).
 */
function isLegacy(
  { regionId }: Namespace,
  { mode, map }: NamespaceShape,
  { regions }: Topology,
): boolean {
  const region = regions.find(({ id }) => id === regionId)
  return mode === 'fsdax' && map === 'mem' && region !== undefined && !region.mappings?.length
}

function legacyShape(namespace: Namespace): Namespace {
  const { rawBytes, startAddress, id } = namespace
  return {
    ...withoutShape(namespace),
    mode: 'fsdax',
    map: 'mem',
    state: 'active',
    device: id.replace('namespace', 'pmem'),
    ...(rawBytes === undefined ? {} : { usableBytes: rawBytes }),
    ...(startAddress === undefined ? {} : { dataStartAddress: startAddress }),
  }
}

/**
 * The version of the BTT that this machine's kernel writes, as the sizes of its sector namespaces tell: it depends on the
 * labels of the NVDIMMs, which sysfs does not show (DOMAIN §6.5). 2.0 where there are none.
 */
export function bttVersionOf({ namespaces }: Topology): BttVersion {
  const isOld = namespaces.some(({ mode, rawBytes, sectorBytes, usableBytes }) => {
    if (mode !== 'sector' || rawBytes === undefined || sectorBytes === undefined) return false
    const geometry = bttGeometry(rawBytes, sectorBytes, { version: '1.1' })
    return geometry.kind === 'geometry' && geometry.usableBytes === usableBytes
  })
  return isOld ? '1.1' : '2.0'
}

function withoutShape(namespace: Namespace): Namespace {
  const { id, sources, regionId, uuid, name, rawBytes, startAddress, numaNode, targetNode } =
    namespace
  const kept = { regionId, uuid, name, rawBytes, startAddress, numaNode, targetNode }
  const known = Object.entries(kept).filter(([, value]) => value !== undefined)
  return { id, sources, ...Object.fromEntries(known) }
}

function daxDeviceOf(namespace: Namespace): DaxDevice {
  const { id, device = '', usableBytes, dataStartAddress, alignBytes } = namespace
  return {
    id: device,
    mode: 'devdax',
    origin: 'pmem',
    namespaceId: id,
    ...(usableBytes === undefined ? {} : { sizeBytes: usableBytes }),
    ...(alignBytes === undefined ? {} : { alignBytes }),
    ...(dataStartAddress === undefined || usableBytes === undefined
      ? {}
      : {
          startAddress: dataStartAddress,
          ranges: [{ start: dataStartAddress, end: dataStartAddress + usableBytes }],
        }),
    ...(namespace.numaNode === undefined ? {} : { numaNode: namespace.numaNode }),
    ...(namespace.targetNode === undefined ? {} : { targetNode: namespace.targetNode }),
    sources: {},
  }
}
