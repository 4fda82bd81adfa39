import { MIB } from '../model/units'
import type { SourceTree } from './source-tree'

/** A text of the input that is no file of the kernel's: the output of a tool, a saved XML, a paste. */
export interface SourceDocument {
  readonly path: string
  readonly text: string
}

/** Folders whose files are outputs of tools: those of a snapshot and of a sosreport (DOMAIN §13.1). */
const FOLDERS = [
  'cmd',
  'sos_commands/numa',
  'sos_commands/memory',
  'sos_commands/pmem',
  'sos_commands/cxl',
  'sos_commands/hardware',
  'sos_commands/lstopo',
  'sos_commands/processor',
  'sos_commands/pci',
  'sos_commands/kernel',
]

/** A folder of a stranger may hold anything; tools write a few dozen files. */
const MOST_DOCUMENTS = 512
/** Of all documents together: they are kept in memory and looked at by every reader. */
const MOST_CHARACTERS = 64 * MIB

const known = new WeakMap<SourceTree, readonly SourceDocument[]>()

/**
 * Paths of every text of the input that a tool may have written: files at its top (a loose file is the only one there),
 * in the folders of a snapshot and of a sosreport, each once where links lead to the same one. The kernel's own files
 * (sys/, proc/) are not among them.
 */
export function documentPathsOf(tree: SourceTree): readonly string[] {
  const paths = [
    ...FOLDERS.flatMap((folder) => tree.list(folder).map((name) => `${folder}/${name}`)),
    ...tree.list(''),
  ]
  const seen = new Set<string>()
  const found: string[] = []
  for (const path of paths) {
    if (found.length >= MOST_DOCUMENTS) break
    const target = tree.kind(path) === 'file' ? tree.resolve(path) : undefined
    if (target === undefined || seen.has(target)) continue
    seen.add(target)
    found.push(path)
  }
  return found
}

/** The texts of {@link documentPathsOf} that are not empty. Readers tell by the content what a document is. */
export function documentsOf(tree: SourceTree): readonly SourceDocument[] {
  const cached = known.get(tree)
  if (cached !== undefined) return cached
  let left = MOST_CHARACTERS
  const documents = documentPathsOf(tree).flatMap((path) => {
    const text = withoutCarriageReturns(tree.text(path) ?? '')
    if (text === '' || text.length > left) return []
    left -= text.length
    return [{ path, text }]
  })
  known.set(tree, documents)
  return documents
}

/** Texts that went through Windows end their lines with CR LF. */
function withoutCarriageReturns(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
}
