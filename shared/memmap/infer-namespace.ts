import { GIB, MIB, roundUp, type Bytes, type PhysicalAddress } from '../model/units'
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
  const { usableBytes, basePageBytes, dataStartAddress } = part
  const align = Math.max(part.alignBytes, STEP_BYTES)
  if (!Number.isInteger(Math.log2(align)) || align > GIB) return undefined
  const reserved = part.map === 'dev' ? STRUCT_PAGE_BYTES / basePageBytes : 0
  // The part before the data holds struct pages for itself, too.
  const least = (usableBytes * reserved) / (1 - reserved)
  const first = Math.max(STEP_BYTES, roundUp(Math.floor(least), STEP_BYTES) - STEP_BYTES)
  const most = least + align + 2 * STEP_BYTES + NAMESPACE_HEADER_BYTES
  let best: InferredNamespace | undefined
  for (let offset = first; offset <= most && offset <= dataStartAddress; offset += STEP_BYTES) {
    const found = { startAddress: dataStartAddress - offset, rawBytes: usableBytes + offset }
    const geometry = namespaceGeometry({ ...part, ...found })
    if (geometry.kind !== 'geometry') continue
    if (geometry.dataOffsetBytes !== offset || geometry.usableBytes !== usableBytes) continue
    if (best === undefined || alignmentOf(found) > alignmentOf(best)) best = found
  }
  return best
}

/** The largest power of two that divides both the start and the size. */
function alignmentOf({ startAddress, rawBytes }: InferredNamespace): number {
  const both = BigInt(startAddress) | BigInt(rawBytes)
  return Number(both & -both)
}
