import { compareVersions, type KernelVersion } from '../kernel-version'

/** As in `uname -m`; what the rules know. */
export const ARCHITECTURES = [
  'x86_64',
  'aarch64',
  'riscv64',
  'ppc64le',
  's390x',
  'loongarch64',
] as const
export type Architecture = (typeof ARCHITECTURES)[number]

/** When a value holds; a condition that is not given always holds. */
export interface RuleConditions {
  /** First release of which it is true, such as `5.18`. */
  readonly since?: KernelVersion
  /** First release of which it is no longer true. */
  readonly before?: KernelVersion
  readonly architectures?: readonly Architecture[]
  readonly basePageBytes?: readonly number[]
  /** True: only where struct pages never straddle a vmemmap page, so that their size is a power of two. */
  readonly needsPowerOfTwo?: true
}

export interface RuleRow<T> extends RuleConditions {
  readonly value: T
  /** Kernel file and release, or DOMAIN section. */
  readonly source: string
}

/** One fact about kernels as data. The first row whose conditions hold gives the value. */
export interface KernelRule<T> {
  /** What the value is, with its unit. */
  readonly title: string
  readonly rows: readonly RuleRow<T>[]
  /** What holds where no row does. */
  readonly otherwise: { readonly value: T; readonly source: string }
}

/** What rules depend on. */
export interface Situation {
  readonly version: KernelVersion
  readonly architecture: Architecture
  readonly basePageBytes: number
  readonly structPageBytes: number
}

/** The value of a rule in a situation, and where it comes from. */
export function applyRule<T>(
  rule: KernelRule<T>,
  situation: Situation,
): { readonly value: T; readonly source: string } {
  return rule.rows.find((row) => holds(row, situation)) ?? rule.otherwise
}

function holds(conditions: RuleConditions, situation: Situation): boolean {
  const { since, before, architectures, basePageBytes, needsPowerOfTwo } = conditions
  const { version, architecture, structPageBytes } = situation
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (before === undefined || compareVersions(version, before) < 0) &&
    (architectures === undefined || architectures.includes(architecture)) &&
    (basePageBytes === undefined || basePageBytes.includes(situation.basePageBytes)) &&
    (needsPowerOfTwo !== true || Number.isInteger(Math.log2(structPageBytes)))
  )
}

/** A release as the tables write it. */
export function release(major: number, minor: number): KernelVersion {
  return { major, minor }
}

/** One rule of a table. */
export function rule<T>(
  title: string,
  rows: KernelRule<T>['rows'],
  otherwise: KernelRule<T>['otherwise'],
): KernelRule<T> {
  return { title, rows, otherwise }
}
