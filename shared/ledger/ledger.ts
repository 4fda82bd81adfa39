import { sumExtents, worst } from '../memmap/totals'
import type {
  Certainty,
  DerivationStep,
  Mechanism,
  MemmapAccount,
  MemmapExtent,
} from '../memmap/types'
import { nodeOfDaxDevice } from '../model/dax-node'
import { compareIds } from '../model/order'
import type { ObjectId } from '../model/model-object'
import type { Topology } from '../model/topology'
import type { AddressRange } from '../model/units'

export type LedgerGrouping = 'node' | 'mechanism' | 'none'

/** What a line of the ledger adds up to. All amounts in bytes but `structPages`. */
export interface LedgerAmounts {
  readonly memoryBytes: number
  readonly structPages: number
  readonly fullBytes: number
  readonly residentBytes: number
  /** Base pages of vmemmap that back them. */
  readonly residentPages: number
  readonly ramBytes: number
  readonly deviceBytes: number
  readonly savedBytes: number
  readonly pageTableBytes: number
  /** Resident bytes less those of the baseline; absent where nothing is compared. */
  readonly changeBytes?: number
  readonly certainty: Certainty
}

/** The struct pages of one range: an extent of the account with what it belongs to. */
export interface LedgerRow extends LedgerAmounts {
  /** That of the extent. */
  readonly id: string
  readonly ownerId: ObjectId
  readonly range?: AddressRange
  /** Node of the memory that is described; absent where it is not known. */
  readonly nodeId?: number
  readonly mechanism: Mechanism
  /** Where the resident bytes lie: `node0`, `namespace0.1`. */
  readonly places: readonly string[]
  readonly derivation: readonly DerivationStep[]
}

export interface LedgerGroup extends LedgerAmounts {
  /** `node0`, `dax-dedup`; `all` without grouping; `unknown` for memory of no known node. */
  readonly id: string
  readonly rows: readonly LedgerRow[]
}

export interface Ledger {
  readonly groups: readonly LedgerGroup[]
  readonly total: LedgerAmounts
}

/** A machine and what its struct pages cost. */
export interface Accounted {
  readonly topology: Topology
  readonly account: MemmapAccount
}

/**
 * What struct pages cost, range by range, in groups with their sums. Rows of a group are in address order.
 * @param baseline the machine as it is, when the first one is a plan: every line then says what changes, and what the
 *   plan does away with has a line of its own
 */
export function ledgerOf(
  { account, topology }: Accounted,
  grouping: LedgerGrouping,
  baseline?: Accounted,
): Ledger {
  const rows =
    baseline === undefined ? rowsOf(account, topology) : compared(account, topology, baseline)
  const groups = new Map<string, LedgerRow[]>()
  for (const row of rows) {
    const id = groupOf(row, grouping)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [row])
    else group.push(row)
  }
  return {
    groups: [...groups]
      .map(([id, own]) => ({ id, rows: own, ...sumRows(own) }))
      .sort((a, b) => compareIds(a.id, b.id)),
    total: sumRows(rows),
  }
}

function rowsOf(account: MemmapAccount, topology: Topology): readonly LedgerRow[] {
  const nodeOf = nodeOfOwner(topology)
  const pageBytes = topology.machine.basePageBytes ?? 4096
  return account.extents.map((extent) =>
    rowOf(extent, { nodeId: nodeOf.get(extent.ownerId), pageBytes }),
  )
}

function compared(
  account: MemmapAccount,
  topology: Topology,
  baseline: Accounted,
): readonly LedgerRow[] {
  const before = new Map(rowsOf(baseline.account, baseline.topology).map((row) => [row.id, row]))
  const rows = rowsOf(account, topology).map((row) => ({
    ...row,
    changeBytes: row.residentBytes - (before.get(row.id)?.residentBytes ?? 0),
  }))
  const kept = new Set(rows.map(({ id }) => id))
  const gone = [...before.values()]
    .filter(({ id }) => !kept.has(id))
    .map((row) => ({ ...row, ...NOTHING, changeBytes: -row.residentBytes }))
  return [...rows, ...gone].sort(
    (a, b) => (a.range?.start ?? Infinity) - (b.range?.start ?? Infinity),
  )
}

