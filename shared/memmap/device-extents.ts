import type { DaxDevice, Namespace, Topology } from '../model/topology'
import { formatBytes, formatCount, type AddressRange } from '../model/units'
import { dedupedPages, isDeduped, pteTablesOf, splitDeviceRange } from './device-range'
import type { KernelRules } from './kernel-rules'
import { vmemmapPages } from './kernel-rules'
import type { Backing, Certainty, DerivationStep, Mechanism, MemmapExtent } from './types'

/** What the extents of all devices share. */
export interface AccountContext {
  readonly topology: Topology
  readonly rules: KernelRules
  readonly bootSections: readonly AddressRange[]
  /** Node that gives RAM for a device of `nodeId`; undefined when it cannot be told. */
  ramNodeFor(nodeId: number | undefined): number | undefined
  /** Counts each PTE table once over the whole machine; takes ranges of table numbers, returns how many are new. */
  claimPteTables(tables: readonly AddressRange[]): number
}

interface ZoneDevice {
  readonly ownerId: string
  readonly range: AddressRange
  readonly hasAddresses: boolean
  readonly numaNode: number | undefined
  /** True when struct pages lie on the device itself (map=dev). */
  readonly hasAltmap: boolean
  /** Compound page size of device-dax; undefined for fsdax and fsdev, which are never deduplicated. */
  readonly compoundBytes: number | undefined
}

/** Struct pages of every namespace and device-dax instance that is mapped as ZONE_DEVICE (DOMAIN §4–6, §13). */
export function zoneDeviceExtents(context: AccountContext): readonly MemmapExtent[] {
  const { topology } = context
  const daxByNamespace = new Map(topology.daxDevices.map((dax) => [dax.namespaceId, dax]))
  const fromNamespaces = topology.namespaces.flatMap((namespace) =>
    zoneDeviceOfNamespace(namespace, daxByNamespace.get(namespace.id)),
  )
  const fromDaxDevices = topology.daxDevices.flatMap(zoneDevicesOfDaxDevice)
  return [...fromNamespaces, ...fromDaxDevices].map((device) => zoneDeviceExtent(device, context))
}

function zoneDeviceOfNamespace(
  namespace: Namespace,
  dax: DaxDevice | undefined,
): readonly ZoneDevice[] {
  const { mode, map, rawBytes, startAddress } = namespace
  if (map === 'none' || map === undefined || rawBytes === undefined) return []
  if (namespace.state === 'disabled') return []
  if (mode === 'devdax' && dax !== undefined && dax.mode !== 'devdax' && dax.mode !== 'fsdev') {
    // Bound to kmem, whose memory blocks have struct pages of their own, or to nothing (DOMAIN §13, kmem).
    return []
  }
  const mappedBytes = mappedBytesOf(namespace) ?? rawBytes
  const start = startAddress ?? 0
  return [
    {
      ownerId: namespace.id,
      range: { start, end: start + mappedBytes },
      hasAddresses: startAddress !== undefined,
      numaNode: namespace.numaNode,
      hasAltmap: map === 'dev',
      compoundBytes:
        mode === 'devdax' && dax?.mode !== 'fsdev'
          ? (dax?.alignBytes ?? namespace.alignBytes)
          : undefined,
    },
  ]
}

/**
 * Metadata and data without the end that does not fill a whole alignment (end_trunc, DOMAIN §6.4); undefined when the
 * addresses are not known or contradict the size.
 */
function mappedBytesOf(namespace: Namespace): number | undefined {
  const { rawBytes, usableBytes, startAddress, dataStartAddress } = namespace
  if (rawBytes === undefined || usableBytes === undefined) return undefined
  if (startAddress === undefined || dataStartAddress === undefined) return undefined
  const metadataBytes = dataStartAddress - startAddress
  const mappedBytes = metadataBytes + usableBytes
  return metadataBytes >= 0 && mappedBytes <= rawBytes ? mappedBytes : undefined
}

/** Device-dax on no namespace: hmem and CXL (DOMAIN §2.2). */
function zoneDevicesOfDaxDevice(device: DaxDevice): readonly ZoneDevice[] {
  if (device.namespaceId !== undefined || device.origin === 'pmem') return []
  if (device.mode !== 'devdax' && device.mode !== 'fsdev') return []
  const start = device.startAddress ?? 0
  const ranges =
    device.ranges ??
    (device.sizeBytes === undefined ? [] : [{ start, end: start + device.sizeBytes }])
  return ranges.map((range) => ({
    ownerId: device.id,
    range,
    hasAddresses: device.startAddress !== undefined || device.ranges !== undefined,
    numaNode: device.numaNode ?? device.targetNode,
    hasAltmap: false,
    compoundBytes: device.mode === 'devdax' ? device.alignBytes : undefined,
  }))
}

