import type { SourceTree } from '../../shared/readers/source-tree'
import { joinPath } from './resolve-links'

/** Names that stand directly below the root of a snapshot. */
const ROOT_MARKS = ['manifest.json', 'proc', 'spec.yaml', 'sys']

/** sosreport and hwloc-gather-topology wrap everything in one directory; nobody wraps deeper than this. */
const MAX_WRAPPINGS = 4

/** The directory that holds `sys`, `proc` or `manifest.json`: the root, or below directories that hold nothing but one directory. */
export function findRoot(tree: SourceTree): string {
  let path = ''
  for (let depth = 0; depth <= MAX_WRAPPINGS; depth++) {
    const names = tree.list(path)
    if (names.some((name) => ROOT_MARKS.includes(name))) return path
    const directory = path
    const below = names.filter((name) => tree.kind(joinPath(directory, name)) === 'directory')
    const [only] = below
    if (only === undefined || below.length > 1) break
    path = joinPath(path, only)
  }
  return ''
}
