import type { Topology } from '../model/topology'
import { isBasePageGuessed } from '../model/base-page'
import { compareIds } from '../model/order'
import { bootExtents } from './boot-extents'
import { bootSpans } from './boot-memory'
import { claimRanges } from './claim-ranges'
import { zoneDeviceExtents, type AccountContext } from './device-extents'
import { kmemExtents } from './kmem-extents'
import { kernelRulesOf } from './kernel-rules'
import { measure } from './measured'
import { otherExtents } from './other-extents'
import { nearestRamNode } from './nearest-node'
import { mergeRanges } from './ranges'
import { sumExtents } from './totals'
import type { MemmapAccount, MemmapExtent } from './types'

/**
 * What the struct pages of a machine cost, range by range, and where they lie. Bytes throughout.
 * Verified against walks of the page tables of real kernels (DOMAIN §13, §14).
 */
export function accountMemmap(topology: Topology): MemmapAccount {
  const rules = kernelRulesOf(topology.machine)
  const spans = bootSpans(topology, rules)
  const ramNodeIds = new Set(
    spans.map(({ nodeId }) => nodeId).filter((nodeId) => nodeId !== undefined),
  )
  const context: AccountContext = {
    topology,
    rules,
    bootSections: mergeRanges(
      spans.filter(({ hasAddresses }) => hasAddresses).map(({ sections }) => sections),
    ),
    ramNodeFor: (nodeId) => nearestRamNode(nodeId, ramNodeIds, topology),
    claimPteTables: claimRanges(),
  }
  const extents = [
    ...bootExtents(spans, context),
    ...zoneDeviceExtents(context),
    ...kmemExtents(context),
    ...otherExtents(context),
  ]
    .map(isBasePageGuessed(topology.machine) ? asEstimate : (extent) => extent)
    .sort(byAddress)
  const totals = sumExtents(extents)
  const measured = measure(topology, rules, extents)
  return {
    extents,
    totals,
    rules: rules.uses,
    notes: rules.notes,
    ...(measured === undefined ? {} : { measured }),
  }
}

function asEstimate(extent: MemmapExtent): MemmapExtent {
  return { ...extent, certainty: 'estimated' }
}

function byAddress(a: MemmapExtent, b: MemmapExtent): number {
  return (a.range?.start ?? Infinity) - (b.range?.start ?? Infinity) || compareIds(a.id, b.id)
}
