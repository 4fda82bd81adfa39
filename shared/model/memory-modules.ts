import type { ModelObject, ObjectId } from './model-object'
import type { AddressRange, Bytes } from './units'

/** What a memory module holds of the physical address space (SMBIOS type 20). Interleaved modules report the same range. */
export interface DimmRange extends AddressRange {
  readonly interleavePosition?: number
  readonly interleaveDepth?: number
}

/**
 * A memory module or slot as firmware, a tool or a specification names it; a slot without a module has `sizeBytes` 0.
 * Ids: `dimm:0x1100` by SMBIOS handle where it is known, else `dimm:LOCATOR` or `dimm:BANK/LOCATOR`.
 */
export interface Dimm extends ModelObject {
  /** SMBIOS type-17 handle. */
  readonly handle?: number
  readonly arrayId?: ObjectId
  readonly locator?: string
  readonly bank?: string
  readonly sizeBytes?: Bytes
  readonly memoryType?: string
  readonly technology?: string
  readonly formFactor?: string
  /** Bits including those for error correction. */
  readonly totalWidthBits?: number
  readonly dataWidthBits?: number
  readonly speedMTs?: number
  readonly configuredSpeedMTs?: number
  readonly configuredMillivolts?: number
  readonly rank?: number
  readonly manufacturer?: string
  readonly partNumber?: string
  readonly serial?: string
  readonly assetTag?: string
  readonly firmwareVersion?: string
  readonly volatileBytes?: Bytes
  readonly nonVolatileBytes?: Bytes
  readonly cacheBytes?: Bytes
  readonly ranges?: readonly DimmRange[]
  /** EDAC's own name of the place, such as `mc0 channel 0 slot 1`. */
  readonly edacLocation?: string
  readonly correctableErrors?: number
  readonly uncorrectableErrors?: number
  readonly nodeId?: number
  readonly packageId?: number
  readonly nvdimmId?: ObjectId
}

/** SMBIOS type 16: a set of slots. Id `memory-array:0x1000` by handle. */
export interface MemoryArray extends ModelObject {
  readonly handle: number
  readonly location?: string
  readonly use?: string
  readonly errorCorrection?: string
  readonly maximumBytes?: Bytes
  readonly slotCount?: number
  /** What the whole set holds of the physical address space (SMBIOS type 19). */
  readonly ranges?: readonly AddressRange[]
}

/** Ids: the kernel's `nmem0` where it is known, else `nvdimm:0x0101` by NFIT handle. */
export interface Nvdimm extends ModelObject {
  /** NFIT device handle (DOMAIN §9.4 says what its bits mean). */
  readonly handle?: number
  /** SMBIOS type-17 handle. */
  readonly physicalId?: number
  /** `8089-a2-1839-00000001`, as ndctl and ipmctl write it. */
  readonly uniqueId?: string
  readonly serial?: string
  readonly vendor?: string
  readonly device?: string
  readonly state?: string
  readonly flags?: string
  readonly security?: string
  readonly health?: string
  readonly firmwareVersion?: string
  readonly partNumber?: string
  /** Capacity of the module as its tool states it. */
  readonly sizeBytes?: Bytes
  /** Part used as volatile memory (Memory Mode). */
  readonly memoryModeBytes?: Bytes
  /** Part used as persistent memory (App Direct). */
  readonly appDirectBytes?: Bytes
  readonly packageId?: number
  readonly numaNode?: number
  /** Sum of this DIMM's parts of all regions. */
  readonly mappedBytes?: Bytes
  readonly dimmId?: ObjectId
  readonly cxlMemdevId?: ObjectId
}
