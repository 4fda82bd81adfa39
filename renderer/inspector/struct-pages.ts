import type {
  BackingPlace,
  Certainty,
  DerivationStep,
  MeasuredMemmap,
  Mechanism,
  MemmapAccount,
  MemmapExtent,
} from '../../shared/memmap/types'
import { assertNever } from '../../shared/model/errors'
import { formatBytes, formatCount } from '../../shared/model/units'
import type { ObjectEntry } from '../document/object-index'
import type { OpenDocument } from '../document/open-document'
import { structPageOwners } from '../document/struct-page-owners'
import { bytesValue, describeRange, type FactValue } from './fact-values'

export interface StructPageRow extends FactValue {
  readonly id: string
  readonly label: string
}

/** What the struct pages of one object cost, ready to show. */
export interface StructPagesModel {
  readonly fullBytes: number
  readonly residentBytes: number
  readonly rows: readonly StructPageRow[]
  readonly derivation: readonly DerivationStep[]
}

/** The struct pages that describe an object's memory; undefined when the account has none for it. */
export function structPagesOf(
  document: OpenDocument,
  entry: ObjectEntry,
): StructPagesModel | undefined {
  const { account, topology } = document
  const pageBytes = topology.machine.basePageBytes
  if (entry.kind === 'machine') {
    return account.extents.length === 0 ? undefined : machineStructPages(account, pageBytes)
  }
  const owners = structPageOwners(topology, entry)
  const extents = account.extents.filter((extent) => owners.has(extent.ownerId))
  if (extents.length === 0) return undefined
  const model = extentStructPages(extents, pageBytes)
  return entry.kind === 'node'
    ? { ...model, rows: [...model.rows, ...heldRows(account, entry.object.nodeId)] }
    : model
}

/** A node's RAM also holds struct pages that describe other memory. */
function heldRows({ totals }: MemmapAccount, nodeId: number): readonly StructPageRow[] {
  const bytes = totals.byNode[String(nodeId)]
  return bytes === undefined ? [] : [row('held', 'kept here in all', bytesValue(bytes))]
}

function extentStructPages(
  extents: readonly MemmapExtent[],
  pageBytes: number | undefined,
): StructPagesModel {
  const total = (of: (extent: MemmapExtent) => number) =>
    extents.reduce((sum, extent) => sum + of(extent), 0)
  const fullBytes = total((extent) => extent.fullBytes)
  const residentBytes = total((extent) => extent.residentBytes)
  const pageTableBytes = total((extent) => extent.pageTableBytes)
  const ranges = extents.flatMap((extent) => (extent.range === undefined ? [] : [extent.range]))
  return {
    fullBytes,
    residentBytes,
    rows: [
      ...amountRows(
        total((extent) => extent.structPages),
        fullBytes,
        residentBytes,
        pageBytes,
      ),
      row('backing', 'kept in', { lines: describeBacking(extents) }),
      row('mechanism', 'mechanism', { lines: unique(extents.map(describeMechanism)) }),
      ...(pageTableBytes > 0
        ? [row('page-tables', 'page tables', bytesValue(pageTableBytes))]
        : []),
      ...(ranges.length > 0
        ? [row('ranges', 'describes', { lines: ranges.map(describeRange) })]
        : []),
      row('certainty', 'certainty', {
        lines: unique(extents.map((extent) => describeCertainty(extent.certainty))),
      }),
    ],
    derivation: extents.flatMap((extent) => extent.derivation),
  }
}

