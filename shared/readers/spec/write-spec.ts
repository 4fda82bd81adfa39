import { stringify } from 'yaml'
import { bootSpans } from '../../memmap/boot-memory'
import { kernelRulesOf } from '../../memmap/kernel-rules'
import { formatIdList } from '../../model/id-list'
import type { Dimm, Nvdimm } from '../../model/memory-modules'
import type { DaxDevice, Namespace, NumaNode, PmemRegion, Topology } from '../../model/topology'
import { KIB, MIB, formatHex, roundDown, roundUp } from '../../model/units'
import { lostOf } from './lost'
import { SPEC_VERSION } from './schema'

/** A specification and what of the machine it cannot say. */
export interface WrittenSpecification {
  readonly yaml: string
  /** In words, for people; also in the comment at the head of the text. */
  readonly lost: readonly string[]
}

type Entry = Readonly<Record<string, unknown>>

/**
 * Writes a machine, or the plan of one, as a specification that opens again with the same struct-page account. What the
 * format has no words for is named in a comment.
 */
export function writeSpec(topology: Topology): WrittenSpecification {
  const slots = slotsOf(topology)
  const spec = {
    'folioscope-spec': SPEC_VERSION,
    machine: machineEntry(topology),
    ...filled('sockets', socketEntries(topology, slots)),
    nodes: nodeEntries(topology),
    ...filled('distances', distanceRows(topology)),
    ...filled('pmem', regionEntries(topology, slots)),
    ...filled(
      'dax',
      topology.daxDevices.flatMap((device) => daxEntry(device, topology)),
    ),
    ...filled('p2p', topology.p2pProviders.flatMap(p2pEntry)),
  }
  const lost = lostOf(topology)
  const head = lost.map((line) => `# Not in this specification: ${line}.\n`).join('')
  return { yaml: head + stringify(spec, { lineWidth: 100, flowCollectionPadding: true }), lost }
}

function filled(key: string, list: readonly unknown[]): Entry {
  return list.length === 0 ? {} : { [key]: list }
}

/** An object without what is not known. */
function known(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
}

function machineEntry({ machine }: Topology): Entry {
  const rules = kernelRulesOf(machine)
  return known({
    hostname: machine.hostname,
    product: machine.product,
    kernel: machine.kernelRelease,
    arch: rules.architecture,
    pageSize: sizeText(rules.basePageBytes),
    structPageSize: rules.structPageBytes === 64 ? undefined : rules.structPageBytes,
    memoryBlockSize:
      machine.memoryBlockBytes === undefined ? undefined : sizeText(machine.memoryBlockBytes),
    memmapOnMemory: machine.memmapOnMemory,
    hvo:
      machine.hugetlbOptimizeVmemmap === undefined
        ? undefined
        : flagText(machine.hugetlbOptimizeVmemmap),
  })
}

/** A slot as the specification names it: unique, without the signs that mean something in a pattern. */
interface NamedSlot {
  readonly name: string
  readonly socket: number
  readonly entry: Entry
}

interface Slots {
  readonly all: readonly NamedSlot[]
  /** Slot of each NVDIMM, and of each region without any, by id. */
  readonly byMember: ReadonlyMap<string, string>
}

function slotsOf(topology: Topology): Slots {
  const taken = new Set<string>()
  const nameFor = (wanted: string) => {
    const plain = wanted.replace(/[^\w.-]+/g, '_').slice(0, 100) || 'slot'
    let name = plain
    for (let copy = 2; taken.has(name); copy++) name = `${plain}-${copy}`
    taken.add(name)
    return name
  }
  const all: NamedSlot[] = []
  const byMember = new Map<string, string>()
  const nvdimmIds = new Set(topology.nvdimms.map(({ id }) => id))
  for (const dimm of topology.dimms) {
    if (dimm.nvdimmId !== undefined && nvdimmIds.has(dimm.nvdimmId)) continue
    if (dimm.sizeBytes === undefined) continue
    const name = nameFor(dimm.locator ?? dimm.id)
    all.push({ name, socket: socketOf(dimm, topology), entry: moduleEntry(dimm, name) })
  }
  for (const nvdimm of topology.nvdimms) {
    const dimm = topology.dimms.find(({ nvdimmId }) => nvdimmId === nvdimm.id)
    const name = nameFor(dimm?.locator ?? nvdimm.id)
    byMember.set(nvdimm.id, name)
    const size = Math.max(
      dimm?.sizeBytes ?? 0,
      nvdimm.sizeBytes ?? 0,
      mappedBytes(nvdimm, topology),
    )
    if (size === 0) continue
    const socket = socketOf(dimm ?? nvdimm, topology)
    const entry = { ...(dimm === undefined ? {} : moduleEntry(dimm, name)), slots: name }
    all.push({ name, socket, entry: { ...entry, size: sizeText(size) } })
  }
  for (const region of topology.regions) {
    if ((region.mappings ?? []).some(({ nvdimmId }) => byMember.has(nvdimmId))) continue
    if (region.sizeBytes === undefined) continue
    const name = nameFor(region.id)
    byMember.set(region.id, name)
    const entry = { slots: name, size: sizeText(region.sizeBytes) }
    all.push({ name, socket: socketOfNode(region.numaNode, topology) ?? 0, entry })
  }
  return { all, byMember }
}

