import type { SourceTree } from '../../shared/readers/source-tree'

/** The same tree without one folder at its top, so that a test sees what the rest of it says. */
export function treeWithout(tree: SourceTree, folder: string): SourceTree {
  const isGone = (path: string) => path === folder || path.startsWith(`${folder}/`)
  return {
    list: (path) =>
      isGone(path) ? [] : tree.list(path).filter((name) => path !== '' || name !== folder),
    kind: (path) => (isGone(path) ? undefined : tree.kind(path)),
    sizeBytes: (path) => (isGone(path) ? undefined : tree.sizeBytes(path)),
    text: (path) => (isGone(path) ? undefined : tree.text(path)),
    bytes: (path) => (isGone(path) ? undefined : tree.bytes(path)),
    pieces: (path, pieceBytes) => (isGone(path) ? [] : tree.pieces(path, pieceBytes)),
    resolve: (path) => (isGone(path) ? undefined : tree.resolve(path)),
    linkTarget: (path) => (isGone(path) ? undefined : tree.linkTarget(path)),
  }
}
