import { hostileNumber, hostileText } from './hostile'
import { allValues, parseJsonSyntax, printJsonSyntax, type JsonSyntax } from './json-syntax'
import { mutateText } from './mutate-text'
import type { Random } from './random'

/** Changes the values and keys of a JSON text; a text that is none is changed by lines. */
export function mutateJson(random: Random, text: string): string {
  const syntax = random.chance(0.15) ? undefined : parseJsonSyntax(text)
  if (syntax === undefined) return mutateText(random, text)
  let root = syntax
  const rounds = random.rounds(5)
  for (let round = 0; round < rounds; round++) {
    // Deep nesting is one of the changes; walking it again would need as much stack.
    if (printedDepth(root) > 200) break
    root = random.pick(OPERATIONS)(random, root)
  }
  const printed = print(root)
  return random.chance(0.05) ? printed.slice(0, random.below(printed.length)) : printed
}

function print(root: JsonSyntax): string {
  return printJsonSyntax(root)
}

function printedDepth(syntax: JsonSyntax): number {
  if (syntax.kind === 'raw') return 0
  const inside = syntax.kind === 'array' ? syntax.items : syntax.entries.map(([, value]) => value)
  return 1 + inside.reduce((most, value) => Math.max(most, printedDepth(value)), 0)
}

type Operation = (random: Random, root: JsonSyntax) => JsonSyntax

const OPERATIONS: readonly Operation[] = [
  (random, root) => replaceOne(random, root, () => raw(hostileNumber(random))),
  (random, root) => replaceOne(random, root, () => raw(JSON.stringify(hostileText(random)))),
  (random, root) => replaceOne(random, root, () => raw(JSON.stringify(hostileNumber(random)))),
  (random, root) => {
    const words = ['null', 'true', '[]', '{}', '[null]', '[[]]', '{"":{}}', '""', '']
    return replaceOne(random, root, () => raw(random.pick(words)))
  },
  // Values change places, also with values of another kind.
  (random, root) => replaceOne(random, root, () => copy(random.pick(allValues(root)))),
  (random, root) => replaceOne(random, root, () => copy(random.pick(allValues(root)))),
  // Nesting.
  (random, root) =>
    replaceOne(random, root, (value) => ({ kind: 'array', items: [value, copy(value)] })),
  (random, root) => {
    const depth = random.pick([2, 60, 70, 5000, 100_000])
    return replaceOne(random, root, (value) =>
      value.kind === 'raw'
        ? raw('['.repeat(depth) + value.text + ']'.repeat(depth))
        : raw('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
    )
  },
  // Keys.
  (random, root) => {
    changeObject(random, root, (entries) => entries.splice(random.below(entries.length), 1))
    return root
  },
  (random, root) => {
    changeObject(random, root, (entries) => {
      const [key, value] = random.pick(entries)
      entries.push([key, random.chance(0.5) ? copy(value) : raw(hostileNumber(random))])
    })
    return root
  },
  (random, root) => {
    const keys = allValues(root).flatMap((value) =>
      value.kind === 'object' ? value.entries.map(([key]) => key) : [],
    )
    changeObject(random, root, (entries) => {
      const entry = random.pick(entries)
      entry[0] = random.chance(0.7) ? random.pick(keys) : JSON.stringify(hostileText(random))
    })
    return root
  },
  // Lists.
  (random, root) => {
    const lists = allValues(root).flatMap((value) => (value.kind === 'array' ? [value] : []))
    if (lists.length === 0) return root
    const { items } = random.pick(lists)
    if (items.length === 0) return root
    const at = random.below(items.length)
    if (random.chance(0.3)) items.splice(at, 1)
    else items.push(...Array.from({ length: random.pick([1, 2, 400]) }, () => copy(items[at])))
    return root
  },
]

function raw(text: string): JsonSyntax {
  return { kind: 'raw', text }
}

function copy(value: JsonSyntax | undefined): JsonSyntax {
  return value === undefined ? raw('null') : structuredClone(value)
}

/** Replaces one value, wherever it stands. */
function replaceOne(
  random: Random,
  root: JsonSyntax,
  replacement: (value: JsonSyntax) => JsonSyntax,
): JsonSyntax {
  const chosen = random.pick(allValues(root))
  if (chosen === root) return replacement(root)
  for (const parent of allValues(root)) {
    if (parent.kind === 'array') {
      const at = parent.items.indexOf(chosen)
      if (at >= 0) parent.items[at] = replacement(chosen)
    }
    if (parent.kind === 'object') {
      const entry = parent.entries.find(([, value]) => value === chosen)
      if (entry !== undefined) entry[1] = replacement(chosen)
    }
  }
  return root
}

function changeObject(
  random: Random,
  root: JsonSyntax,
  change: (entries: [string, JsonSyntax][]) => unknown,
): void {
  const objects = allValues(root).flatMap((value) =>
    value.kind === 'object' && value.entries.length > 0 ? [value.entries] : [],
  )
  if (objects.length > 0) change(random.pick(objects))
}
