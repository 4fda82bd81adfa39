import type { P2pProvider, Topology } from '../model/topology'
import { formatBytes, formatHex, type AddressRange } from '../model/units'
import type { AccountContext } from './device-extents'
import { memoryBlockBytes, vmemmapPages, type KernelRules } from './kernel-rules'
import { mergeRanges, rangeBytes, widenTo } from './ranges'
import type { Certainty, DerivationStep, MemmapExtent } from './types'

/** Memory of a driver at the top of /proc/iomem: a fake range for device memory that CPUs cannot address (DOMAIN §5.1). */
const DEVICE_PRIVATE_NAMES =
  /^(?:nouveau|amdgpu|xe|i915|hmm_dmirror|[\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.[0-7])$/
const VIRTIO_MEM = 'System RAM (virtio_mem)'

/** Struct pages of memory that is neither boot RAM nor device-dax: P2PDMA, virtio-mem, device-private (DOMAIN §2.2, §5.1). */
export function otherExtents(context: AccountContext): readonly MemmapExtent[] {
  const { topology } = context
  return [
    ...topology.p2pProviders.flatMap((provider) => p2pExtent(provider, context)),
    ...virtioMemRanges(topology, context.rules).map((range) => virtioMemExtent(range, context)),
    ...topology.iomem
      .filter(({ name, depth }) => depth === 0 && DEVICE_PRIVATE_NAMES.test(name))
      .map(({ name, start, end }) => devicePrivateExtent(name, { start, end }, context)),
  ]
}

function p2pExtent(provider: P2pProvider, context: AccountContext): readonly MemmapExtent[] {
  const { id, pciAddress, sizeBytes, numaNode } = provider
  if (sizeBytes === undefined || sizeBytes === 0) return []
  return [
    flatExtent(context, {
      id: `memmap:${id}`,
      ownerId: id,
      memoryBytes: sizeBytes,
      nodeId: context.ramNodeFor(numaNode),
      // The kernel does not say where in its BAR the memory lies, so parts of sections cannot be told.
      certainty: 'estimated',
      step: {
        text: `memory of ${pciAddress} for peer-to-peer DMA`,
        rule: 'mm/memremap.c: MEMORY_DEVICE_PCI_P2PDMA has no altmap and is not deduplicated',
      },
    }),
  ]
}

/** Whole memory blocks that hold any memory of virtio-mem: a block that is plugged in part has all its struct pages. */
function virtioMemRanges(topology: Topology, rules: KernelRules): readonly AddressRange[] {
  const blockBytes = memoryBlockBytes(topology.machine, rules)
  return mergeRanges(
    topology.iomem
      .filter(({ name }) => name === VIRTIO_MEM)
      .map((range) => widenTo(range, blockBytes)),
  )
}

function virtioMemExtent(range: AddressRange, context: AccountContext): MemmapExtent {
  const { topology, rules } = context
  const blockBytes = memoryBlockBytes(topology.machine, rules)
  const block = topology.memoryBlocks.find(
    ({ blockIndex }) => blockIndex * blockBytes === range.start,
  )
  const nodeId = block?.nodeIds?.[0]
  const ramNodeId = context.ramNodeFor(nodeId)
  return flatExtent(context, {
    id: `memmap:virtio-mem:${formatHex(range.start)}`,
    ownerId: nodeId === undefined ? topology.machine.id : `node${nodeId}`,
    memoryBytes: rangeBytes(range),
    range,
    nodeId: ramNodeId,
    certainty: ramNodeId === undefined ? 'estimated' : 'exact',
    step: {
      text: `${rangeBytes(range) / blockBytes} whole memory blocks of virtio-mem`,
      rule: 'drivers/virtio/virtio_mem.c: memory is added in whole blocks',
    },
  })
}

function devicePrivateExtent(
  name: string,
  range: AddressRange,
  context: AccountContext,
): MemmapExtent {
  const extent = flatExtent(context, {
    id: `memmap:device-private:${formatHex(range.start)}`,
    ownerId: context.topology.machine.id,
    memoryBytes: rangeBytes(range),
    range,
    nodeId: context.ramNodeFor(undefined),
    certainty: 'estimated',
    step: {
      text: `memory of ${name} that CPUs cannot address, as /proc/iomem names it`,
      rule: 'kernel/resource.c, request_free_mem_region: a range for MEMORY_DEVICE_PRIVATE',
    },
  })
  return { ...extent, isDevicePrivate: true }
}

interface FlatExtent {
  readonly id: string
  readonly ownerId: string
  readonly memoryBytes: number
  readonly range?: AddressRange
  readonly nodeId: number | undefined
  readonly certainty: Certainty
  readonly step: DerivationStep
}

/** Struct pages without any saving, in RAM. */
function flatExtent({ rules }: AccountContext, extent: FlatExtent): MemmapExtent {
  const { id, ownerId, memoryBytes, range, nodeId, certainty, step } = extent
  const pages = Math.ceil(vmemmapPages(memoryBytes, rules))
  const bytes = pages * rules.basePageBytes
  return {
    id,
    ownerId,
    ...(range === undefined ? {} : { range }),
    memoryBytes,
    structPages: Math.floor(memoryBytes / rules.basePageBytes),
    fullBytes: bytes,
    residentBytes: bytes,
    backing: [{ place: nodeId === undefined ? { kind: 'node' } : { kind: 'node', nodeId }, bytes }],
    mechanism: 'flat',
    pageTableBytes: 0,
    certainty,
    derivation: [
      step,
      {
        text: `${formatBytes(memoryBytes)} ÷ ${formatBytes(rules.basePageBytes)} × ${rules.structPageBytes} B = ${formatBytes(bytes)}`,
        rule: 'mm/sparse-vmemmap.c: one struct page for each base page',
      },
    ],
  }
}
