import type { SourceTree } from '../../shared/readers/source-tree'
import { joinPath, parentPath } from './resolve-links'

/** People put a few outputs of tools beside a dump; whoever puts more there means something else. */
const MOST_NAMES = 1024

/**
 * The tree of one machine with the files that stand beside it in the directories above (`ndctl.json` beside `host7/sys`),
 * as if they stood in its own root. What the machine's own root holds goes before them, and a lower directory before a higher.
 * @param tree the files below `root`
 * @param top the whole input
 * @param root the path of the machine in `top`
 */
export function withLooseFiles(tree: SourceTree, top: SourceTree, root: string): SourceTree {
  const taken = new Set(tree.list(''))
  const loose = new Map<string, string>()
  for (let directory = root; directory !== '';) {
    directory = parentPath(directory)
    for (const name of top.list(directory).slice(0, MOST_NAMES)) {
      const path = joinPath(directory, name)
      if (taken.has(name) || top.linkTarget(path) !== undefined || top.kind(path) !== 'file')
        continue
      taken.add(name)
      loose.set(name, path)
    }
  }
  return loose.size === 0 ? tree : new TreeWithLooseFiles(tree, top, loose)
}

class TreeWithLooseFiles implements SourceTree {
  private readonly names: readonly string[]

  constructor(
    private readonly tree: SourceTree,
    private readonly top: SourceTree,
    private readonly loose: ReadonlyMap<string, string>,
  ) {
    this.names = [...tree.list(''), ...loose.keys()].sort()
  }

  list(path: string): readonly string[] {
    return path === '' ? this.names : this.tree.list(path)
  }

  kind(path: string): 'file' | 'directory' | undefined {
    return this.loose.has(path) ? 'file' : this.tree.kind(path)
  }

  sizeBytes(path: string): number | undefined {
    return this.of(path, (tree, place) => tree.sizeBytes(place))
  }

  text(path: string): string | undefined {
    return this.of(path, (tree, place) => tree.text(place))
  }

  bytes(path: string): Uint8Array | undefined {
    return this.of(path, (tree, place) => tree.bytes(place))
  }

  pieces(path: string, pieceBytes: number): Iterable<Uint8Array> {
    return this.of(path, (tree, place) => tree.pieces(place, pieceBytes))
  }

  resolve(path: string): string | undefined {
    return this.loose.has(path) ? path : this.tree.resolve(path)
  }

  linkTarget(path: string): string | undefined {
    return this.loose.has(path) ? undefined : this.tree.linkTarget(path)
  }

  private of<T>(path: string, take: (tree: SourceTree, place: string) => T): T {
    const place = this.loose.get(path)
    return place === undefined ? take(this.tree, path) : take(this.top, place)
  }
}