function machineStructPages(
  { totals, measured }: MemmapAccount,
  pageBytes: number | undefined,
): StructPagesModel {
  const places = Object.entries(totals.byNode).map(
    ([place, bytes]) =>
      `${place === 'device' ? 'namespaces' : `node${place}`}: ${formatBytes(bytes)}`,
  )
  const saved = [
    ['hvo', 'saved by HVO', totals.savedBytes.hvo],
    ['dax-dedup', 'saved by DAX dedup', totals.savedBytes.daxDedup],
    ['page-tables', 'page tables', totals.pageTableBytes],
  ] as const
  return {
    fullBytes: totals.fullBytes,
    residentBytes: totals.residentBytes,
    rows: [
      ...amountRows(totals.structPages, totals.fullBytes, totals.residentBytes, pageBytes),
      row('ram', 'in RAM', bytesValue(totals.ramBytes)),
      row('device', 'on devices', bytesValue(totals.deviceBytes)),
      row('backing', 'kept in', { lines: places }),
      ...saved
        .filter(([, , bytes]) => bytes > 0)
        .map(([id, label, bytes]) => row(id, label, bytesValue(bytes))),
      ...(measured === undefined
        ? []
        : [
            row('measured', 'the kernel counts', {
              lines: [formatBytes(measured.residentBytes), ...discrepancies(measured)],
              exact: `${formatCount(measured.residentBytes)} B, ${measured.source}`,
            }),
          ]),
      row('certainty', 'certainty', { lines: [describeCertainty(totals.certainty)] }),
    ],
    derivation: [],
  }
}

/** Why the kernel's own count differs, line by line. */
function discrepancies({ explained, unexplainedBytes }: MeasuredMemmap): readonly string[] {
  const signed = (bytes: number) => `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`
  return [
    ...explained.map(({ bytes, text }) => `${signed(bytes)}: ${text}`),
    ...(unexplainedBytes === 0 ? [] : [`${signed(unexplainedBytes)}: not explained`]),
  ]
}

function amountRows(
  structPages: number,
  fullBytes: number,
  residentBytes: number,
  pageBytes: number | undefined,
): readonly StructPageRow[] {
  const resident = bytesValue(residentBytes)
  return [
    row('struct-pages', 'struct pages', { lines: [formatCount(structPages)] }),
    row('full', 'without savings', bytesValue(fullBytes)),
    row('resident', 'resident', resident),
    ...(pageBytes === undefined
      ? []
      : [
          row('vmemmap-pages', 'backed by', {
            // No digit grouping: people search for this number as page tables and tools print it.
            lines: [`${residentBytes / pageBytes} vmemmap pages`],
          }),
        ]),
    ...(fullBytes > residentBytes
      ? [row('saved', 'saved', bytesValue(fullBytes - residentBytes))]
      : []),
  ]
}

function row(id: string, label: string, value: FactValue): StructPageRow {
  return { id, label, ...value }
}

function describeBacking(extents: readonly MemmapExtent[]): readonly string[] {
  const bytesByPlace = new Map<string, number>()
  for (const { place, bytes } of extents.flatMap((extent) => extent.backing)) {
    const name = placeName(place)
    bytesByPlace.set(name, (bytesByPlace.get(name) ?? 0) + bytes)
  }
  if (bytesByPlace.size === 0) return ['nowhere: it has no struct pages']
  return [...bytesByPlace].map(([name, bytes]) => `${name}: ${formatBytes(bytes)}`)
}

function placeName(place: BackingPlace): string {
  switch (place.kind) {
    case 'node':
      return place.nodeId === undefined ? 'RAM, node unknown' : `node${place.nodeId} RAM`
    case 'device':
      return `${place.objectId} itself`
    case 'self':
      return `the memory itself, node${place.nodeId}`
    default:
      return assertNever(place)
  }
}

const MECHANISMS: Readonly<Record<Mechanism, string>> = {
  flat: 'flat: every struct page is backed',
  hvo: 'HVO: tail pages of hugepages share one page',
  'dax-dedup': 'DAX dedup: tail pages of each compound page share one page',
  altmap: 'altmap: on the namespace itself (map=dev)',
  'memmap-on-memory': 'memmap_on_memory: at the head of the memory itself',
  none: 'none: no struct pages',
}

function describeMechanism(extent: MemmapExtent): string {
  return MECHANISMS[extent.mechanism]
}

function describeCertainty(certainty: Certainty): string {
  return certainty === 'upper-bound' ? 'upper bound' : certainty
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}
