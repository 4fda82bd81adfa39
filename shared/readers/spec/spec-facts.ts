import type { Machine } from '../../model/topology'
import { vmemmapPages } from '../../memmap/kernel-rules'
import { rangeBytes, totalBytes } from '../../memmap/ranges'
import type { Facts } from '../facts'
import { checkPlaces, derived, type SpecContext } from './context'
import { cxlFacts, cxlPersistentFacts, placeCxl } from './cxl'
import { daxFacts, placeNamespaceDax, placeOwnDax, type PlacedDax } from './dax-devices'
import { iomemFacts } from './iomem'
import { machineContext, withMemoryBlockSize } from './machine'
import { memoryBlockFacts, type StatedMemory } from './memory-blocks'
import { memoryTierFacts } from './memory-performance'
import { namespaceFacts } from './namespaces'
import { nodeFacts, nodeIdOfSocket } from './nodes'
import { sum } from './numbers'
import { p2pFacts } from './p2p'
import { placeRam, type RamRange } from './ram'
import type { WrittenSpec } from './read-spec'
import { nvdimmFacts, placeRegions, regionFacts } from './regions'
import { checkNodeIds } from './node-ids'
import { dimmFacts, packageFacts, readSockets, type Socket } from './sockets'

/**
 * Lays out the machine that a specification describes, as its kernel would, and gives it as facts.
 * @throws FormatError `spec-contradiction`, `spec-overlap` or `spec-refused-by-kernel`
 */
export function specFacts(written: WrittenSpec): Facts {
  const early = machineContext(written)
  checkNodeIds(early)
  const ram = placeRam(early)
  const endOfRam = Math.max(0, ...ram.map(({ end }) => end))
  const context = withMemoryBlockSize(early, endOfRam)
  const sockets = readSockets(context)
  const homes = nodeIdOfSocket(context)
  const pmem = placeRegions(context, sockets, { endOfRam, nodeIdOfSocket: homes })
  const { regions, nvdimmIds } = pmem
  const endOfPmem = Math.max(endOfRam, ...regions.map(({ end }) => end))
  const cxl = placeCxl(context, {
    end: endOfPmem,
    firstRegion: regions.length,
    firstNvdimm: nvdimmIds.size,
  })
  const ownDax = placeOwnDax(context, {
    end: Math.max(endOfPmem, ...cxl.windows.map(({ end }) => end)),
    firstRegion: regions.length + cxl.regions.length,
  })
  checkPlaces(context, [...ram, ...regions, ...cxl.windows, ...ownDax])
  const allRegions = [...regions, ...cxl.pmem.regions]
  const daxDevices = [...placeNamespaceDax(context, allRegions), ...cxl.daxDevices, ...ownDax]
  const persistent = cxlPersistentFacts(context, cxl)
  const memoryTiers = memoryTierFacts(context)
  const p2pProviders = p2pFacts(context)
  const dimms = dimmFacts(context, sockets, { nodeIdOfSocket: homes, nvdimmIds })
  const blocks = daxDevices.flatMap(({ blocks: { start, end }, targetNode }) =>
    end > start && targetNode !== undefined ? [{ start, end, nodeId: targetNode }] : [],
  )
  return {
    machine: finishMachine(context, sockets),
    ...(sockets.some(({ cpuIds }) => cpuIds !== undefined)
      ? { packages: packageFacts(context, sockets) }
      : {}),
    nodes: nodeFacts(context, sockets, {
      ramBytes: bytesByNode(context, ram),
      hotAddedBytes: hotAddedBytes(context, daxDevices),
    }),
    ...(dimms.length > 0 ? { dimms } : {}),
    nvdimms: [...nvdimmFacts(context, sockets, pmem), ...persistent.nvdimms],
    regions: [...regions.map((region) => regionFacts(context, region)), ...persistent.regions],
    namespaces: allRegions.flatMap(({ namespaces, numaNode, targetNode }) =>
      namespaces.map((one) => namespaceFacts(context, one, { numaNode, targetNode })),
    ),
    daxDevices: daxDevices.map((device) => daxFacts(context, device)),
    memoryBlocks: memoryBlockFacts(
      context,
      [...ram, ...blocks],
      statedMemory(context, ram, daxDevices),
    ),
    ...(memoryTiers === undefined ? {} : { memoryTiers }),
    ...(p2pProviders === undefined ? {} : { p2pProviders }),
    ...cxlFacts(context, cxl),
    iomem: iomemFacts({ ram, regions, cxl, daxDevices }),
  }
}

function finishMachine({ machine }: SpecContext, sockets: readonly Socket[]): Machine {
  if (sockets.length === 0 || sockets.some(({ cpuIds }) => cpuIds === undefined)) return machine
  const cpuCount = sum(sockets.map(({ cpuIds }) => cpuIds?.length ?? 0))
  const sources = { ...machine.sources, cpuCount: derived('sum of the CPUs of all sockets') }
  return { ...machine, cpuCount, sources }
}

/** Memory of nodes and of system-ram devices of which some is written to be offline or movable. */
function statedMemory(
  context: SpecContext,
  ram: readonly RamRange[],
  daxDevices: readonly PlacedDax[],
): readonly StatedMemory[] {
  return [
    ...context.written.spec.nodes.map((states, nodeId) => ({
      name: `node ${nodeId}`,
      ranges: ram.filter((range) => range.nodeId === nodeId),
      states,
      path: ['nodes', nodeId],
    })),
    ...daxDevices.map(({ name, blocks, states, path }) => ({
      name,
      ranges: [blocks],
      states,
      path,
    })),
  ]
}

/** Boot memory that is online. */
function bytesByNode(context: SpecContext, ram: readonly RamRange[]): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>(
    context.written.spec.nodes.map(({ offline = 0 }, nodeId) => [nodeId, -offline]),
  )
  for (const range of ram) {
    bytes.set(range.nodeId, (bytes.get(range.nodeId) ?? 0) + rangeBytes(range))
  }
  return bytes
}

/** Memory that system-ram devices bring: whole blocks, less their own struct pages where they hold these themselves (DOMAIN §2.4). */
function hotAddedBytes(
  { machine, rules }: SpecContext,
  daxDevices: readonly PlacedDax[],
): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>()
  const isEnabled = machine.memmapOnMemory === 'Y' || machine.memmapOnMemory === 'force'
  for (const { blocks, states, targetNode, memmapOnMemory } of daxDevices) {
    // Blocks that are offline count in no MemTotal.
    const blockBytes = totalBytes([blocks]) - (states.offline ?? 0)
    if (blockBytes === 0 || targetNode === undefined) continue
    const isSelfHosted = isEnabled && memmapOnMemory === true && rules.kmemHonoursMemmapOnMemory
    const memmapBytes = isSelfHosted ? vmemmapPages(blockBytes, rules) * rules.basePageBytes : 0
    bytes.set(targetNode, (bytes.get(targetNode) ?? 0) + blockBytes - memmapBytes)
  }
  return bytes
}
