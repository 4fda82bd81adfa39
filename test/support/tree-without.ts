import type { SourceTree } from '../../shared/readers/source-tree'

/** The same tree without one folder and all below it, so that a test sees what the rest of it says. */
export function treeWithout(tree: SourceTree, folder: string): SourceTree {
  return treeHiding(tree, (path) => path === folder || path.startsWith(`${folder}/`))
}

/** The same tree without the paths for which `isGone` answers true; what links lead to is not asked. */
export function treeHiding(tree: SourceTree, isGone: (path: string) => boolean): SourceTree {
  const below = (path: string, name: string) => (path === '' ? name : `${path}/${name}`)
  return {
    list: (path) =>
      isGone(path) ? [] : tree.list(path).filter((name) => !isGone(below(path, name))),
    kind: (path) => (isGone(path) ? undefined : tree.kind(path)),
    sizeBytes: (path) => (isGone(path) ? undefined : tree.sizeBytes(path)),
    text: (path) => (isGone(path) ? undefined : tree.text(path)),
    bytes: (path) => (isGone(path) ? undefined : tree.bytes(path)),
    pieces: (path, pieceBytes) => (isGone(path) ? [] : tree.pieces(path, pieceBytes)),
    resolve: (path) => (isGone(path) ? undefined : tree.resolve(path)),
    linkTarget: (path) => (isGone(path) ? undefined : tree.linkTarget(path)),
  }
}
