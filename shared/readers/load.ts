import type { Diagnostic } from '../model/diagnostic'
import { FormatError } from '../model/errors'
import type { InputKind, Topology } from '../model/topology'
import { checkTopology } from '../model/topology-schema'
import { assemble } from './assemble/assemble'
import { unreadDocumentsOf } from './documents'
import type { Facts, Reader, ReaderContext } from './facts'
import { readers } from './registry'
import type { OpenedTree, ReportProgress } from './source-tree'
import { nothingRecognised } from './unrecognised'

/**
 * Reads an opened input with every reader that recognises something in it, and joins what they found.
 * A reader that fails costs its own facts and one diagnostic.
 * @throws FormatError `nothing-recognised` when no reader knows anything in the input
 */
export function loadTopology(opened: OpenedTree, report: ReportProgress): Topology {
  const matching = readers.filter((reader) => reader.sniff(opened.tree))
  if (matching.length === 0) throw nothingRecognised(opened)
  const diagnostics: Diagnostic[] = [...opened.diagnostics]
  const context: ReaderContext = {
    report,
    diagnose: (diagnostic) => void diagnostics.push(diagnostic),
    refuse(parts) {
      if (opened.origin === 'file') throw new FormatError(parts)
      const { code, where, what, hint } = parts
      diagnostics.push({ severity: 'error', code, where, message: `${what}; ${hint}` })
    },
  }
  reportUnread(opened, diagnostics)
  const facts: Facts[] = []
  matching.forEach((reader, index) => {
    report({ phase: 'reading', done: index, total: matching.length })
    facts.push(readOrDiagnose(reader, opened, context))
  })
  report({ phase: 'joining', done: matching.length, total: matching.length })
  return checkTopology(
    assemble(facts, {
      input: { name: opened.name, kind: inputKind(opened, matching) },
      diagnostics,
    }),
  )
}

const MOST_UNREAD = 5

/** What is too large to be looked at is missing in silence otherwise. */
function reportUnread({ tree }: OpenedTree, diagnostics: Diagnostic[]): void {
  const unread = unreadDocumentsOf(tree)
  for (const where of unread.slice(0, MOST_UNREAD)) {
    diagnostics.push({
      severity: 'warning',
      code: 'document-too-large',
      where,
      message: 'too large for the output of a tool, so it was not read',
    })
  }
  if (unread.length > MOST_UNREAD) {
    diagnostics.push({
      severity: 'warning',
      code: 'document-too-large',
      where: 'input',
      message: `${unread.length - MOST_UNREAD} more files are too large and were not read`,
    })
  }
}

function readOrDiagnose(reader: Reader, opened: OpenedTree, context: ReaderContext): Facts {
  try {
    return reader.read(opened.tree, context)
  } catch (error) {
    // A FormatError speaks about the whole input: a specification with a mistake has no other part to show.
    if (error instanceof FormatError) throw error
    context.diagnose({
      severity: 'error',
      code: 'reader-failed',
      where: reader.id,
      message: `this part could not be read (${error instanceof Error ? error.message : 'unknown fault'}); the rest is shown`,
    })
    return {}
  }
}

function inputKind(opened: OpenedTree, matching: readonly Reader[]): InputKind {
  if (opened.origin === 'live') return 'live'
  const named = (['folioscope', 'sosreport', 'spec'] as const).find((kind) =>
    matching.some((reader) => reader.inputKind === kind),
  )
  return named ?? matching[0]?.inputKind ?? 'sysfs'
}
