import type { ObjectId } from '../model/model-object'
import type { PaintId } from './display-list'

/** A stretch of one strip before it has a place: what lies from `start` to `end`. */
export interface PieceSpec {
  /** Unique in the drawing; becomes the end of the shape's id. */
  readonly id: string
  readonly objectId: ObjectId
  readonly start: number
  readonly end: number
  /** Absent for a hole: nothing is drawn. */
  readonly paint?: PaintId
  readonly title: string
  /** Addresses inside the piece at which a hairline is drawn: boundaries of memory blocks. */
  readonly marks?: readonly number[]
  /** Memory without struct pages that is in use: raw and sector namespaces. */
  readonly isHatched?: true
}

/** One contiguous range of the plan before it has a place. Pieces are in order and leave no gap. */
export interface StripSpec {
  readonly kind: 'ram' | 'region' | 'hot-added'
  readonly ownerId: ObjectId
  /** The row it belongs to, when that is known. */
  readonly nodeId?: number
  /** Physical addresses, or from 0 when the input has none. */
  readonly start: number
  readonly end: number
  readonly hasAddresses: boolean
  readonly pieces: readonly PieceSpec[]
}

export interface Piece extends PieceSpec {
  readonly x0: number
  readonly x1: number
  readonly isEnlarged: boolean
}

export interface Strip extends Omit<StripSpec, 'pieces'> {
  readonly x0: number
  readonly x1: number
  readonly pieces: readonly Piece[]
}

/** One row of the plan: what belongs to a node. */
export interface Row {
  readonly id: ObjectId
  readonly nodeId?: number
  readonly y0: number
  readonly y1: number
  readonly strips: readonly Strip[]
}

/** Where an address of a strip is drawn: linear inside each piece. */
export function xOfAddress(strip: Strip, address: number): number {
  for (const piece of strip.pieces) {
    if (address > piece.end) continue
    const part = (address - piece.start) / (piece.end - piece.start)
    return piece.x0 + (piece.x1 - piece.x0) * Math.max(0, part)
  }
  return strip.x1
}

/** Boundaries of blocks strictly inside a range, at most `most` of them: then every 2nd, 4th, 8th … */
export function blockMarks(
  range: { readonly start: number; readonly end: number },
  blockBytes: number | undefined,
  most: number,
): readonly number[] {
  if (blockBytes === undefined || blockBytes <= 0) return []
  let step = blockBytes
  while ((range.end - range.start) / step > most) step *= 2
  const marks: number[] = []
  for (let at = (Math.floor(range.start / step) + 1) * step; at < range.end; at += step) {
    marks.push(at)
  }
  return marks
}
