import type { BttVersion } from '../../memmap/btt-geometry'
import type { NamespaceMode } from '../../model/topology'
import type { ObjectId } from '../../model/model-object'

/** One thing that a plan changes of a machine. Sizes in bytes. */
export type PlanEdit =
  | { readonly kind: 'kernel'; readonly release: string }
  | { readonly kind: 'page-size'; readonly bytes: number }
  | { readonly kind: 'hvo'; readonly isOn: boolean }
  | { readonly kind: 'memmap-on-memory'; readonly isOn: boolean }
  | {
      readonly kind: 'hugepages'
      readonly nodeId: number
      readonly sizeBytes: number
      readonly count: number
    }
  | ({ readonly kind: 'namespace'; readonly id: ObjectId } & NamespaceShape)
  | ({
      readonly kind: 'add-namespace'
      readonly regionId: ObjectId
      readonly rawBytes: number
    } & NamespaceShape)
  | { readonly kind: 'dax-mode'; readonly id: ObjectId; readonly mode: 'devdax' | 'system-ram' }
  | { readonly kind: 'add-dimm'; readonly nodeId: number; readonly sizeBytes: number }
  /** Hypothetical: no kernel has it (DOMAIN §10.6). */
  | {
      readonly kind: 'struct-page'
      readonly bytes: number
      readonly folioBytes?: number
      readonly folioOrder?: number
    }

export interface NamespaceShape {
  readonly mode: NamespaceMode
  readonly map?: 'mem' | 'dev'
  readonly alignBytes?: number
  readonly sectorBytes?: number
  /** That of the machine's other sector namespaces, else 2.0. */
  readonly bttVersion?: BttVersion
}

/** An edit that the kernel would not carry out; the machine stays as it was in this respect. */
export interface RefusedEdit {
  /** Position in the list of edits. */
  readonly index: number
  readonly objectId?: ObjectId
  /** Stable identifier of the rule. */
  readonly rule: string
  /** One sentence without a final stop. */
  readonly reason: string
}
