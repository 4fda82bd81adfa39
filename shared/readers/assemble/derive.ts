import type { ModelObject } from '../../model/model-object'
import type { DerivedSource } from '../../model/source'

/**
 * An object with one more field that follows from others; what was read is never replaced.
 * `rule` says in words what it follows from.
 */
export function derive<T extends ModelObject, K extends keyof T & string>(
  object: T,
  key: K,
  fact: { readonly value: T[K] | undefined; readonly rule: string },
): T {
  if (object[key] !== undefined || fact.value === undefined) return object
  const source: DerivedSource = { kind: 'derived', reader: 'assemble', rule: fact.rule }
  return { ...object, [key]: fact.value, sources: { ...object.sources, [key]: source } }
}
