/** A layout that the kernel refuses, and the rule that refuses it. */
export interface Refusal {
  readonly kind: 'refused'
  /** Stable identifier of the rule, such as `start-not-aligned`. */
  readonly rule: string
  /** One sentence without a final stop, ready to show. */
  readonly reason: string
}

export function refused(rule: string, reason: string): Refusal {
  return { kind: 'refused', rule, reason }
}
