import { FormatError } from '../../shared/model/errors'
import type { SourceTree } from '../../shared/readers/source-tree'
import { printable } from './printable'
import { joinPath } from './resolve-links'

/** Names that stand directly below the root of a snapshot, and hardly anywhere else. */
const ROOT_MARKS = ['manifest.json', 'proc', 'sos_commands', 'spec.yaml', 'sys']

/** Below other directories a name alone does not tell: the sources of the kernel have an `fs/proc`. */
const INNER_MARKS = [
  'sos_commands',
  'sys/bus',
  'sys/class',
  'sys/devices',
  'sys/firmware',
  'sys/kernel/mm',
  'proc/cpuinfo',
  'proc/iomem',
  'proc/meminfo',
]

/** sosreport and hwloc-gather-topology wrap everything in one directory; people put that into folders of theirs. */
const MAX_DEPTH = 6
/** A folder of a stranger may hold anything; looking for a root must not take long. */
const MOST_DIRECTORIES = 512
const MOST_NAMES = 1024

/**
 * The directory that holds `sys`, `proc` or `manifest.json`: the root itself, else the topmost one below any prefix.
 * '' where there is none, and where files beside several may be what is meant: then the root is taken as it is.
 * @throws FormatError `several-machines` where there are nothing but several machines
 */
export function findRoot(tree: SourceTree, name = 'the folder'): string {
  if (tree.list('').some((entry) => ROOT_MARKS.includes(entry))) return ''
  let visited = 0
  let level: readonly string[] = ['']
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    level = level.flatMap((path) =>
      tree
        .list(path)
        .slice(0, MOST_NAMES)
        .map((entry) => joinPath(path, entry))
        .filter((child) => visited++ < MOST_DIRECTORIES && isOwnDirectory(tree, child)),
    )
    const roots = level.filter((path) => isRoot(tree, path))
    const [only] = roots
    if (only !== undefined && roots.length === 1) return only
    if (roots.length > 1) {
      if (tree.list('').some((entry) => tree.kind(entry) === 'file')) return ''
      throw severalMachines(name, roots)
    }
  }
  return ''
}

/** A link could lead back up, and would only show the same machine again. */
function isOwnDirectory(tree: SourceTree, path: string): boolean {
  return tree.linkTarget(path) === undefined && tree.kind(path) === 'directory'
}

function isRoot(tree: SourceTree, path: string): boolean {
  return (
    tree.list(path).includes('manifest.json') ||
    INNER_MARKS.some((mark) => tree.kind(joinPath(path, mark)) !== undefined)
  )
}

function severalMachines(name: string, roots: readonly string[]): FormatError {
  const shown = roots.slice(0, 3).map(printable).join(', ')
  return new FormatError({
    code: 'several-machines',
    what: `it holds ${roots.length} machines (${shown}${roots.length > 3 ? ', …' : ''})`,
    where: printable(name),
    hint: 'open one of them',
  })
}
