import type { TreeItem } from './tree-item'

/** One visible line, with what a screen reader must know about its place. */
export interface TreeRow {
  readonly item: TreeItem
  /** From 1. */
  readonly level: number
  readonly positionInSet: number
  readonly setSize: number
  /** Undefined for a line without anything below it. */
  readonly isOpen: boolean | undefined
  readonly parentKey: string | undefined
}

/** The lines that are visible when the lines in `open` are open, from top to bottom. */
export function visibleRows(root: TreeItem, open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = []
  const visit = (siblings: readonly TreeItem[], level: number, parentKey: string | undefined) => {
    siblings.forEach((item, index) => {
      const hasChildren = item.children.length > 0
      const isOpen = hasChildren ? open.has(item.key) : undefined
      rows.push({
        item,
        level,
        positionInSet: index + 1,
        setSize: siblings.length,
        isOpen,
        parentKey,
      })
      if (isOpen === true) visit(item.children, level + 1, item.key)
    })
  }
  visit([root], 1, undefined)
  return rows
}

/** Keys of the lines above the first line of an object, outermost first; undefined when it is not in the tree. */
export function pathToObject(root: TreeItem, objectId: string): readonly string[] | undefined {
  if (root.objectId === objectId) return []
  for (const child of root.children) {
    const below = pathToObject(child, objectId)
    if (below !== undefined) return [root.key, ...below]
  }
  return undefined
}

/** Ids of the objects whose name or description holds `query`, letter case aside, in tree order and each once. */
export function findObjects(root: TreeItem, query: string): readonly string[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const found = new Set<string>()
  const visit = (item: TreeItem) => {
    const text = `${item.label} ${item.objectId ?? ''} ${item.detail ?? ''}`.toLowerCase()
    if (item.objectId !== undefined && text.includes(wanted)) found.add(item.objectId)
    item.children.forEach(visit)
  }
  visit(root)
  return [...found]
}

/** Index of the next row, after `from` and around the end, whose label starts with `typed`; undefined if none does. */
export function typeahead(
  rows: readonly TreeRow[],
  from: number,
  typed: string,
): number | undefined {
  const wanted = typed.toLowerCase()
  // A longer word goes on with the row it already found; a single letter goes to the next one.
  const first = typed.length > 1 ? 0 : 1
  for (let step = first; step <= rows.length; step++) {
    const index = (from + step) % rows.length
    if (rows[index]?.item.label.toLowerCase().startsWith(wanted) === true) return index
  }
  return undefined
}
