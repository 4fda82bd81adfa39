import type { ModelObject, ObjectId } from './model-object'
import type { Bytes, PhysicalAddress } from './units'

/** A CXL memory device. Id: the kernel's `mem0`. */
export interface CxlMemdev extends ModelObject {
  readonly ramBytes?: Bytes
  readonly pmemBytes?: Bytes
  /** 64 bits, `0x…`; not unique in practice (QEMU gives 0 to all). */
  readonly serial?: string
  readonly numaNode?: number
  readonly firmwareVersion?: string
  /** PCI address of the device: `0000:0d:00.0`. */
  readonly pciAddress?: string
  readonly endpointId?: ObjectId
  readonly state?: string
}

export interface CxlDport {
  /** Name of the device below which the port leads on: `0000:0c:00.0`, `pci0000:0c`. */
  readonly device: string
  /** The id that decoder target lists use. */
  readonly dportId?: number
  readonly alias?: string
}

/** A port of the CXL tree. Ids: the kernel's `root0`, `port1`, `endpoint2`. */
export interface CxlPort extends ModelObject {
  readonly portKind: 'root' | 'host-bridge' | 'switch' | 'endpoint'
  readonly parentPortId?: ObjectId
  /** Device of the parent's downstream port that leads here. */
  readonly parentDport?: string
  /** Device that the port belongs to: an ACPI or PCI device, or a memdev. */
  readonly uport?: string
  readonly dports?: readonly CxlDport[]
  readonly depth?: number
  readonly memdevId?: ObjectId
}

/** An address decoder. Id: the kernel's `decoder0.0`. */
export interface CxlDecoder extends ModelObject {
  readonly decoderKind: 'root' | 'switch' | 'endpoint'
  readonly portId?: ObjectId
  readonly startAddress?: PhysicalAddress
  readonly sizeBytes?: Bytes
  readonly interleaveWays?: number
  readonly granularityBytes?: Bytes
  /** Devices of the port's dports in interleave order. */
  readonly targets?: readonly string[]
  readonly mode?: string
  readonly dpaStart?: PhysicalAddress
  readonly dpaBytes?: Bytes
  readonly cxlRegionId?: ObjectId
  /** Root decoders: ram, pmem, type2, type3. */
  readonly capabilities?: readonly string[]
  readonly isLocked?: boolean
  readonly qosClass?: number
}

export interface CxlRegionTarget {
  readonly position: number
  readonly decoderId?: ObjectId
  readonly memdevId?: ObjectId
}

/** Id `cxl:region0`: libnvdimm has regions of the same name. `regionName` is the kernel's own `region0`. */
export interface CxlRegion extends ModelObject {
  readonly regionName: string
  readonly regionType?: 'ram' | 'pmem'
  readonly sizeBytes?: Bytes
  readonly startAddress?: PhysicalAddress
  readonly interleaveWays?: number
  readonly granularityBytes?: Bytes
  readonly state?: string
  readonly uuid?: string
  readonly rootDecoderId?: ObjectId
  readonly targets?: readonly CxlRegionTarget[]
  /** Part of `sizeBytes` that is a cache in DRAM (kernel 6.19). */
  readonly extendedLinearCacheBytes?: Bytes
}

/** A fixed memory window of the platform (CEDT CFMWS). Id `cxl-window0` in the order of the table and of /proc/iomem. */
export interface CxlWindow extends ModelObject {
  readonly windowIndex: number
  readonly startAddress?: PhysicalAddress
  readonly sizeBytes?: Bytes
  readonly interleaveWays?: number
  readonly granularityBytes?: Bytes
  readonly interleaveArithmetic?: 'modulo' | 'xor'
  /** ACPI _UIDs of host bridges in interleave order. */
  readonly targetUids?: readonly number[]
  readonly restrictions?: readonly string[]
  readonly qosClass?: number
  readonly rootDecoderId?: ObjectId
}
