import type { Bytes } from '../../model/units'

export type LevelType = 'Group' | 'Package' | 'Die' | 'NUMANode' | 'Cache' | 'Core' | 'PU'

export interface SyntheticAttributes {
  readonly memoryBytes?: Bytes
  readonly memorySideCacheBytes?: Bytes
  /** As written: `3,5`, `2*2:1*2` or `pack:core`. */
  readonly indexes?: { readonly text: string; readonly column: number }
}

/** One level of the tree: how many objects each one of the level above has. */
export interface SyntheticLevel {
  /** Undefined for a bare number. */
  readonly type: LevelType | undefined
  /** Levels of caches, of which there may be several. */
  readonly cacheLevel?: number
  readonly count: number
  readonly column: number
  readonly attributes: SyntheticAttributes
  /** Nodes in brackets behind the level: each object of it has one of each. */
  readonly attached: readonly SyntheticAttributes[]
}

/** The machine is the level at 0, with a count of 1 and no type. */
export type SyntheticLevels = readonly SyntheticLevel[]

/** Something that hwloc's rules forbid; `column` from 1. */
export class SyntheticMistake extends Error {
  constructor(
    readonly what: string,
    readonly column: number,
    readonly hint = 'write levels such as `pack:2 [numa(memory=64GiB)] core:8 pu:2`',
  ) {
    super(`${column}: ${what}`)
    this.name = 'SyntheticMistake'
  }
}

const NAMES: readonly (readonly [name: string, type: LevelType])[] = [
  ['group', 'Group'],
  ['tile', 'Group'],
  ['module', 'Group'],
  ['cluster', 'Group'],
  ['package', 'Package'],
  ['socket', 'Package'],
  ['die', 'Die'],
  ['numanode', 'NUMANode'],
  ['node', 'NUMANode'],
  ['core', 'Core'],
  ['pu', 'PU'],
]
const CACHE = /^l([1-5])[diu]?(?:c(?:ache)?)?$/
/** hwloc takes as few letters (hwloc_type_sscanf). */
const LEAST_LETTERS = 2

/** What a word for a level means; case does not matter and the beginning of a name will do. */
export function levelTypeOf(
  word: string,
): { readonly type: LevelType; readonly cacheLevel?: number } | undefined {
  const lower = word.toLowerCase()
  const cacheLevel = CACHE.exec(lower)?.[1]
  if (cacheLevel !== undefined) return { type: 'Cache', cacheLevel: Number(cacheLevel) }
  if (lower.length < LEAST_LETTERS) return undefined
  const type = NAMES.find(([name]) => name.startsWith(lower))?.[1]
  return type === undefined ? undefined : { type }
}
