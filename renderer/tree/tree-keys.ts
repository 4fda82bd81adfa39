import type { TreeRow } from './tree-rows'

/** What a key does in a tree (WAI-ARIA Authoring Practices, Tree View Pattern). */
export type TreeMove =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'open' | 'close' | 'select'; readonly key: string }

const PAGE_ROWS = 12

/** The move of a named key on the row at `index`; undefined for keys that a tree does not know. */
export function treeMove(
  rows: readonly TreeRow[],
  index: number,
  key: string,
): TreeMove | undefined {
  const row = rows[index]
  if (row === undefined) return undefined
  const focus = (wanted: number): TreeMove => ({
    kind: 'focus',
    index: Math.min(rows.length - 1, Math.max(0, wanted)),
  })
  switch (key) {
    case 'ArrowDown':
      return focus(index + 1)
    case 'ArrowUp':
      return focus(index - 1)
    case 'PageDown':
      return focus(index + PAGE_ROWS)
    case 'PageUp':
      return focus(index - PAGE_ROWS)
    case 'Home':
      return focus(0)
    case 'End':
      return focus(rows.length - 1)
    case 'ArrowRight':
      if (row.isOpen === false) return { kind: 'open', key: row.item.key }
      return row.isOpen === true ? focus(index + 1) : undefined
    case 'ArrowLeft': {
      if (row.isOpen === true) return { kind: 'close', key: row.item.key }
      const parent = rows.findIndex((candidate) => candidate.item.key === row.parentKey)
      return parent < 0 ? undefined : focus(parent)
    }
    case 'Enter':
    case ' ':
      return { kind: 'select', key: row.item.key }
    default:
      return undefined
  }
}
