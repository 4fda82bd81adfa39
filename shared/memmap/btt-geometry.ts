import { GIB, KIB, MIB, type Bytes } from '../model/units'
import { refused, type Refusal } from './geometry-refusal'

export type BttVersion = '1.1' | '2.0'

/** Block sizes that a BTT offers, with or without metadata (drivers/nvdimm/btt_devs.c, btt_lbasize_supported). */
export const BTT_SECTOR_SIZES: readonly number[] = [512, 520, 528, 4096, 4104, 4160, 4224]

const MIN_ARENA_BYTES = 16 * MIB
const MAX_ARENA_BYTES = 512 * GIB
const PAGE_BYTES = 4 * KIB
/** Free blocks of each arena, one log entry of 64 bytes for each (ND_DEFAULT_NFREE). */
const FREE_BLOCKS = 256
const LOG_BYTES = FREE_BLOCKS * 64
/** Bytes of the map for each block. */
const MAP_ENTRY_BYTES = 4
/** Bytes that BTT 1.1 leaves free at the head of the namespace. */
const INITIAL_OFFSET_BYTES: Readonly<Record<BttVersion, number>> = { '1.1': 4 * KIB, '2.0': 0 }

/** What a sector namespace gives its block device. All sizes in bytes. */
export interface BttGeometry {
  readonly kind: 'geometry'
  readonly usableBytes: Bytes
  /** Blocks of each arena that the block device shows. */
  readonly arenaBlocks: readonly number[]
  /** At the end, too short for an arena of its own. */
  readonly unusedBytes: Bytes
}

/**
 * The size of a BTT block device on a namespace of `rawBytes`, exact for all sizes below 2^53
 * (discover_arenas and alloc_arena in drivers/nvdimm/btt.c, 4.8 to 7.3; DOMAIN §6.5).
 */
export function bttGeometry(
  rawBytes: Bytes,
  sectorBytes: Bytes,
  { version }: { readonly version: BttVersion },
): BttGeometry | Refusal {
  if (!BTT_SECTOR_SIZES.includes(sectorBytes)) {
    return refused(
      'sector-not-supported',
      `a sector of ${sectorBytes} B is none of ${BTT_SECTOR_SIZES.join(', ')}`,
    )
  }
  const initialBytes = INITIAL_OFFSET_BYTES[version]
  if (rawBytes - initialBytes < MIN_ARENA_BYTES) {
    return refused(
      'no-room',
      `BTT ${version} needs ${MIN_ARENA_BYTES + initialBytes} B for one arena, and it has ${rawBytes} B`,
    )
  }
  const arenaBlocks: number[] = []
  let remainingBytes = rawBytes - initialBytes
  while (remainingBytes >= MIN_ARENA_BYTES) {
    const arenaBytes = Math.min(MAX_ARENA_BYTES, remainingBytes)
    arenaBlocks.push(blocksOfArena(arenaBytes, sectorBytes))
    remainingBytes -= arenaBytes
  }
  // Metadata of 8 to 128 bytes rides beside the block and is not part of its size.
  const visibleBytes = sectorBytes >= 4096 ? 4096 : 512
  return {
    kind: 'geometry',
    usableBytes: arenaBlocks.reduce((sum, blocks) => sum + blocks, 0) * visibleBytes,
    arenaBlocks,
    unusedBytes: remainingBytes,
  }
}

function blocksOfArena(arenaBytes: number, sectorBytes: number): number {
  const infoBlocksBytes = 2 * PAGE_BYTES
  const availableBytes = arenaBytes - (arenaBytes % PAGE_BYTES) - infoBlocksBytes - LOG_BYTES
  const internalBlockBytes = Math.ceil(sectorBytes / 64) * 64
  const internalBlocks = Math.floor(
    (availableBytes - PAGE_BYTES) / (internalBlockBytes + MAP_ENTRY_BYTES),
  )
  return internalBlocks - FREE_BLOCKS
}
