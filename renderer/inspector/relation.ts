/** Ids under a heading; those that the document does not have are dropped later. */
export type Relation = readonly [title: string, ids: readonly (string | undefined)[]]

export const nodeIdOf = (nodeId: number | undefined) =>
  nodeId === undefined ? undefined : `node${nodeId}`
export const packageIdOf = (packageId: number | undefined) =>
  packageId === undefined ? undefined : `package${packageId}`

/** Ids of the objects that are related. */
export function ids<T extends { readonly id: string }>(
  objects: readonly T[],
  isRelated: (object: T) => boolean,
): readonly string[] {
  return objects.filter(isRelated).map((object) => object.id)
}