function mappedBytes(nvdimm: Nvdimm, { regions }: Topology): number {
  return regions
    .flatMap(({ mappings = [] }) => mappings)
    .filter(({ nvdimmId }) => nvdimmId === nvdimm.id)
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function moduleEntry(dimm: Dimm, name: string): Entry {
  if (dimm.sizeBytes === 0) return { slots: name, empty: 'yes' }
  return known({
    slots: name,
    size: sizeText(dimm.sizeBytes ?? 0),
    type: dimm.memoryType,
    technology: dimm.technology,
    speed: dimm.speedMTs,
    rank: dimm.rank,
    manufacturer: dimm.manufacturer,
    partNumber: dimm.partNumber,
  })
}

function socketOf(
  place: { readonly packageId?: number; readonly nodeId?: number },
  topology: Topology,
): number {
  const byPackage = topology.packages.findIndex(({ packageId }) => packageId === place.packageId)
  return byPackage >= 0 ? byPackage : (socketOfNode(place.nodeId, topology) ?? 0)
}

function socketOfNode(nodeId: number | undefined, { packages }: Topology): number | undefined {
  if (nodeId === undefined) return undefined
  const index = packages.findIndex(({ nodeIds }) => nodeIds?.includes(nodeId) === true)
  return index < 0 ? undefined : index
}

function socketEntries({ packages }: Topology, { all }: Slots): readonly Entry[] {
  const count = Math.max(packages.length, all.length === 0 ? 0 : 1)
  return Array.from({ length: count }, (_, index) => {
    const cpus = packages[index]?.cpuIds ?? []
    const dimms = all.filter(({ socket }) => socket === index).map(({ entry }) => entry)
    return known({
      // A bare number would be how many they are.
      cpus: cpus.length === 0 ? undefined : formatIdList(cpus).replace(/^\d+$/, '$&-$&'),
      dimms: dimms.length === 0 ? undefined : dimms,
    })
  })
}

/** One entry for each node from 0 on; numbers that no node has become nodes of nothing. */
function nodeEntries(topology: Topology): readonly Entry[] {
  const last = Math.max(-1, ...topology.nodes.map(({ nodeId }) => nodeId))
  const rules = kernelRulesOf(topology.machine)
  const spans = bootSpans(topology, rules)
  if (last < 0) {
    const bytes = topology.machine.memoryBytes
    return [bytes === undefined ? {} : { memory: sizeText(roundUp(bytes, rules.basePageBytes)) }]
  }
  return Array.from({ length: last + 1 }, (_, nodeId) => {
    const node = topology.nodes.find((item) => item.nodeId === nodeId)
    const own = spans.filter((span) => span.nodeId === nodeId)
    return node === undefined ? {} : nodeEntry(node, own, topology)
  })
}

function nodeEntry(node: NumaNode, spans: ReturnType<typeof bootSpans>, topology: Topology): Entry {
  const page = kernelRulesOf(topology.machine).basePageBytes
  const ranges = spans
    .filter(({ hasAddresses }) => hasAddresses)
    .flatMap(({ ram }) => ram)
    .map(({ start, end }) => ({ start: roundDown(start, page), end: roundUp(end, page) }))
    .map(({ start, end }) => ({ start: formatHex(start), size: sizeText(end - start) }))
  const bytes = spans
    .flatMap(({ ram }) => ram)
    .reduce((sum, { start, end }) => sum + end - start, 0)
  const pools = (node.hugepagePools ?? []).filter(({ total }) => total > 0)
  return known({
    socket: socketOfNode(node.nodeId, topology),
    cpus: node.cpuList,
    ranges: ranges.length === 0 ? undefined : ranges,
    memory: ranges.length > 0 || bytes === 0 ? undefined : sizeText(roundUp(bytes, page)),
    hugepages:
      pools.length === 0
        ? undefined
        : pools.map(({ sizeBytes, total }) => ({ size: sizeText(sizeBytes), count: total })),
    interleaveWeight: node.interleaveWeight,
  })
}

function distanceRows({ nodes }: Topology): readonly (readonly number[])[] {
  const ids = nodes.map(({ nodeId }) => nodeId)
  const isDense = ids.every((nodeId, index) => nodeId === index)
  const rows = nodes.map(({ distances }) => ids.map((id) => distances?.[String(id)]))
  const isSound = rows.every((row, from) =>
    row.every((value, to) => value !== undefined && (value === 10) === (from === to)),
  )
  if (!isDense || !isSound || nodes.length < 2) return []
  return rows.map((row) => row.filter((value) => value !== undefined))
}

function regionEntries(topology: Topology, slots: Slots): readonly Entry[] {
  return topology.regions
    .filter(({ sizeBytes }) => sizeBytes !== undefined)
    .map((region) => {
      const members = [...(region.mappings ?? [])]
        .sort((a, b) => a.position - b.position)
        .flatMap(({ nvdimmId }) => slots.byMember.get(nvdimmId) ?? [])
      const own = slots.byMember.get(region.id)
      const namespaces = topology.namespaces
        .filter(({ regionId, rawBytes = 0 }) => regionId === region.id && rawBytes > 0)
        .sort((a, b) => (a.startAddress ?? 0) - (b.startAddress ?? 0))
        .map((namespace) => namespaceEntry(namespace, topology))
      return known({
        dimms: members.length > 0 ? members : own === undefined ? [] : [own],
        size: sizeText(region.sizeBytes ?? 0),
        start: startText(region),
        node: region.numaNode,
        targetNode: region.targetNode ?? targetOfRegion(region, topology),
        namespaces: namespaces.length === 0 ? undefined : namespaces,
      })
    })
}

/** The node that the region's dax devices became part of. */
function targetOfRegion(region: PmemRegion, { namespaces, daxDevices }: Topology) {
  const own = new Set(namespaces.filter((item) => item.regionId === region.id).map(({ id }) => id))
  return daxDevices.find(
    ({ namespaceId, targetNode }) =>
      namespaceId !== undefined && own.has(namespaceId) && targetNode !== undefined,
  )?.targetNode
}

function namespaceEntry(namespace: Namespace, { daxDevices }: Topology): Entry {
  const { mode, map, alignBytes, sectorBytes, rawBytes = 0 } = namespace
  const isMapped = mode === 'fsdax' || mode === 'devdax'
  const device = daxDevices.find(({ namespaceId }) => namespaceId === namespace.id)
  const isRam = mode === 'devdax' && device?.mode === 'system-ram'
  return known({
    mode: mode ?? 'raw',
    map: isMapped && map !== 'none' ? map : undefined,
    align: isMapped && alignBytes !== undefined ? sizeText(alignBytes) : undefined,
    sector: mode === 'sector' && sectorBytes !== undefined ? sectorBytes : undefined,
    size: sizeText(rawBytes),
    start: startText(namespace),
    systemRam: isRam ? 'on' : undefined,
    memmapOnMemory:
      !isRam || device?.memmapOnMemory === undefined ? undefined : flagText(device.memmapOnMemory),
    name: namespace.name,
  })
}

function startText({ startAddress }: { readonly startAddress?: number }): string | undefined {
  return startAddress === undefined ? undefined : formatHex(startAddress)
}

/** Device memory on no namespace, a range an entry. */
function daxEntry(device: DaxDevice, topology: Topology): readonly Entry[] {
  const { namespaceId, mode, origin, alignBytes, numaNode, targetNode, memmapOnMemory } = device
  if (namespaceId !== undefined && topology.namespaces.some(({ id }) => id === namespaceId))
    return []
  if (mode !== 'devdax' && mode !== 'system-ram') return []
  const ranges: readonly { readonly start?: number; readonly bytes: number }[] =
    device.ranges === undefined
      ? device.sizeBytes === undefined
        ? []
        : [
            {
              bytes: device.sizeBytes,
              ...(device.startAddress === undefined ? {} : { start: device.startAddress }),
            },
          ]
      : device.ranges.map(({ start, end }) => ({ start, bytes: end - start }))
  return ranges.map(({ start, bytes }) =>
    known({
      kind: origin === 'cxl' ? 'cxl' : 'hmem',
      mode,
      size: sizeText(bytes),
      start: start === undefined ? undefined : formatHex(start),
      align: alignBytes === undefined ? undefined : sizeText(alignBytes),
      node: numaNode,
      targetNode,
      memmapOnMemory: memmapOnMemory === undefined ? undefined : flagText(memmapOnMemory),
    }),
  )
}

function p2pEntry(provider: Topology['p2pProviders'][number]): readonly Entry[] {
  const { pciAddress, sizeBytes, numaNode, name } = provider
  if (sizeBytes === undefined || sizeBytes === 0) return []
  return [known({ pci: pciAddress, size: sizeText(sizeBytes), node: numaNode, name })]
}

function flagText(isOn: boolean): string {
  return isOn ? 'on' : 'off'
}

/** Exact, in the largest unit that divides it: `192GiB`, `1022MiB`, `4096`. */
function sizeText(bytes: number): string {
  for (const [unit, size] of [
    ['TiB', 1024 * 1024 * MIB],
    ['GiB', 1024 * MIB],
    ['MiB', MIB],
    ['KiB', KIB],
  ] as const) {
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`
  }
  return String(bytes)
}