function zoneDeviceExtent(device: ZoneDevice, context: AccountContext): MemmapExtent {
  const { rules } = context
  const { range, ownerId } = device
  const split = device.hasAddresses
    ? splitDeviceRange(range, context.bootSections, rules)
    : {
        wholeBytes: range.end - range.start,
        partialBytes: 0,
        alreadyPaidBytes: 0,
        partialRanges: [],
      }
  const memoryBytes = split.wholeBytes + split.partialBytes
  const pageBytes = rules.basePageBytes
  const fullPages = Math.ceil(vmemmapPages(memoryBytes, rules))
  const compound = device.hasAltmap ? undefined : device.compoundBytes
  const deduped = compound !== undefined && compound > 0 && isDeduped(compound, rules)
  const residentPages =
    deduped && compound !== undefined
      ? Math.min(fullPages, dedupedPages(memoryBytes, compound, rules))
      : fullPages
  const ramPages = device.hasAltmap
    ? rules.partialSectionsTakeRam
      ? Math.ceil(vmemmapPages(split.partialBytes, rules))
      : 0
    : residentPages
  const ramNodeId = context.ramNodeFor(device.numaNode)
  const backing: Backing[] = []
  if (ramPages > 0) {
    const place =
      ramNodeId === undefined
        ? ({ kind: 'node' } as const)
        : ({ kind: 'node', nodeId: ramNodeId } as const)
    backing.push({ place, bytes: ramPages * pageBytes })
  }
  if (residentPages > ramPages) {
    const place = { kind: 'device', objectId: ownerId } as const
    backing.push({ place, bytes: (residentPages - ramPages) * pageBytes })
  }
  // Base-page mappings need PTE tables: all of a deduplicated range, and partial sections.
  const baseMapped = deduped ? [range] : split.partialRanges
  const tables = device.hasAddresses ? baseMapped.map((part) => pteTablesOf(part, rules)) : []
  const mechanism: Mechanism = deduped ? 'dax-dedup' : device.hasAltmap ? 'altmap' : 'flat'
  const certainty: Certainty =
    !device.hasAddresses || (ramPages > 0 && ramNodeId === undefined) ? 'estimated' : 'exact'
  return {
    id: `memmap:${ownerId}`,
    ownerId,
    ...(device.hasAddresses ? { range } : {}),
    memoryBytes: range.end - range.start,
    structPages: Math.floor((range.end - range.start) / pageBytes),
    fullBytes: fullPages * pageBytes,
    residentBytes: residentPages * pageBytes,
    backing,
    mechanism,
    pageTableBytes: context.claimPteTables(tables) * pageBytes,
    certainty,
    derivation: derivationOf({
      device,
      rules,
      memoryBytes,
      fullPages,
      residentPages,
      deduped,
      ramPages,
    }),
  }
}

interface DerivationFacts {
  readonly device: ZoneDevice
  readonly rules: KernelRules
  readonly memoryBytes: number
  readonly fullPages: number
  readonly residentPages: number
  readonly deduped: boolean
  readonly ramPages: number
}

function derivationOf(facts: DerivationFacts): readonly DerivationStep[] {
  const { device, rules, memoryBytes, fullPages, residentPages, deduped, ramPages } = facts
  const page = formatBytes(rules.basePageBytes)
  const steps: DerivationStep[] = [
    {
      text: `${formatBytes(memoryBytes)} ÷ ${page} × ${rules.structPageBytes} B = ${formatCount(fullPages)} vmemmap pages, metadata included`,
      rule: 'drivers/nvdimm/pfn_devs.c: struct pages cover the whole range',
    },
  ]
  if (deduped && device.compoundBytes !== undefined) {
    steps.push({
      text: `${formatCount(Math.ceil(memoryBytes / device.compoundBytes))} compound pages of ${formatBytes(device.compoundBytes)} × ${rules.daxKeptPages} kept = ${formatCount(residentPages)} vmemmap pages`,
      rule: 'Documentation/mm/vmemmap_dedup.rst: a head and one tail page are kept',
    })
  }
  if (device.hasAltmap) {
    steps.push({
      text: `${formatCount(residentPages - ramPages)} on the device, ${formatCount(ramPages)} in RAM for sections filled only in part`,
      rule: 'arch/x86/mm/init_64.c, vmemmap_populate: a partial section ignores the altmap',
    })
  }
  return steps
}
