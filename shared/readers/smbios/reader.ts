import { ByteView } from '../byte-view'
import type { Facts, Reader, ReaderContext } from '../facts'
import { firmwareFilesOf, MOST_TABLE_BYTES } from '../firmware-files'
import type { SourceTree } from '../source-tree'
import { factsOfStructures, type PlacedStructure } from './decode'
import { readEntryPoint, type EntryPoint } from './entry-point'
import { readStructures } from './structures'

const TABLE = 'sys/firmware/dmi/tables/DMI'
const ENTRY_POINT = 'sys/firmware/dmi/tables/smbios_entry_point'
const ENTRIES = 'sys/firmware/dmi/entries'
/** `17-0`: type and running number; the only types that say something about memory. */
const ENTRY_NAME = /^(1|16|17|19|20)-\d{1,5}$/
/** A table that is wrong in one place is often wrong in thousands. */
const MOST_PROBLEMS = 8

/** Raw SMBIOS: the tables of sysfs, its single entries, and loose files such as those of `dmidecode --dump-bin`. */
export const smbiosReader: Reader = {
  id: 'smbios',
  title: 'SMBIOS tables, raw (memory modules and slots)',
  inputKind: 'sysfs',
  sniff: (tree) =>
    tree.kind(TABLE) === 'file' ||
    entryPaths(tree).length > 0 ||
    firmwareFilesOf(tree).some(({ kind }) => kind !== 'acpi-table'),
  read(tree, context): Facts {
    const told = new Map<string, number>()
    const wrong = (problem: string, path: string) => {
      const count = (told.get(path) ?? 0) + 1
      told.set(path, count)
      if (count <= MOST_PROBLEMS) diagnose(context, path, problem)
    }
    const facts = factsOfStructures(structuresOf(tree, context, wrong), wrong)
    for (const [path, count] of told) {
      if (count > MOST_PROBLEMS) {
        diagnose(context, path, `${count - MOST_PROBLEMS} more faults of this table`)
      }
    }
    return facts
  },
}

type Wrong = (problem: string, path: string) => void

/** The whole table where the kernel gives it, else its single entries, else loose files; each says the same. */
function structuresOf(
  tree: SourceTree,
  context: ReaderContext,
  wrong: Wrong,
): readonly PlacedStructure[] {
  const table = tableBytes(tree, TABLE)
  if (table !== undefined) {
    const header = tableBytes(tree, ENTRY_POINT)
    const entry = header === undefined ? undefined : checkedEntryPoint(header, ENTRY_POINT, wrong)
    return structuresIn(table, { path: TABLE, entry, wrong })
  }
  const entries = entryPaths(tree)
  if (entries.length > 0) return entries.flatMap((path) => structuresOfEntry(tree, path, wrong))
  return looseStructures(tree, context, wrong)
}

function structuresOfEntry(
  tree: SourceTree,
  path: string,
  wrong: Wrong,
): readonly PlacedStructure[] {
  const bytes = tableBytes(tree, path)
  return bytes === undefined ? [] : structuresIn(bytes, { path, entry: undefined, wrong })
}

function looseStructures(
  tree: SourceTree,
  context: ReaderContext,
  wrong: Wrong,
): readonly PlacedStructure[] {
  const loose = firmwareFilesOf(tree)
  const bare = loose.find(({ kind }) => kind === 'smbios-table')
  for (const { path, kind } of loose) {
    if (kind !== 'smbios-entry-point') continue
    const bytes = tableBytes(tree, path)
    const entry = bytes === undefined ? undefined : checkedEntryPoint(bytes, path, wrong)
    if (bytes === undefined || entry === undefined) continue
    const start = entry.tableAddress
    if (start < BigInt(bytes.length)) {
      const table = bytes.slice(Number(start), Number(start) + entry.tableBytes)
      return structuresIn(table, { path, entry, wrong })
    }
    if (bare !== undefined) continue
    context.refuse({
      code: 'smbios-without-table',
      what: `this is the entry point of SMBIOS ${entry.major}.${entry.minor} alone, without the table at ${`0x${start.toString(16)}`}`,
      where: path,
      hint: 'give the file DMI beside it, too, or the output of dmidecode --dump-bin',
    })
  }
  const bytes = bare === undefined ? undefined : tableBytes(tree, bare.path)
  if (bare === undefined || bytes === undefined) return []
  return structuresIn(bytes, { path: bare.path, entry: undefined, wrong })
}

function checkedEntryPoint(bytes: ByteView, path: string, wrong: Wrong): EntryPoint | undefined {
  const entry = readEntryPoint(bytes)
  if (entry === undefined) wrong('this is no complete entry point of SMBIOS', path)
  for (const problem of entry?.problems ?? []) wrong(problem, path)
  return entry
}

function structuresIn(
  table: ByteView,
  from: {
    readonly path: string
    readonly entry: EntryPoint | undefined
    readonly wrong: Wrong
  },
): readonly PlacedStructure[] {
  const { path, entry, wrong } = from
  // Entry point 3 gives the largest possible length only; the kernel trims the file to the real one.
  if (entry !== undefined && entry.anchor !== '_SM3_' && entry.tableBytes > table.length) {
    wrong(`the entry point promises ${entry.tableBytes} bytes, there are ${table.length}`, path)
  }
  const { structures, problems } = readStructures(table, entry?.structureCount)
  for (const problem of problems) wrong(problem, path)
  return structures.map((structure) => ({ structure, path }))
}

function entryPaths(tree: SourceTree): readonly string[] {
  return tree
    .list(ENTRIES)
    .filter((name) => ENTRY_NAME.test(name))
    .map((name) => `${ENTRIES}/${name}/raw`)
    .filter((path) => tree.kind(path) === 'file')
}

function tableBytes(tree: SourceTree, path: string): ByteView | undefined {
  const bytes = tree.bytes(path)
  if (bytes === undefined || bytes.length === 0 || bytes.length > MOST_TABLE_BYTES) return undefined
  return new ByteView(bytes)
}

function diagnose(context: ReaderContext, where: string, message: string): void {
  context.diagnose({ severity: 'warning', code: 'firmware-table', where, message })
}
