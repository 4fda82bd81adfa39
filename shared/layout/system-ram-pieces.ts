import type { ObjectId } from '../model/model-object'
import { formatBytes, formatHex, type AddressRange } from '../model/units'
import type { PaintId } from './display-list'
import { runsInside, type BlockRun } from './memory-blocks'
import { blockMarks, type PieceSpec } from './strips'

/** At most so many hairlines on one strip, whatever the size of a memory block. */
export const MOST_MARKS = 64
/** Up to so many blocks show the struct pages at their heads one by one; more of them as one piece. */
const MOST_HEADS = 16

/** Memory that was added while the kernel ran and is used as RAM. */
export interface SystemRam extends AddressRange {
  readonly ownerId: ObjectId
  /** `dax0.0 as RAM of node2`. */
  readonly name: string
  readonly paint: PaintId
  readonly hasAddresses: boolean
  readonly runs: readonly BlockRun[]
  readonly blockBytes: number | undefined
  /** Struct pages at the heads of the blocks themselves (memmap_on_memory); 0 when they lie elsewhere. */
  readonly bytesOnItself: number
}

/** Its memory blocks, online and offline, and the ends that no block covers. */
export function systemRamPieces(memory: SystemRam): readonly PieceSpec[] {
  const runs = memory.hasAddresses ? runsInside(memory.runs, memory) : []
  if (runs.length === 0) return onlinePieces(memory, memory, memory.bytesOnItself)
  const total = runs.reduce((sum, run) => sum + run.end - run.start, 0)
  const pieces: PieceSpec[] = []
  let at = memory.start
  for (const run of runs) {
    if (run.start > at) pieces.push(lost(memory, at, run.start))
    const share = Math.round((memory.bytesOnItself * (run.end - run.start)) / total)
    pieces.push(...(run.isOnline ? onlinePieces(memory, run, share) : [offline(memory, run)]))
    at = run.end
  }
  if (memory.end > at) pieces.push(lost(memory, at, memory.end))
  return pieces
}

function onlinePieces(
  memory: SystemRam,
  range: AddressRange,
  structPageBytes: number,
): readonly PieceSpec[] {
  if (structPageBytes <= 0) return [online(memory, range.start, range.end)]
  const blockBytes = memory.hasAddresses ? memory.blockBytes : undefined
  const count = Math.round((range.end - range.start) / (blockBytes ?? Infinity))
  const parts = count > 1 && count <= MOST_HEADS ? count : 1
  const step = (range.end - range.start) / parts
  const head = Math.min(step, structPageBytes / parts)
  return Array.from({ length: parts }, (_, index) => {
    const start = range.start + step * index
    return [
      {
        id: `${memory.ownerId}/struct-pages-${formatHex(start)}`,
        objectId: memory.ownerId,
        start,
        end: start + head,
        paint: 'struct-page' as const,
        title: `${memory.name} · struct pages at the head of the memory itself · ${formatBytes(head)}`,
      },
      ...(head < step ? [online(memory, start + head, start + step)] : []),
    ]
  }).flat()
}

function online(memory: SystemRam, start: number, end: number): PieceSpec {
  return {
    id: `${memory.ownerId}/online-${formatHex(start)}`,
    objectId: memory.ownerId,
    start,
    end,
    paint: memory.paint,
    title: `${memory.name} · ${formatBytes(end - start)}`,
    marks: memory.hasAddresses ? blockMarks({ start, end }, memory.blockBytes, MOST_MARKS) : [],
  }
}

function offline(memory: SystemRam, range: AddressRange): PieceSpec {
  return {
    id: `${memory.ownerId}/offline-${formatHex(range.start)}`,
    objectId: memory.ownerId,
    start: range.start,
    end: range.end,
    paint: 'dram-offline',
    title: `${memory.name} · offline · ${formatBytes(range.end - range.start)}`,
    marks: blockMarks(range, memory.blockBytes, MOST_MARKS),
  }
}

function lost(memory: SystemRam, start: number, end: number): PieceSpec {
  return {
    id: `${memory.ownerId}/outside-blocks-${formatHex(start)}`,
    objectId: memory.ownerId,
    start,
    end,
    paint: 'reserved',
    title: `${memory.name} · in no memory block · ${formatBytes(end - start)}`,
  }
}
