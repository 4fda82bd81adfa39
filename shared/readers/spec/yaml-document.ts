import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml'
import { FormatError } from '../../model/errors'
import { KIB } from '../../model/units'

/** Some thousand lines; the parser needs a second and more for hostile texts beyond that. */
const MAX_TEXT_LENGTH = 128 * KIB
/** Values after aliases are followed: nested aliases could otherwise stand for more than memory holds. */
const MAX_VALUES = 20_000
const MAX_DEPTH = 24

/** A key or index for each level, from the root: ['pmem', 0, 'namespaces', 1, 'size']. */
export type Path = readonly (string | number)[]

/** Every scalar is a text: no number is rounded, no `6.10` becomes 6.1 and no `on` becomes true on the way. */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

/** A YAML file as plain data that knows on which line each value stands. */
export interface YamlDocument {
  readonly plain: Plain
  /** 1-based line of the value at `path`, or of the nearest thing around it. */
  lineOf(path: Path): number
  /** `file:line:column` of a value, or of its key. */
  placeOf(path: Path, part?: 'key' | 'value'): string
}

interface Offsets {
  readonly key: number
  readonly value: number
}

/**
 * Parses YAML 1.2 of the failsafe schema. Anchors and aliases are followed; tags and merge keys are not known.
 * @throws FormatError `spec-syntax` or `spec-too-large`
 */
export function parseYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  if (text.length > MAX_TEXT_LENGTH)
    throw tooLarge(file, `it has more than ${MAX_TEXT_LENGTH} characters`)
  const contents = parseContents(text, lines, place, file)
  const collector = new Collector(place)
  const plain = collector.collect(contents, [], 0)
  const offsetsOf = (path: Path): Offsets => {
    for (let length = path.length; length >= 0; length--) {
      const offsets = collector.offsets.get(pathKey(path.slice(0, length)))
      if (offsets !== undefined) return offsets
    }
    return { key: 0, value: 0 }
  }
  return {
    plain,
    lineOf: (path) => lines.linePos(offsetsOf(path).key).line,
    placeOf: (path, part = 'value') => place(offsetsOf(path)[part]),
  }
}

function parseContents(
  text: string,
  lines: LineCounter,
  place: (offset: number) => string,
  file: string,
): Node {
  const syntaxError = (where: string, what: string) =>
    new FormatError({
      code: 'spec-syntax',
      what,
      where,
      hint: 'correct the YAML; see docs/specification.md',
    })
  let document: ReturnType<typeof parseDocument>
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      schema: 'failsafe',
      resolveKnownTags: false,
      prettyErrors: false,
      // Its check compares every key of a map with every other one; Collector finds duplicates at once.
      uniqueKeys: false,
    })
  } catch (error) {
    // The composer calls itself for every level of nesting.
    if (error instanceof RangeError) throw tooLarge(file, 'it is nested too deep')
    throw error
  }
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined && /call stack/i.test(problem.message)) {
    throw tooLarge(place(problem.pos[0]), 'it is nested too deep')
  }
  if (problem !== undefined) {
    throw syntaxError(place(problem.pos[0]), `not valid YAML: ${firstSentence(problem.message)}`)
  }
  if (document.contents === null) throw syntaxError(`${file}:1:1`, 'the specification is empty')
  return document.contents
}

function firstSentence(message: string): string {
  return (message.split(/[\n;]/)[0] ?? '').replace(/[.:]$/, '').slice(0, 120)
}

function tooLarge(where: string, what: string): FormatError {
  return new FormatError({
    code: 'spec-too-large',
    what,
    where,
    hint: 'write it shorter: count, slot patterns and sizes stand for many objects',
  })
}

function pathKey(path: Path): string {
  return path.join('\0')
}

/** Copies nodes into plain data, follows aliases, and notes where each value stood. */
class Collector {
  readonly offsets = new Map<string, Offsets>()
  private readonly anchors = new Map<string, Node>()
  private values = 0

  constructor(private readonly place: (offset: number) => string) {}

  collect(node: Node, path: Path, keyOffset: number): Plain {
    const offset = node.range?.[0] ?? keyOffset
    this.values++
    if (this.values > MAX_VALUES) {
      throw tooLarge(this.place(offset), `with its aliases it has more than ${MAX_VALUES} values`)
    }
    if (path.length > MAX_DEPTH) throw tooLarge(this.place(offset), 'it is nested too deep')
    if (isAlias(node)) {
      const target = this.anchors.get(node.source)
      if (target === undefined) throw this.refuse(offset, `there is no anchor &${node.source}`)
      return this.collect(target, path, keyOffset)
    }
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node)
    this.offsets.set(pathKey(path), { key: keyOffset, value: offset })
    if (isScalar(node)) return String(node.value ?? '')
    if (isSeq<Node>(node)) {
      return node.items.map((item, index) =>
        this.collect(item, [...path, index], item.range?.[0] ?? offset),
      )
    }
    if (isMap<Node, Node | null>(node)) {
      const entries = new Map<string, Plain>()
      for (const { key, value } of node.items) {
        const at = key.range?.[0] ?? offset
        if (!isScalar(key)) throw this.refuse(at, 'a key must be a word')
        const name = String(key.value ?? '')
        if (entries.has(name)) throw this.refuse(at, `the key "${name.slice(0, 60)}" stands twice`)
        const inside = [...path, name]
        if (value === null) this.offsets.set(pathKey(inside), { key: at, value: at })
        entries.set(name, value === null ? '' : this.collect(value, inside, at))
      }
      return Object.fromEntries(entries)
    }
    throw this.refuse(offset, 'this is no YAML value')
  }

  private refuse(offset: number, what: string): FormatError {
    return new FormatError({
      code: 'spec-syntax',
      what,
      where: this.place(offset),
      hint: 'correct the YAML; see docs/specification.md',
    })
  }
}
