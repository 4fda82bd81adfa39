import { MIB, formatBytes, formatHex, type Bytes, type PhysicalAddress } from '../model/units'
import { refused, type Refusal } from './geometry-refusal'

/** Info block and the page before it, at the head of every fsdax and devdax namespace (DOMAIN §6.4). */
export const NAMESPACE_HEADER_BYTES = 8192
/** MAX_STRUCT_PAGE_SIZE (drivers/nvdimm/nd.h): reserved per page with map=dev even where sizeof(struct page) is smaller. */
const RESERVED_PER_PAGE_BYTES = 64
/** memremap_compat_align() everywhere but on ppc64 book3s (DOMAIN §6.3). */
const GENERIC_COMPAT_ALIGN_BYTES = 2 * MIB

/** What an fsdax or devdax namespace is made with. All sizes in bytes. */
export interface NamespaceLayout {
  readonly startAddress: PhysicalAddress
  readonly rawBytes: Bytes
  readonly map: 'mem' | 'dev'
  readonly alignBytes: Bytes
  readonly basePageBytes: Bytes
  /** 2 MiB unless given; up to 16 MiB on ppc64 book3s. */
  readonly compatAlignBytes?: Bytes
  /** sizeof(struct page), 64 unless given. */
  readonly structPageBytes?: Bytes
}

/** Where the usable part of a namespace lies: `rawBytes = dataOffsetBytes + usableBytes + endTruncBytes`. */
export interface NamespaceGeometry {
  readonly kind: 'geometry'
  /** From the start of the namespace to its first usable byte. */
  readonly dataOffsetBytes: Bytes
  /** At the end, what does not fill a whole alignment. */
  readonly endTruncBytes: Bytes
  readonly usableBytes: Bytes
  /** Usable base pages, as the info block stores them. */
  readonly pageCount: number
}

/**
 * The layout that the kernel gives a new fsdax or devdax namespace, exact for all sizes below 2^53
 * (nd_pfn_init in drivers/nvdimm/pfn_devs.c, 5.10 to 7.3; DOMAIN §6.4).
 */
export function namespaceGeometry(layout: NamespaceLayout): NamespaceGeometry | Refusal {
  const compatAlignBytes = layout.compatAlignBytes ?? GENERIC_COMPAT_ALIGN_BYTES
  const refusal = refuseInputs(layout, compatAlignBytes)
  if (refusal !== undefined) return refusal
  const start = BigInt(layout.startAddress)
  const raw = BigInt(layout.rawBytes)
  const pageBytes = BigInt(layout.basePageBytes)
  // An align below the compatible one is raised to it: --align=4K lays out like 2M on x86.
  const align = BigInt(Math.max(layout.alignBytes, compatAlignBytes))
  const header = BigInt(NAMESPACE_HEADER_BYTES)

  const endTrunc = (start + raw) % align
  const pagesBehindHeader = (raw - header) / pageBytes
  const memmap = layout.map === 'dev' ? BigInt(RESERVED_PER_PAGE_BYTES) * pagesBehindHeader : 0n
  const dataOffset = roundUp(start + header + memmap, align) - start
  const usable = raw - dataOffset - endTrunc
  if (usable <= 0n) {
    return refused(
      'no-room',
      `its data would begin ${formatBytes(Number(dataOffset))} behind its start, and it has ${formatBytes(layout.rawBytes)}`,
    )
  }
  return {
    kind: 'geometry',
    dataOffsetBytes: Number(dataOffset),
    endTruncBytes: Number(endTrunc),
    usableBytes: Number(usable),
    pageCount: Number(usable / pageBytes),
  }
}

function refuseInputs(layout: NamespaceLayout, compatAlignBytes: number): Refusal | undefined {
  const { startAddress, rawBytes, alignBytes, basePageBytes, structPageBytes = 64, map } = layout
  if (alignBytes < basePageBytes || !isPowerOfTwo(alignBytes)) {
    return refused(
      'align-not-supported',
      `an alignment of ${alignBytes} B is not a power of two of at least one page (${basePageBytes} B)`,
    )
  }
  if (startAddress % compatAlignBytes !== 0) {
    return refused(
      'start-not-aligned',
      `the start ${formatHex(startAddress)} is not a multiple of ${compatAlignBytes} B`,
    )
  }
  if (rawBytes <= NAMESPACE_HEADER_BYTES) {
    return refused('no-room', `${rawBytes} B do not hold the ${NAMESPACE_HEADER_BYTES} B header`)
  }
  if (map === 'dev' && structPageBytes > RESERVED_PER_PAGE_BYTES) {
    return refused(
      'struct-page-too-large',
      `map=dev reserves ${RESERVED_PER_PAGE_BYTES} B for each page, and a struct page of this kernel has ${structPageBytes} B`,
    )
  }
  return undefined
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value))
}

function roundUp(value: bigint, unit: bigint): bigint {
  return ((value + unit - 1n) / unit) * unit
}
