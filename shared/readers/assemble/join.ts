import type { Diagnostic } from '../../model/diagnostic'
import { compareIds } from '../../model/order'
import { describeSource, type Source } from '../../model/source'
import type { ModelObject } from '../../model/topology'

interface Joined {
  readonly fields: Record<string, unknown>
  readonly sources: Record<string, Source>
}

const RANK = { read: 0, derived: 1, default: 2 } as const

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
    if (RANK[source.kind] < RANK[known.kind]) {
      target.fields[key] = value
      target.sources[key] = source
    } else if (source.kind === 'read' && known.kind === 'read') {
      if (JSON.stringify(target.fields[key]) === JSON.stringify(value)) continue
      diagnose({
        severity: 'warning',
        code: 'contradiction',
        where: `${object.id} · ${key}`,
        message: `${show(target.fields[key])} (${describeSource(known)}) is used, but ${describeSource(source)} says ${show(value)}`,
      })
    }
  }
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
