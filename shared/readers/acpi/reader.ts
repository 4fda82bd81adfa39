import { ByteView } from '../byte-view'
import { documentsOf } from '../documents'
import type { Facts, Reader, ReaderContext } from '../facts'
import { firmwareFilesOf, MOST_TABLE_BYTES } from '../firmware-files'
import type { SourceTree } from '../source-tree'
import { dumpedTables, isAcpidump } from './acpidump'
import { readCedt } from './cedt'
import { readHmat, type HmatFacts } from './hmat'
import { hmatMatrices, slitMatrix } from './matrices'
import { readNfit } from './nfit'
import { readSlit } from './slit'
import { readSrat } from './srat'
import { readTable, type AcpiTable, type Wrong } from './table'

const TABLES = 'sys/firmware/acpi/tables'
/** Tables that firmware adds at run time are in `dynamic`; `data` has what they point to. */
const FOLDERS = [TABLES, `${TABLES}/dynamic`, `${TABLES}/data`]
const SIGNATURES = ['SRAT', 'SLIT', 'HMAT', 'NFIT', 'CEDT'] as const
type Signature = (typeof SIGNATURES)[number]
/** Machines have some dozens, most of them SSDTs. */
const MOST_TABLES = 512
/** A table that is wrong in one place is often wrong in thousands. */
const MOST_PROBLEMS = 8

/** Tables of ACPI that say something about memory, out of sysfs, as loose files, or in the text of acpidump. */
export const acpiReader: Reader = {
  id: 'acpi',
  title: 'ACPI tables SRAT, SLIT, HMAT, NFIT, CEDT (raw, or acpidump)',
  inputKind: 'sysfs',
  sniff: (tree) =>
    tablePaths(tree).length > 0 ||
    firmwareFilesOf(tree).some(({ kind }) => kind === 'acpi-table') ||
    documentsOf(tree).some(({ text }) => isAcpidump(text)),
  read(tree, context): Facts {
    const tables = new Map<Signature, AcpiTable>()
    for (const { path, bytes } of tableFiles(tree)) {
      const signature = signatureOf(bytes)
      // The first of several is the one in sysfs; a dump beside it says the same.
      if (signature === undefined || tables.has(signature)) continue
      const table = readTable(new ByteView(bytes), path, wrongIn(path, context))
      if (table !== undefined) tables.set(signature, table)
    }
    if (tables.size === 0) refuseOthers(tree, context)
    return factsOf(tables, context)
  },
}

function refuseOthers(tree: SourceTree, context: ReaderContext): void {
  const other = firmwareFilesOf(tree).find(({ kind }) => kind === 'acpi-table')
  if (other === undefined) return
  const signature = new ByteView(tree.bytes(other.path) ?? new Uint8Array()).latin1(0, 4)
  context.refuse({
    code: 'acpi-without-memory',
    what: `the ACPI table ${signature} says nothing about memory`,
    where: other.path,
    hint: `give one of ${SIGNATURES.join(', ')}`,
  })
}

function factsOf(tables: ReadonlyMap<Signature, AcpiTable>, context: ReaderContext): Facts {
  const read = <T>(signature: Signature, parse: (table: AcpiTable, wrong: Wrong) => T) => {
    const table = tables.get(signature)
    return table === undefined ? undefined : parse(table, wrongIn(table.path, context))
  }
  const srat = read('SRAT', readSrat)
  const nfit = read('NFIT', readNfit)
  const cxlWindows = read('CEDT', readCedt)
  const distances = read('SLIT', readSlit)
  const hmat = read('HMAT', readHmat)
  return {
    ...((srat !== undefined || nfit !== undefined) && {
      firmwareRanges: [...(srat ?? []), ...(nfit?.firmwareRanges ?? [])],
    }),
    ...(nfit !== undefined && { nvdimms: nfit.nvdimms, regions: nfit.regions }),
    ...(cxlWindows !== undefined && { cxlWindows }),
    ...((distances !== undefined || hmat !== undefined) && {
      distanceMatrices: [
        ...(distances === undefined ? [] : [slitMatrix(distances)]),
        ...hmatMatrices(hmat?.matrices ?? []),
      ],
      proximity: {
        ...(distances !== undefined && { distances }),
        caches: hmat?.caches ?? [],
        initiators: hmat?.initiators ?? [],
        access: accessOf(hmat),
      },
    }),
  }
}

function accessOf(hmat: HmatFacts | undefined) {
  return (hmat?.matrices ?? [])
    .filter(({ hierarchy }) => hierarchy === 0)
    .map(({ measures, initiatorDomains, targetDomains, values, path }) => ({
      measures,
      initiatorDomains,
      targetDomains,
      values,
      path,
    }))
}

interface TableFile {
  readonly path: string
  readonly bytes: Uint8Array
}

function* tableFiles(tree: SourceTree): Iterable<TableFile> {
  const loose = firmwareFilesOf(tree).filter(({ kind }) => kind === 'acpi-table')
  for (const path of [...tablePaths(tree), ...loose.map((file) => file.path)]) {
    const bytes = tree.bytes(path)
    if (bytes !== undefined && bytes.length <= MOST_TABLE_BYTES) yield { path, bytes }
  }
  for (const { path, text } of documentsOf(tree)) {
    if (!isAcpidump(text)) continue
    for (const { name, bytes } of dumpedTables(text)) yield { path: `${path} · ${name}`, bytes }
  }
}

/** Files of the kernel's folders that begin with a signature of ours: `SSDT12` and the like are not read. */
function tablePaths(tree: SourceTree): readonly string[] {
  return FOLDERS.flatMap((folder) => tree.list(folder).map((name) => `${folder}/${name}`))
    .slice(0, MOST_TABLES)
    .filter((path) => tree.kind(path) === 'file' && headOf(tree, path) !== undefined)
}

function headOf(tree: SourceTree, path: string): Signature | undefined {
  for (const piece of tree.pieces(path, 64)) return signatureOf(piece)
  return undefined
}

function signatureOf(bytes: Uint8Array): Signature | undefined {
  const text = new ByteView(bytes).latin1(0, 4)
  return SIGNATURES.find((signature) => signature === text)
}

function wrongIn(path: string, context: ReaderContext): Wrong {
  let count = 0
  return (message) => {
    count++
    if (count > MOST_PROBLEMS) return
    const more = count === MOST_PROBLEMS ? ' (further faults of this table are not told)' : ''
    context.diagnose({
      severity: 'warning',
      code: 'firmware-table',
      where: path,
      message: message + more,
    })
  }
}
