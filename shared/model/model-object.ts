import type { Source } from './source'

/** Unique in one topology: `machine`, `package0`, `node0`, `dimm:P0_A1`, `nmem0`, `region0`, `namespace0.3`, `dax0.3`, `memory32`. */
export type ObjectId = string

/**
 * What every object of the model has. A field that is not known is absent: never 0, null or ''.
 * `sources` names, for each present field, where its value came from.
 */
export interface ModelObject {
  readonly id: ObjectId
  readonly sources: Readonly<Record<string, Source>>
}
