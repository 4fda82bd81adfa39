import type { SourceTree } from '../../shared/readers/source-tree'
import { joinPath } from './resolve-links'

/** Names that stand directly below the root of a snapshot. */
const ROOT_MARKS = ['manifest.json', 'proc', 'spec.yaml', 'sys']

/** sosreport and hwloc-gather-topology wrap everything in one directory; people put that into folders of theirs. */
const MAX_DEPTH = 6
/** A folder of a stranger may hold anything; looking for a root must not take long. */
const MOST_DIRECTORIES = 200

/**
 * The directory that holds `sys`, `proc` or `manifest.json`: the topmost one, if there is one alone. Else the root itself:
 * of two machines side by side neither is meant.
 */
export function findRoot(tree: SourceTree): string {
  let level: readonly string[] = ['']
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const roots = level.filter((path) => tree.list(path).some((name) => ROOT_MARKS.includes(name)))
    const [only, ...others] = roots
    if (only !== undefined) return others.length === 0 ? only : ''
    level = level.flatMap((path) => directoriesIn(tree, path)).slice(0, MOST_DIRECTORIES)
  }
  return ''
}

function directoriesIn(tree: SourceTree, path: string): readonly string[] {
  return tree
    .list(path)
    .slice(0, MOST_DIRECTORIES)
    .map((name) => joinPath(path, name))
    .filter((child) => tree.kind(child) === 'directory')
}
