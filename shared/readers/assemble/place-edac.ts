import type { Diagnostic } from '../../model/diagnostic'
import type { Dimm } from '../../model/memory-modules'
import type { ObjectId } from '../../model/model-object'
import type { Facts } from '../facts'

const MOST_NAMED = 8

/**
 * Gives EDAC's modules the ids of the slots that firmware names. Drivers label a module with its locator, with bank and
 * locator (ghes_edac), or with numbers of their own that no slot has (`CPU_SrcID#0_MC#0_Chan#1_DIMM#0`): such a module
 * would be counted twice, so its counters are told as a diagnostic. Where nobody else names modules, EDAC's stay.
 */
export function placeEdac(
  facts: readonly Facts[],
  diagnose: (diagnostic: Diagnostic) => void,
): readonly Facts[] {
  const isEdac = ({ edacLocation }: Dimm) => edacLocation !== undefined
  const slots = facts.flatMap(({ dimms }) => dimms?.filter((dimm) => !isEdac(dimm)) ?? [])
  if (slots.length === 0) return facts
  const slotOf = slotsByName(slots)
  const ids = new Set(slots.map(({ id }) => id))
  return facts.map((one) => {
    const modules = one.dimms?.filter(isEdac) ?? []
    if (modules.length === 0) return one
    const placed = new Map<ObjectId, Dimm>()
    const unplaced: Dimm[] = []
    for (const module of modules) {
      const id = ids.has(module.id) ? module.id : slotOf.get(nameOf(module.locator))
      if (id === undefined || placed.has(id)) unplaced.push(module)
      else placed.set(id, withoutLabel(module, id))
    }
    if (unplaced.length > 0) diagnose(tell(unplaced))
    return {
      ...one,
      dimms: [...(one.dimms ?? []).filter((dimm) => !isEdac(dimm)), ...placed.values()],
    }
  })
}

function nameOf(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .join(' ')
    .toLowerCase()
}

/** By locator, and by bank and locator; a name of several slots tells none of them. */
function slotsByName(slots: readonly Dimm[]): ReadonlyMap<string, ObjectId> {
  const byName = new Map<string, ObjectId | undefined>()
  for (const { id, bank, locator } of slots) {
    if (locator === undefined) continue
    for (const name of new Set([nameOf(locator), nameOf(bank, locator)])) {
      byName.set(name, byName.has(name) && byName.get(name) !== id ? undefined : id)
    }
  }
  return new Map([...byName].flatMap(([name, id]) => (id === undefined ? [] : [[name, id]])))
}

/** The label is EDAC's spelling of the slot's own name, no other fact. */
function withoutLabel(module: Dimm, id: ObjectId): Dimm {
  const { locator: _, ...rest } = module
  const { locator: __, ...sources } = module.sources
  return { ...rest, id, sources }
}

function tell(unplaced: readonly Dimm[]): Diagnostic {
  const withErrors = unplaced.filter(
    ({ correctableErrors: corrected = 0, uncorrectableErrors: uncorrected = 0 }) =>
      corrected + uncorrected > 0,
  )
  const named = (withErrors.length > 0 ? withErrors : unplaced).slice(0, MOST_NAMED)
  const list = named.map(
    ({ edacLocation, locator, correctableErrors, uncorrectableErrors }) =>
      `${edacLocation}${locator === undefined ? '' : ` "${locator}"`} (${correctableErrors ?? 'unknown'} corrected, ${uncorrectableErrors ?? 'unknown'} uncorrected errors)`,
  )
  return {
    severity: withErrors.length > 0 ? 'warning' : 'info',
    code: 'unplaced-edac',
    where:
      named[0]?.sources['edacLocation']?.kind === 'read'
        ? named[0].sources['edacLocation'].path
        : 'edac',
    message: `EDAC counts ${unplaced.length === 1 ? 'a module' : `${unplaced.length} modules`} whose label no slot has: ${list.join(', ')}${named.length < (withErrors.length || unplaced.length) ? ', …' : ''}`,
  }
}
