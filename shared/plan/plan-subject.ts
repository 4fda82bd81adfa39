import type { Refusal } from '../memmap/geometry-refusal'
import type { DerivationStep } from '../memmap/types'
import type { PlanInput } from './plan-input'

/** How the text of an option is read. */
export type OptionKind =
  | 'size'
  | 'address'
  | 'count'
  /** `START-END`; an END such as 0x8f7fffff is the last byte, as /proc/iomem prints it, any other the first byte behind. */
  | 'range'
  /** `6.12`. */
  | 'kernel'
  /** `x86_64`, `arm64` and other common names. */
  | 'architecture'
  | 'flag'
  /** All 64 bits, kept as text. */
  | 'virtual-address'
  | { readonly choices: readonly string[] }
  /** One of some sizes in bytes. */
  | { readonly sizes: readonly number[] }

/** One option of a plan: the command line makes a flag of it, the panel a field. */
export interface PlanOption {
  /** Without dashes: `page-size`. */
  readonly name: string
  /** For the help text and the field, without a final stop. */
  readonly title: string
  readonly kind: OptionKind
  readonly isRequired?: true
  /** May be given several times. */
  readonly isList?: true
}

/** What a plan comes to. Bytes are numbers; addresses that use 64 bits are hexadecimal text. */
export interface Plan {
  readonly kind: 'plan'
  /** Named as in CONTRACT ("Plan"), in the order in which people read them. */
  readonly figures: Readonly<Record<string, number | string>>
  /** What was taken for an option that was not given, by the option's name. */
  readonly assumed: Readonly<Record<string, number | string | boolean>>
  /** What a reader should know besides: rules of the nearest kernel, what ndctl would say. */
  readonly notes: readonly string[]
  readonly derivation: readonly DerivationStep[]
}

/** A layout that does not exist yet, of one kind. */
export interface PlanSubject {
  readonly id: string
  /** Completes "plan …": `the cost of a PMEM namespace`. */
  readonly title: string
  readonly options: readonly PlanOption[]
  /** The kernel's answer, or the rule that refuses the layout. */
  plan(input: PlanInput): Plan | Refusal
}
