import { documentsOf } from '../documents'
import type { SourceTree } from '../source-tree'
import type { Sourced, TreeFiles } from '../tree-files'

/** How a file of /proc looks that somebody saved or pasted alone. None of the patterns crosses a line. */
const LOOKS = {
  version: /^Linux version \d\S{0,80} \(/,
  iomem: /^ {0,8}[\da-f]{8,16}-[\da-f]{8,16} : \S/m,
  meminfo: /^MemTotal: +\d{1,20} kB$/m,
  zoneinfo: /^ +spanned +\d{1,20}$/m,
  buddyinfo: /^Node \d{1,7}, zone +\S{1,20}(?: +\d{1,12}){2}/m,
  pagetypeinfo: /^Page block order: \d{1,3}$/m,
  vmstat: /^nr_free_pages \d{1,20}$/m,
} as const

export type ProcFile = keyof typeof LOOKS

export const PROC_FILES = Object.keys(LOOKS) as readonly ProcFile[]

/**
 * A file of /proc: at its place, else a document of the input that looks like it (a person pasted what `cat` printed).
 * A place that the kernel would not let the capture read counts as missing.
 */
export function procText(files: TreeFiles, name: ProcFile): Sourced<string> {
  const placed = files.text(`proc/${name}`)
  if (placed[0] !== undefined) return placed
  const document = looseDocument(files.tree, name)
  return document === undefined ? placed : [document.text, files.source(document.path)]
}

/** True where the file is there, at its place or loose. */
export function hasProcFile(tree: SourceTree, name: ProcFile): boolean {
  return tree.kind(`proc/${name}`) === 'file' || looseDocument(tree, name) !== undefined
}

function looseDocument(
  tree: SourceTree,
  name: ProcFile,
): { readonly path: string; readonly text: string } | undefined {
  const alike = documentsOf(tree).filter(({ text }) => LOOKS[name].test(text))
  // The last lines of pagetypeinfo look like those of buddyinfo.
  const isOther = ({ text }: { readonly text: string }) =>
    name === 'buddyinfo' && LOOKS.pagetypeinfo.test(text)
  return alike.find((document) => !isOther(document)) ?? alike[0]
}
