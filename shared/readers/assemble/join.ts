import type { Diagnostic } from '../../model/diagnostic'
import { compareIds } from '../../model/order'
import { describeSource, type Source } from '../../model/source'
import type { ModelObject } from '../../model/model-object'
import { isSameValue } from './same-value'

interface Joined {
  readonly fields: Record<string, unknown>
  readonly sources: Record<string, Source>
}

/** Counters that move on between two commands: that they differ contradicts nothing. */
const MOMENTARY = new Set(['freeBytes'])

/** Smaller is better: an exact and full reading, a rounded or partial one, what was derived, a default. */
function rankOf(source: Source): number {
  if (source.kind === 'read') {
    return source.roundedTo === undefined && source.isPartial === undefined ? 0 : 1
  }
  return source.kind === 'derived' ? 2 : 3
}

/**
 * Joins objects of the same id from several readers, field by field. The lists come in order of trust; what was read
 * beats what was derived, what was derived beats a default. Two readings that differ become a `contradiction`.
 * @returns one object for each id, sorted by id
 */
export function joinObjects<T extends ModelObject>(
  lists: readonly (readonly T[])[],
  diagnose: (diagnostic: Diagnostic) => void,
): readonly T[] {
  const joined = new Map<string, Joined>()
  for (const object of lists.flat()) {
    const target = joined.get(object.id)
    if (target === undefined) {
      const { id: _, sources, ...fields } = object
      joined.set(object.id, { fields, sources: { ...sources } })
    } else {
      addObject(target, object, diagnose)
    }
  }
  return [...joined]
    .map(([id, { fields, sources }]) => ({ id, ...fields, sources }) as unknown as T)
    .sort((a, b) => compareIds(a.id, b.id))
}

function addObject(
  target: Joined,
  object: ModelObject,
  diagnose: (diagnostic: Diagnostic) => void,
): void {
  for (const [key, value] of Object.entries(object)) {
    if (key === 'id' || key === 'sources') continue
    const source = object.sources[key]
    const known = target.sources[key]
    if (known === undefined || source === undefined) {
      if (!(key in target.fields)) target.fields[key] = value
      if (known === undefined && source !== undefined) target.sources[key] = source
      continue
    }
    const former = target.fields[key]
    const isBetter = rankOf(source) < rankOf(known)
    if (isBetter) {
      target.fields[key] = value
      target.sources[key] = source
    }
    if (source.kind === 'read' && known.kind === 'read') {
      if (MOMENTARY.has(key)) continue
      if (isSameValue(former, value, Math.max(source.roundedTo ?? 0, known.roundedTo ?? 0)))
        continue
      if (source.isPartial === true && isPartOf(value, former)) continue
      if (known.isPartial === true && isPartOf(former, value)) continue
      const [used, other] = isBetter ? [source, known] : [known, source]
      diagnose({
        severity: 'warning',
        code: 'contradiction',
        where: `${object.id} · ${key}`,
        message: `${show(target.fields[key])} (${describeSource(used)}) is used, but ${describeSource(other)} says ${show(isBetter ? former : value)}`,
      })
    }
  }
}

/** True where each member of a list or record is in the other one, too. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || typeof whole !== 'object' || part === null || whole === null) {
    return false
  }
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((item) => whole.includes(item))
  }
  const members = new Map<string, unknown>(Object.entries(whole))
  return Object.entries(part).every(([key, value]) => members.get(key) === value)
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
