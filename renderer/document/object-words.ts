import { formatHex } from '../../shared/model/units'
import type { Machine } from '../../shared/model/topology'
import type { ObjectEntry, ObjectKind } from './object-index'

const KIND_TITLES: Readonly<Record<ObjectKind, string>> = {
  machine: 'Machine',
  package: 'CPU package',
  node: 'NUMA node',
  dimm: 'DIMM',
  nvdimm: 'NVDIMM',
  region: 'PMEM region',
  namespace: 'Namespace',
  'dax-device': 'DAX device',
  'memory-block': 'Memory block',
  'memory-tier': 'Memory tier',
  'cxl-window': 'CXL window',
  'cxl-memdev': 'CXL memory device',
  'cxl-port': 'CXL port',
  'cxl-decoder': 'CXL decoder',
  'cxl-region': 'CXL region',
  'p2p-provider': 'P2PDMA provider',
  'memory-array': 'Memory array',
  'firmware-range': 'Firmware range',
  'distance-matrix': 'Matrix',
}

export function kindTitle(kind: ObjectKind): string {
  return KIND_TITLES[kind]
}

/** The name that people know an object by; its id where it has none. */
export function objectName(entry: ObjectEntry): string {
  if (entry.kind === 'machine') return entry.object.hostname ?? 'machine'
  if (entry.kind === 'dimm') return entry.object.locator ?? entry.object.id
  if (entry.kind === 'cxl-region') return entry.object.regionName
  if (entry.kind === 'cxl-window') return `CXL window ${entry.object.windowIndex}`
  if (entry.kind === 'p2p-provider') return entry.object.pciAddress
  if (entry.kind === 'distance-matrix') return entry.object.name
  if (entry.kind === 'firmware-range') {
    return `${entry.object.table} ${formatHex(entry.object.startAddress)}`
  }
  return entry.object.id
}

/** A few words on what the object is, such as `devdax, map=mem`; undefined when nothing is known. */
export function objectDetail(entry: ObjectEntry): string | undefined {
  switch (entry.kind) {
    case 'machine':
      return join(entry.object.product, kernelName(entry.object.kernelRelease), entry.object.arch)
    case 'package':
      return entry.object.cpuIds.length === 1 ? '1 CPU' : `${entry.object.cpuIds.length} CPUs`
    case 'node':
      return join(entry.object.memoryKinds?.join(' + '))
    case 'dimm':
      return entry.object.sizeBytes === 0
        ? 'empty slot'
        : join(entry.object.memoryType, entry.object.technology)
    case 'nvdimm':
      return join(entry.object.state)
    case 'region':
      return join(entry.object.regionType)
    case 'namespace': {
      const { mode, map } = entry.object
      return join(mode, map === undefined || map === 'none' ? undefined : `map=${map}`)
    }
    case 'dax-device':
      return join(entry.object.mode)
    case 'memory-block':
      return join(entry.object.state, entry.object.validZones)
    case 'cxl-memdev':
      return join(
        entry.object.ramBytes === undefined || entry.object.ramBytes === 0 ? undefined : 'ram',
        entry.object.pmemBytes === undefined || entry.object.pmemBytes === 0 ? undefined : 'pmem',
      )
    case 'cxl-port':
      return join(entry.object.portKind)
    case 'cxl-decoder':
      return join(entry.object.decoderKind, entry.object.mode)
    case 'cxl-region':
      return join(
        entry.object.regionType,
        entry.object.interleaveWays === undefined
          ? undefined
          : `${entry.object.interleaveWays}-way`,
      )
    case 'cxl-window':
      return join(entry.object.restrictions?.join(', '))
    case 'p2p-provider':
      return join(entry.object.name)
    case 'memory-array':
      return join(entry.object.use)
    case 'firmware-range':
      return join(
        entry.object.purpose,
        entry.object.isHotpluggable === true ? 'hot-pluggable' : undefined,
      )
    case 'distance-matrix':
      return join(entry.object.measures)
    case 'memory-tier':
      return undefined
  }
}

/** Memory of an object in bytes: what it has or, for a namespace, takes from its region. */
export function objectSizeBytes(entry: ObjectEntry, machine: Machine): number | undefined {
  switch (entry.kind) {
    case 'machine':
    case 'node':
      return entry.object.memoryBytes
    case 'dimm':
    case 'region':
    case 'dax-device':
    case 'cxl-region':
    case 'cxl-window':
    case 'cxl-decoder':
    case 'p2p-provider':
    case 'firmware-range':
      return entry.object.sizeBytes
    case 'cxl-memdev': {
      const { ramBytes, pmemBytes } = entry.object
      return ramBytes === undefined && pmemBytes === undefined
        ? undefined
        : (ramBytes ?? 0) + (pmemBytes ?? 0)
    }
    case 'memory-array':
      return entry.object.maximumBytes
    case 'nvdimm':
      return entry.object.sizeBytes ?? entry.object.mappedBytes
    case 'namespace':
      return entry.object.rawBytes ?? entry.object.usableBytes
    case 'memory-block':
      return machine.memoryBlockBytes
    case 'package':
    case 'memory-tier':
    case 'cxl-port':
    case 'distance-matrix':
      return undefined
  }
}

function kernelName(release: string | undefined): string | undefined {
  return release === undefined ? undefined : `Linux ${release}`
}

function join(...parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.filter((part) => part !== undefined && part !== '')
  return known.length === 0 ? undefined : known.join(', ')
}
