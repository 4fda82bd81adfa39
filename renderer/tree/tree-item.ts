import type { PaintId } from '../../shared/layout/display-list'
import type { ObjectEntry } from '../document/object-index'

/** One line of the tree with what lies below it. */
export interface TreeItem {
  /** Unique in the tree; an object may stand in it more than once. */
  readonly key: string
  /** What selecting the line selects; a group selects nothing. */
  readonly objectId?: string
  readonly label: string
  readonly detail?: string
  readonly sizeBytes?: number
  /** Resident struct-page bytes of this object's memory. */
  readonly structPageBytes?: number
  /** The colour that the drawing gives this object. */
  readonly paint?: PaintId
  readonly children: readonly TreeItem[]
}

/** Makes the line of an object below the line `parentKey`. */
export type MakeTreeItem = (
  parentKey: string,
  entry: ObjectEntry,
  children?: (key: string) => readonly TreeItem[],
) => TreeItem

/** A line that stands for several objects and selects none; nothing where there are none. */
export function group(
  key: string,
  label: string,
  lines: (key: string) => readonly TreeItem[],
  options: { readonly isSummed: boolean } = { isSummed: true },
): readonly TreeItem[] {
  const children = lines(key)
  if (children.length === 0) return []
  const sizes = children.map((child) => child.sizeBytes).filter(isKnown)
  return [
    {
      key,
      label,
      detail: String(children.length),
      ...(options.isSummed && sizes.length === children.length && { sizeBytes: sum(sizes) }),
      children,
    },
  ]
}

export function isKnown(value: number | undefined): value is number {
  return value !== undefined
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
