import { extentsByOwner } from '../memmap/extents-by-owner'
import type { MemmapAccount } from '../memmap/types'
import type { DaxDevice, Topology } from '../model/topology'
import { formatBytes, formatHex, type AddressRange } from '../model/units'
import { bytesAt } from './backing'
import type { PaintId } from './display-list'
import { lookupOf } from './lookup'
import { blockRuns } from './memory-blocks'
import { ramPaint } from './memory-paint'
import type { PieceSpec, StripSpec } from './strips'
import { systemRamPieces } from './system-ram-pieces'

interface DeviceRange extends AddressRange {
  readonly hasAddresses: boolean
}

/** A strip for each range of a dax device that lies on no namespace: memory that firmware or CXL set aside. */
export function hotAddedStrips(topology: Topology, account: MemmapAccount): readonly StripSpec[] {
  const extents = extentsByOwner(account)
  const runs = blockRuns(topology)
  return topology.daxDevices
    .filter((device) => device.namespaceId === undefined)
    .flatMap((device) => {
      const nodeId = device.targetNode ?? device.numaNode
      const ranges = rangesOf(device)
      const onItself = bytesAt(extents.get(device.id) ?? [], 'self') / Math.max(1, ranges.length)
      return ranges.map((range): StripSpec => ({
        kind: 'hot-added',
        ownerId: device.id,
        ...(nodeId === undefined ? {} : { nodeId }),
        ...range,
        pieces:
          device.mode === 'system-ram'
            ? systemRamPieces({
                ownerId: device.id,
                name: `${device.id} as RAM${nodeId === undefined ? '' : ` of node${nodeId}`}`,
                paint: paintOf(device, topology),
                ...range,
                runs,
                blockBytes: topology.machine.memoryBlockBytes,
                bytesOnItself: onItself,
              })
            : [wholeDevice(device, range, paintOf(device, topology))],
      }))
    })
}

function wholeDevice(device: DaxDevice, range: DeviceRange, paint: PaintId): PieceSpec {
  const mode = device.mode === undefined ? '' : ` · ${device.mode}`
  return {
    id: `${device.id}/${formatHex(range.start)}`,
    objectId: device.id,
    start: range.start,
    end: range.end,
    paint,
    title: `${device.id}${mode} · ${formatBytes(range.end - range.start)}`,
  }
}

function rangesOf(device: DaxDevice): readonly DeviceRange[] {
  const ranges = (device.ranges ?? []).filter((range) => range.end > range.start)
  if (ranges.length > 0) {
    return ranges.map(({ start, end }) => ({ start, end, hasAddresses: true }))
  }
  const size: number = device.sizeBytes ?? 0
  if (size <= 0) return []
  const start: number | undefined = device.startAddress
  if (start === undefined) return [{ start: 0, end: size, hasAddresses: false }]
  return [{ start, end: start + size, hasAddresses: true }]
}

function paintOf(device: DaxDevice, topology: Topology): PaintId {
  if (device.origin === 'cxl') return 'cxl'
  const node =
    device.targetNode === undefined
      ? undefined
      : lookupOf(topology).nodeByNumber.get(device.targetNode)
  if (node?.memoryKinds !== undefined) return ramPaint(node)
  return device.mode === 'system-ram' ? 'system-ram' : 'pmem'
}
