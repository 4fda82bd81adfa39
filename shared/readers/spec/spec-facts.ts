import type { Machine } from '../../model/topology'
import { vmemmapPages } from '../../memmap/kernel-rules'
import { rangeBytes, totalBytes } from '../../memmap/ranges'
import type { Facts } from '../facts'
import { checkPlaces, derived, type SpecContext } from './context'
import { daxFacts, placeNamespaceDax, placeOwnDax, type PlacedDax } from './dax-devices'
import { iomemFacts } from './iomem'
import { machineContext, withMemoryBlockSize } from './machine'
import { memoryBlockFacts } from './memory-blocks'
import { namespaceFacts } from './namespaces'
import { nodeFacts, nodeIdOfSocket } from './nodes'
import { sum } from './numbers'
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
  const ownDax = placeOwnDax(context, endOfPmem)
  checkPlaces(context, [...ram, ...regions, ...ownDax])
  const daxDevices = [...placeNamespaceDax(context, regions), ...ownDax]
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
      ramBytes: bytesByNode(ram),
      hotAddedBytes: hotAddedBytes(context, daxDevices),
    }),
    ...(dimms.length > 0 ? { dimms } : {}),
    nvdimms: nvdimmFacts(context, sockets, pmem),
    regions: regions.map((region) => regionFacts(context, region)),
    namespaces: regions.flatMap(({ namespaces, numaNode, written: { targetNode } }) =>
      namespaces.map((one) => namespaceFacts(context, one, { numaNode, targetNode })),
    ),
    daxDevices: daxDevices.map((device) => daxFacts(context, device)),
    memoryBlocks: memoryBlockFacts(context, [...ram, ...blocks]),
    iomem: iomemFacts({ ram, regions, daxDevices }),
  }
}

function finishMachine({ machine }: SpecContext, sockets: readonly Socket[]): Machine {
  if (sockets.length === 0 || sockets.some(({ cpuIds }) => cpuIds === undefined)) return machine
  const cpuCount = sum(sockets.map(({ cpuIds }) => cpuIds?.length ?? 0))
  const sources = { ...machine.sources, cpuCount: derived('sum of the CPUs of all sockets') }
  return { ...machine, cpuCount, sources }
}

function bytesByNode(ram: readonly RamRange[]): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>()
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
  for (const { blocks, targetNode, memmapOnMemory } of daxDevices) {
    const blockBytes = totalBytes([blocks])
    if (blockBytes === 0 || targetNode === undefined) continue
    const isSelfHosted = isEnabled && memmapOnMemory === true && rules.kmemHonoursMemmapOnMemory
    const memmapBytes = isSelfHosted ? vmemmapPages(blockBytes, rules) * rules.basePageBytes : 0
    bytes.set(targetNode, (bytes.get(targetNode) ?? 0) + blockBytes - memmapBytes)
  }
  return bytes
}
