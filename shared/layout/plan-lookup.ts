import type { PlacedPlan } from './plan'
import { firstBy } from './lookup'
import type { Row, Strip } from './strips'

export interface PlacedStrip {
  readonly row: Row
  readonly strip: Strip
}

/** Rows and strips of a plan by what stands in them. */
export interface PlanLookup {
  readonly rowIds: ReadonlySet<string>
  readonly rowOfNode: ReadonlyMap<number | undefined, Row>
  readonly stripOfOwner: ReadonlyMap<string, PlacedStrip>
}

const known = new WeakMap<PlacedPlan, PlanLookup>()

/** The lookup of a plan, made once. */
export function planLookupOf(plan: PlacedPlan): PlanLookup {
  const cached = known.get(plan)
  if (cached !== undefined) return cached
  const strips = plan.rows.flatMap((row) => row.strips.map((strip) => ({ row, strip })))
  const lookup: PlanLookup = {
    rowIds: new Set(plan.rows.map(({ id }) => id)),
    rowOfNode: firstBy(
      plan.rows.filter(({ nodeId }) => nodeId !== undefined),
      ({ nodeId }) => nodeId,
    ),
    stripOfOwner: firstBy(strips, ({ strip }) => strip.ownerId),
  }
  known.set(plan, lookup)
  return lookup
}
