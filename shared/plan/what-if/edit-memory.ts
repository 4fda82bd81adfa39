import { refused, type Refusal } from '../../memmap/geometry-refusal'
import { memoryBlockBytes, type KernelRules } from '../../memmap/kernel-rules'
import type { Dimm } from '../../model/memory-modules'
import type { MemoryBlock, NumaNode, Topology } from '../../model/topology'
import { GIB, MAX_PHYSICAL_BYTES, TIB, formatBytes, roundUp } from '../../model/units'

/** Four times the largest module that is sold; each of its memory blocks becomes an object. */
const MAX_DIMM_BYTES = 4 * TIB

/** A machine with another number of hugepages of one size on one node. */
export function setHugepages(
  topology: Topology,
  nodeId: number,
  pool: { readonly sizeBytes: number; readonly count: number },
): Topology | Refusal {
  const { sizeBytes, count } = pool
  const node = topology.nodes.find((item) => item.nodeId === nodeId)
  if (node === undefined) return refused('no-such-object', `there is no node${nodeId}`)
  const others = (node.hugepagePools ?? []).filter((item) => item.sizeBytes !== sizeBytes)
  const pools = [...others, { sizeBytes, total: count }].sort((a, b) => a.sizeBytes - b.sizeBytes)
  const wanted = pools.reduce((sum, item) => sum + item.total * item.sizeBytes, 0)
  if (!Number.isSafeInteger(wanted) || wanted > (node.memoryBytes ?? Infinity)) {
    return refused(
      'no-room',
      `node${nodeId} has ${formatBytes(node.memoryBytes ?? 0)}, and its hugepages would take ${formatBytes(wanted)}`,
    )
  }
  return {
    ...topology,
    // Where hugepages lay before says nothing of the new pool.
    machine: withoutFields(topology.machine, ['hugetlbSections', 'hugepagePools']),
    nodes: topology.nodes.map((item) => (item === node ? { ...item, hugepagePools: pools } : item)),
  }
}

/** A machine with one more DIMM: its memory lies behind everything that has an address. */
export function addDimm(
  topology: Topology,
  nodeId: number,
  { sizeBytes, rules }: { readonly sizeBytes: number; readonly rules: KernelRules },
): Topology | Refusal {
  const node = topology.nodes.find((item) => item.nodeId === nodeId)
  if (node === undefined) return refused('no-such-object', `there is no node${nodeId}`)
  const blockBytes = memoryBlockBytes(topology.machine, rules)
  if (sizeBytes <= 0 || sizeBytes % blockBytes !== 0) {
    return refused(
      'size-not-aligned',
      `${formatBytes(sizeBytes)} are no multiple of a memory block (${formatBytes(blockBytes)})`,
    )
  }
  if (sizeBytes > MAX_DIMM_BYTES) {
    return refused('too-large', `a DIMM has at most ${formatBytes(MAX_DIMM_BYTES)} here`)
  }
  const start = roundUp(endOfAddresses(topology, blockBytes), Math.max(blockBytes, GIB))
  const end = start + sizeBytes
  if (end > MAX_PHYSICAL_BYTES) {
    return refused('no-room', 'the physical address space has no room for it')
  }
  const blocks = Array.from({ length: sizeBytes / blockBytes }, (_, index): MemoryBlock => {
    const blockIndex = start / blockBytes + index
    return {
      id: `memory${blockIndex}`,
      blockIndex,
      state: 'online',
      nodeIds: [nodeId],
      sources: {},
    }
  })
  const ram = { name: 'System RAM', depth: 0, start, end }
  return {
    ...topology,
    machine: {
      ...topology.machine,
      ...(topology.machine.memoryBytes === undefined
        ? {}
        : { memoryBytes: topology.machine.memoryBytes + sizeBytes }),
    },
    dimms: [...topology.dimms, plannedDimm(topology, nodeId, sizeBytes)],
    nodes: topology.nodes.map((item) => (item === node ? grown(item, sizeBytes) : item)),
    memoryBlocks: topology.memoryBlocks.length === 0 ? [] : [...topology.memoryBlocks, ...blocks],
    iomem: topology.iomem.length === 0 ? [] : [...topology.iomem, ram],
  }
}

function grown(node: NumaNode, bytes: number): NumaNode {
  return { ...node, memoryBytes: (node.memoryBytes ?? 0) + bytes }
}

function plannedDimm({ dimms }: Topology, nodeId: number, sizeBytes: number): Dimm {
  const taken = new Set(dimms.map(({ id }) => id))
  let number = 1
  while (taken.has(`dimm:planned ${number}`)) number++
  return {
    id: `dimm:planned ${number}`,
    locator: `planned DIMM ${number}`,
    sizeBytes,
    nodeId,
    sources: {},
  }
}

function endOfAddresses(topology: Topology, blockBytes: number): number {
  let end = 0
  for (const range of topology.iomem) {
    if (range.name.startsWith('System RAM') || range.name.startsWith('Persistent')) {
      end = Math.max(end, range.end)
    }
  }
  for (const { blockIndex } of topology.memoryBlocks) {
    end = Math.max(end, (blockIndex + 1) * blockBytes)
  }
  for (const { startAddress, sizeBytes } of topology.regions) {
    if (startAddress !== undefined) end = Math.max(end, startAddress + (sizeBytes ?? 0))
  }
  for (const { startAddress, sizeBytes } of topology.cxlWindows) {
    if (startAddress !== undefined) end = Math.max(end, startAddress + (sizeBytes ?? 0))
  }
  for (const { ranges } of topology.daxDevices) {
    for (const range of ranges ?? []) end = Math.max(end, range.end)
  }
  return end
}

/** An object without facts that no longer hold. */
export function withoutFields<T extends object>(object: T, fields: readonly (keyof T)[]): T {
  const left = { ...object }
  for (const field of fields) Reflect.deleteProperty(left, field)
  return left
}
