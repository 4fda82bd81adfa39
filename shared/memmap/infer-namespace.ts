import {
  GIB,
  MAX_PHYSICAL_BYTES,
  MIB,
  roundUp,
  type Bytes,
  type PhysicalAddress,
} from '../model/units'
import { NAMESPACE_HEADER_BYTES, namespaceGeometry } from './namespace-geometry'

/** Every start is a multiple of it (memremap_compat_align, DOMAIN §6.3). */
const STEP_BYTES = 2 * MIB
const STRUCT_PAGE_BYTES = 64

/** What the device that claims an fsdax or devdax namespace tells of it. */
export interface ClaimedPart {
  readonly dataStartAddress: PhysicalAddress
  readonly usableBytes: Bytes
  readonly map: 'mem' | 'dev'
  readonly alignBytes: Bytes
  readonly basePageBytes: Bytes
}

/** The whole namespace around the usable part. */
export interface InferredNamespace {
  readonly startAddress: PhysicalAddress
  readonly rawBytes: Bytes
}

/**
 * The namespace that the kernel would lay out with this usable part and nothing cut off at its end. A few starts do: the
 * one with the largest alignment is taken, as namespaces follow each other in round sizes. Undefined when none does.
 */
export function inferNamespace(part: ClaimedPart): InferredNamespace | undefined {
  const { usableBytes, dataStartAddress } = part
  return bestOf(
    offsetsOf(part)
      .filter((offset) => offset <= dataStartAddress)
      .map((offset) => ({
        startAddress: dataStartAddress - offset,
        rawBytes: usableBytes + offset,
      })),
    part,
  )
}

/**
 * The raw size that gives this usable size to a namespace whose start is a multiple of its alignment; the roundest one, as
 * regions allocate in large granules. Undefined when no size does.
 */
export function inferRawBytes(part: Omit<ClaimedPart, 'dataStartAddress'>): Bytes | undefined {
  // Rounder than every size, so that the size alone decides.
  const startAddress = MAX_PHYSICAL_BYTES / 4
  const candidates = offsetsOf(part).map((offset) => ({
    startAddress,
    rawBytes: part.usableBytes + offset,
  }))
  return bestOf(candidates, part)?.rawBytes
}

type UsablePart = Omit<ClaimedPart, 'dataStartAddress'>

/** What can lie before the data: header and struct pages, up to the next alignment. */
function offsetsOf({ usableBytes, basePageBytes, map, alignBytes }: UsablePart): readonly number[] {
  const align = Math.max(alignBytes, STEP_BYTES)
  if (!Number.isInteger(Math.log2(align)) || align > GIB) return []
  const reserved = map === 'dev' ? STRUCT_PAGE_BYTES / basePageBytes : 0
  // The part before the data holds struct pages for itself, too.
  const least = (usableBytes * reserved) / (1 - reserved)
  const first = Math.max(STEP_BYTES, roundUp(Math.floor(least), STEP_BYTES) - STEP_BYTES)
  const most = least + (align + NAMESPACE_HEADER_BYTES) / (1 - reserved) + STEP_BYTES
  const offsets: number[] = []
  for (let offset = first; offset <= most; offset += STEP_BYTES) offsets.push(offset)
  return offsets
}

/** The candidate with the largest alignment among those that the kernel lays out so that nothing is cut off at the end. */
function bestOf(
  candidates: readonly InferredNamespace[],
  part: UsablePart,
): InferredNamespace | undefined {
  let best: InferredNamespace | undefined
  for (const found of candidates) {
    const geometry = namespaceGeometry({ ...part, ...found })
    if (geometry.kind !== 'geometry') continue
    const offset = found.rawBytes - part.usableBytes
    if (geometry.dataOffsetBytes !== offset || geometry.usableBytes !== part.usableBytes) continue
    if (best === undefined || alignmentOf(found) > alignmentOf(best)) best = found
  }
  return best
}

/** The largest power of two that divides both the start and the size. */
function alignmentOf({ startAddress, rawBytes }: InferredNamespace): number {
  const both = BigInt(startAddress) | BigInt(rawBytes)
  return Number(both & -both)
}
