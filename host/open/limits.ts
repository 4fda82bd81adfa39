import { GIB, MIB } from '../../shared/model/units'

/** What an input may cost. Snapshots come from strangers, so every amount that they choose has an end. */
export interface OpenLimits {
  /** Bytes of an archive, packed and unpacked. */
  readonly totalBytes: number
  /** Bytes of one member, or of one loose file. */
  readonly fileBytes: number
  readonly entries: number
  /** UTF-16 code units of one member name. */
  readonly pathLength: number
  /** Directories on the way to one member. */
  readonly pathDepth: number
  /** Unpacked bytes per packed byte, looked at once `ratioFromBytes` are unpacked. */
  readonly ratio: number
  readonly ratioFromBytes: number
}

export const DEFAULT_LIMITS: OpenLimits = {
  // kpageflags and kpagecount take 16 bytes per page: 4 GiB hold those of 1 TiB of memory.
  totalBytes: 4 * GIB,
  fileBytes: 2 * GIB,
  // 12 TiB in memory blocks of 128 MiB are 100 000 directories of nine files each.
  entries: 2_000_000,
  // PATH_MAX of Linux, include/uapi/linux/limits.h.
  pathLength: 4096,
  // The deepest path of the captures has 24 parts (PCI bridges below a CXL port).
  pathDepth: 64,
  // An honest kpageflags of free memory is one word repeated: zstd packs that about 10 000 : 1.
  ratio: 20_000,
  ratioFromBytes: 64 * MIB,
}
