import { formatBytes, GIB, roundUp, type AddressRange } from '../../model/units'
import { contradiction, type Placed, type SpecContext } from './context'
import type { Path } from './yaml-document'

const X86_HOLE_END = 4 * GIB
/** Firmware commonly keeps the last GiB below 4 GiB for devices. */
const X86_DEFAULT_LOW_BYTES = 3 * GIB
/** Where most arm64 boards and QEMU's virt machine have their RAM begin. */
const ARM64_RAM_START = GIB

/** RAM that a node has from the start, before any dax device adds to it. */
export interface RamRange extends Placed {
  readonly nodeId: number
}

/**
 * Boot RAM of all nodes: ranges as written, sizes laid out behind each other in order of nodes. On x86-64 the
 * addresses from `lowMemory` (3 GiB) to 4 GiB belong to devices and are left out.
 */
export function placeRam(context: SpecContext): readonly RamRange[] {
  const { nodes } = context.written.spec
  let cursor = context.machine.arch === 'aarch64' ? ARM64_RAM_START : 0
  return nodes.flatMap((node, nodeId) => {
    const path = ['nodes', nodeId]
    if (node.memory !== undefined && node.ranges !== undefined) {
      throw contradiction(context, [...path, 'ranges'], {
        what: `node ${nodeId} has both memory and ranges`,
        hint: 'write its size as memory, or its places as ranges',
      })
    }
    const ranges = placeNode(context, nodeId, cursor)
    for (const { end } of ranges) cursor = Math.max(cursor, end)
    return ranges
  })
}

function placeNode(context: SpecContext, nodeId: number, cursor: number): readonly RamRange[] {
  const node = context.written.spec.nodes[nodeId]
  const ram = ({ start, end }: AddressRange, path: Path): RamRange => ({
    start,
    end,
    nodeId,
    path,
    name: `RAM of node ${nodeId}`,
  })
  if (node?.ranges !== undefined) {
    return node.ranges.map(({ start, size }, index) => {
      const path = ['nodes', nodeId, 'ranges', index]
      checkPages(context, start, [...path, 'start'])
      checkPages(context, size, [...path, 'size'])
      return ram({ start, end: start + size }, path)
    })
  }
  if (node?.memory === undefined) return []
  const path = ['nodes', nodeId, 'memory']
  checkPages(context, node.memory, path)
  return layOut(context, cursor, node.memory).map((range) => ram(range, path))
}

function layOut(context: SpecContext, cursor: number, bytes: number): readonly AddressRange[] {
  if (context.machine.arch !== 'x86_64') return [{ start: cursor, end: cursor + bytes }]
  const lowEnd = context.written.spec.machine?.lowMemory ?? X86_DEFAULT_LOW_BYTES
  const lowBytes = Math.max(0, Math.min(bytes, lowEnd - cursor))
  const highStart = Math.max(cursor, X86_HOLE_END)
  return [
    { start: cursor, end: cursor + lowBytes },
    { start: highStart, end: highStart + bytes - lowBytes },
  ].filter(({ start, end }) => end > start)
}

/** @throws FormatError `spec-contradiction` for what is not a whole number of base pages */
export function checkPages(context: SpecContext, bytes: number, path: Path): void {
  const pageBytes = context.rules.basePageBytes
  if (bytes % pageBytes === 0) return
  throw contradiction(context, path, {
    what: `${bytes} B are not whole pages of ${formatBytes(pageBytes)}`,
    hint: `write ${roundUp(bytes, pageBytes)}`,
  })
}
