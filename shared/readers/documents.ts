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

const known = new WeakMap<SourceTree, Documents>()

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

interface Documents {
  readonly read: readonly SourceDocument[]
  /** Paths of what is too large to be looked at, alone or together with the others. */
  readonly unread: readonly string[]
}

/** The texts of {@link documentPathsOf} that are not empty. Readers tell by the content what a document is. */
export function documentsOf(tree: SourceTree): readonly SourceDocument[] {
  return openDocuments(tree).read
}

/** Documents that no reader of texts saw because they are too large; XML, which is read in pieces, is not among them. */
export function unreadDocumentsOf(tree: SourceTree): readonly string[] {
  return openDocuments(tree).unread
}

function openDocuments(tree: SourceTree): Documents {
  const cached = known.get(tree)
  if (cached !== undefined) return cached
  let left = MOST_CHARACTERS
  const read: SourceDocument[] = []
  const unread: string[] = []
  for (const path of documentPathsOf(tree)) {
    const whole = tree.text(path)
    const text = withoutCarriageReturns(whole ?? '')
    if (whole === undefined ? isLargeText(tree, path) : text.length > left) unread.push(path)
    else if (text !== '') {
      left -= text.length
      read.push({ path, text })
    }
  }
  const documents = { read, unread }
  known.set(tree, documents)
  return documents
}

/** White space and the three bytes of UTF-8's byte order mark. */
const SPACE_OR_MARK = [0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]
const LESS_THAN = 0x3c

/** True for a file that has bytes but gives no text, and does not begin like XML. */
function isLargeText(tree: SourceTree, path: string): boolean {
  for (const piece of tree.pieces(path, 64)) {
    const first = piece.find((byte) => !SPACE_OR_MARK.includes(byte))
    return first !== undefined && first !== LESS_THAN
  }
  return false
}

/** Texts that went through Windows end their lines with CR LF. */
function withoutCarriageReturns(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
}