const NOTHING = {
  memoryBytes: 0,
  structPages: 0,
  fullBytes: 0,
  residentBytes: 0,
  residentPages: 0,
  ramBytes: 0,
  deviceBytes: 0,
  savedBytes: 0,
  pageTableBytes: 0,
  mechanism: 'none',
  places: [],
  derivation: [],
} as const

function groupOf({ nodeId, mechanism }: LedgerRow, grouping: LedgerGrouping): string {
  switch (grouping) {
    case 'node':
      return nodeId === undefined ? 'unknown' : `node${nodeId}`
    case 'mechanism':
      return mechanism
    case 'none':
      return 'all'
  }
}

function rowOf(
  extent: MemmapExtent,
  { nodeId, pageBytes }: { readonly nodeId: number | undefined; readonly pageBytes: number },
): LedgerRow {
  const { id, ownerId, range, memoryBytes, mechanism, derivation, certainty } = extent
  const { structPages, fullBytes, residentBytes, ramBytes, deviceBytes, pageTableBytes } =
    sumExtents([extent])
  return {
    id,
    ownerId,
    ...(range === undefined ? {} : { range }),
    ...(nodeId === undefined ? {} : { nodeId }),
    memoryBytes,
    structPages,
    fullBytes,
    residentBytes,
    residentPages: Math.ceil(residentBytes / pageBytes),
    ramBytes,
    deviceBytes,
    savedBytes: fullBytes - residentBytes,
    pageTableBytes,
    certainty,
    mechanism,
    places: [...new Set(extent.backing.map(({ place }) => placeOf(place)))],
    derivation,
  }
}

function placeOf(place: MemmapExtent['backing'][number]['place']): string {
  if (place.kind === 'device') return place.objectId
  return place.nodeId === undefined ? 'RAM' : `node${place.nodeId}`
}

function sumRows(rows: readonly LedgerRow[]): LedgerAmounts {
  const sum = (pick: (row: LedgerRow) => number) =>
    rows.reduce((total, row) => total + pick(row), 0)
  return {
    memoryBytes: sum((row) => row.memoryBytes),
    structPages: sum((row) => row.structPages),
    fullBytes: sum((row) => row.fullBytes),
    residentBytes: sum((row) => row.residentBytes),
    residentPages: sum((row) => row.residentPages),
    ramBytes: sum((row) => row.ramBytes),
    deviceBytes: sum((row) => row.deviceBytes),
    savedBytes: sum((row) => row.savedBytes),
    pageTableBytes: sum((row) => row.pageTableBytes),
    ...(rows.some(({ changeBytes }) => changeBytes !== undefined)
      ? { changeBytes: sum((row) => row.changeBytes ?? 0) }
      : {}),
    certainty: worst(rows.map(({ certainty }) => certainty)),
  }
}

/** The node that the memory of each owner of extents belongs to. */
function nodeOfOwner(topology: Topology): ReadonlyMap<ObjectId, number> {
  const nodes = new Map<ObjectId, number>()
  for (const { id, nodeId } of topology.nodes) nodes.set(id, nodeId)
  for (const { id, numaNode, targetNode } of topology.namespaces) {
    const nodeId = numaNode ?? targetNode
    if (nodeId !== undefined) nodes.set(id, nodeId)
  }
  for (const device of topology.daxDevices) {
    const nodeId = nodeOfDaxDevice(device)
    if (nodeId !== undefined) nodes.set(device.id, nodeId)
  }
  for (const { id, numaNode } of topology.p2pProviders) {
    if (numaNode !== undefined) nodes.set(id, numaNode)
  }
  return nodes
}
