import {
  SyntheticMistake,
  type LevelType,
  type SyntheticLevel,
  type SyntheticLevels,
} from './levels'

/** A level whose type is settled; `width` is the number of its objects in the machine. */
export type PlacedLevel = Omit<SyntheticLevel, 'type'> & {
  readonly type: LevelType | 'Machine'
  readonly width: number
}

/** Enough for every machine that one could draw. */
const MOST_CPUS = 1 << 18
const MOST_OBJECTS = 8192
const ONLY_ONCE: readonly LevelType[] = ['Package', 'Die', 'NUMANode', 'Core', 'PU']

/**
 * Settles the types of all levels as hwloc_backend_synthetic_init does: the last level is the CPUs, bare numbers are
 * packages, nodes, caches and cores, and a machine without nodes gets one.
 * @throws SyntheticMistake for levels that hwloc refuses, and for more objects than can be shown
 */
export function placeLevels(levels: SyntheticLevels): readonly PlacedLevel[] {
  const [machine, ...rest] = levels
  const last = rest.at(-1)
  if (machine === undefined || last === undefined)
    throw new SyntheticMistake('there is no level', 1)
  if (last.type !== undefined && last.type !== 'PU') {
    throw new SyntheticMistake('the last level has to be pu', last.column)
  }
  const types = typesOf(rest)
  const withNode = addNode([machine, ...rest], ['Machine', ...types])
  let width = 1
  return withNode.map(({ level, type }) => {
    width *= level.count
    const most = type === 'PU' || type === 'Core' || type === 'Cache' ? MOST_CPUS : MOST_OBJECTS
    if (width > most) {
      throw new SyntheticMistake(`more than ${most} objects of type ${type}`, level.column)
    }
    if (width * level.attached.length > MOST_OBJECTS) {
      throw new SyntheticMistake(`more than ${MOST_OBJECTS} nodes`, level.column)
    }
    return { ...level, type, width }
  })
}

function typesOf(levels: readonly SyntheticLevel[]): readonly LevelType[] {
  const between = levels.slice(0, -1)
  const bare = between.find(({ type }) => type === undefined)
  const named = between.find(({ type }) => type !== undefined)
  if (bare !== undefined && named !== undefined) {
    throw new SyntheticMistake('either all levels have a type or none', bare.column)
  }
  if (bare !== undefined) return [...guessedTypes(between.length), 'PU']
  const types = levels.map(({ type }) => type ?? 'PU')
  for (const only of ONLY_ONCE) {
    const second = types.indexOf(only, types.indexOf(only) + 1)
    if (types.includes(only) && second >= 0) {
      throw new SyntheticMistake(`a second level of type ${only}`, levels[second]?.column ?? 1)
    }
  }
  return types
}

/** In priority node, package, core, up to four caches, groups; placed from the outside groups, package, node, caches, core. */
function guessedTypes(count: number): readonly LevelType[] {
  const caches = Math.min(4, Math.max(0, count - 3))
  const groups = Math.max(0, count - 3 - caches)
  return [
    ...Array<LevelType>(groups).fill('Group'),
    ...(count >= 2 ? (['Package'] as const) : []),
    'NUMANode',
    ...Array<LevelType>(caches).fill('Cache'),
    ...(count >= 3 ? (['Core'] as const) : []),
  ]
}

function addNode(
  levels: readonly SyntheticLevel[],
  types: readonly PlacedLevel['type'][],
): readonly { readonly level: SyntheticLevel; readonly type: PlacedLevel['type'] }[] {
  const placed = levels.map((level, index) => ({ level, type: types[index] ?? 'PU' }))
  const attached = levels.find((level) => level.attached.length > 0)
  const nodes = placed.find(({ type }) => type === 'NUMANode')
  if (nodes !== undefined && attached !== undefined) {
    throw new SyntheticMistake('nodes are either a level or in brackets', nodes.level.column)
  }
  const [machine, ...rest] = placed
  if (nodes !== undefined || attached !== undefined || machine === undefined) return placed
  const node = { type: undefined, count: 1, column: 1, attributes: {}, attached: [] }
  return [machine, { level: node, type: 'NUMANode' }, ...rest]
}
