import type { DaxDevice } from '../model/topology'
import { formatBytes, formatCount, roundUp, type AddressRange } from '../model/units'
import type { AccountContext } from './device-extents'
import { memoryBlockBytes, vmemmapPages } from './kernel-rules'
import { selfHostedBlock } from './memmap-on-memory'
import { rangeBytes, shrinkTo } from './ranges'
import type { Backing, MemmapExtent } from './types'

/** Struct pages of device memory that was added as system RAM: whole memory blocks, the rest of the range is lost (DOMAIN §7, §13). */
export function kmemExtents(context: AccountContext): readonly MemmapExtent[] {
  const { topology, rules } = context
  const blockBytes = memoryBlockBytes(topology.machine, rules)
  return topology.daxDevices
    .filter(({ mode }) => mode === 'system-ram')
    .flatMap((device) =>
      blockRanges(device, blockBytes).map((range, index) =>
        kmemExtent(device, { range, blockBytes, index, context }),
      ),
    )
}

function blockRanges(device: DaxDevice, blockBytes: number): readonly AddressRange[] {
  const start = device.startAddress
  const ranges =
    device.ranges ??
    (start === undefined || device.sizeBytes === undefined
      ? []
      : [{ start, end: start + device.sizeBytes }])
  return ranges
    .map((range) => shrinkTo(range, blockBytes))
    .filter((range) => range.end > range.start)
}

interface KmemRange {
  readonly range: AddressRange
  readonly blockBytes: number
  readonly index: number
  readonly context: AccountContext
}

function kmemExtent(
  device: DaxDevice,
  { range, blockBytes, index, context }: KmemRange,
): MemmapExtent {
  const { rules, topology } = context
  const pageBytes = rules.basePageBytes
  const blocks = rangeBytes(range) / blockBytes
  const perBlockBytes = roundUp(Math.ceil(vmemmapPages(blockBytes, rules) * pageBytes), pageBytes)
  const residentBytes = blocks * perBlockBytes
  const mode = topology.machine.memmapOnMemory
  const isSelfHosted =
    rules.kmemHonoursMemmapOnMemory &&
    (mode === 'Y' || mode === 'force') &&
    device.memmapOnMemory === true &&
    device.targetNode !== undefined &&
    selfHostedBlock(blockBytes, mode, rules).kind === 'self-hosted'
  const ramNodeId = context.ramNodeFor(device.targetNode ?? device.numaNode)
  const backing: Backing =
    isSelfHosted && device.targetNode !== undefined
      ? { place: { kind: 'self', nodeId: device.targetNode }, bytes: residentBytes }
      : {
          place: ramNodeId === undefined ? { kind: 'node' } : { kind: 'node', nodeId: ramNodeId },
          bytes: residentBytes,
        }
  const where = isSelfHosted ? 'at the head of each block itself' : 'in RAM of the nearest node'
  return {
    id: index === 0 ? `memmap:${device.id}` : `memmap:${device.id}:${index}`,
    ownerId: device.id,
    range,
    memoryBytes: rangeBytes(range),
    structPages: rangeBytes(range) / pageBytes,
    fullBytes: residentBytes,
    residentBytes,
    backing: [backing],
    mechanism: isSelfHosted ? 'memmap-on-memory' : 'flat',
    pageTableBytes: 0,
    certainty: !isSelfHosted && ramNodeId === undefined ? 'estimated' : 'exact',
    derivation: [
      {
        text: `${formatCount(blocks)} whole memory blocks × ${formatBytes(perBlockBytes)} = ${formatBytes(residentBytes)}, ${where}`,
        rule: 'drivers/dax/kmem.c: only whole memory blocks become RAM',
      },
    ],
  }
}
