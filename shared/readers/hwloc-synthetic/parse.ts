import { MAX_PHYSICAL_BYTES, parseNumber } from '../../model/units'
import {
  levelTypeOf,
  SyntheticMistake,
  type SyntheticAttributes,
  type SyntheticLevel,
  type SyntheticLevels,
} from './levels'

/** HWLOC_SYNTHETIC_MAX_DEPTH (hwloc/topology-synthetic.c). */
const MOST_LEVELS = 128
const MOST_ATTACHED = 64

/** Unlike everywhere else here kB, MB … are powers of 1000: hwloc_synthetic_parse_memory_attr since hwloc 2.0. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  tb: 1000 ** 4,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
}

type OpenLevel = SyntheticLevel & { readonly attached: SyntheticAttributes[] }

/**
 * Reads the description of a synthetic topology as `lstopo -i` takes it ("Synthetic topologies" in hwloc's manual).
 * Whether the levels fit together is not looked at yet.
 * @throws SyntheticMistake with the column
 */
export function parseSynthetic(text: string): SyntheticLevels {
  return new Parser(text).parse()
}

class Parser {
  private at = 0

  constructor(private readonly text: string) {}

  parse(): SyntheticLevels {
    this.skipSpace()
    const levels: OpenLevel[] = [
      { type: undefined, count: 1, column: 1, attributes: this.attributes('level'), attached: [] },
    ]
    for (this.skipSpace(); this.at < this.text.length; this.skipSpace()) {
      if (this.text[this.at] === '[') {
        const attached = levels.at(-1)?.attached ?? []
        if (attached.length >= MOST_ATTACHED) this.fail('too many nodes in brackets')
        attached.push(this.bracket())
      } else {
        if (levels.length >= MOST_LEVELS) this.fail(`more than ${MOST_LEVELS} levels`)
        levels.push(this.level())
      }
    }
    return levels
  }

  private level(): OpenLevel {
    const column = this.at + 1
    const word = this.match(/[a-z]\w*/iy)
    const type = word === undefined ? undefined : this.typeOf(word, column)
    if (word !== undefined && this.match(/:/y) === undefined) {
      this.fail(`":" and a number are missing behind "${word.slice(0, 20)}"`)
    }
    const digits = this.match(/\d+/y)
    const count = digits === undefined ? undefined : parseNumber(digits)
    if (count === undefined) return this.fail('a number of objects is missing')
    if (count === 0) throw new SyntheticMistake('0 objects are not possible', column)
    const attributes = this.attributes(type?.type === 'Cache' ? 'cache' : 'level')
    return { type: undefined, ...type, count, column, attributes, attached: [] }
  }

  private bracket(): SyntheticAttributes {
    const column = this.at + 1
    this.at++
    this.skipSpace()
    const word = this.match(/[a-z]\w*/iy)
    if (word === undefined) return this.fail('the word numa is missing behind "["')
    if (this.typeOf(word, this.at + 1 - word.length).type !== 'NUMANode') {
      throw new SyntheticMistake('only NUMA nodes can stand in brackets', column)
    }
    const attributes = this.attributes('level')
    this.skipSpace()
    if (this.match(/\]/y) === undefined) this.fail('"]" is missing')
    return attributes
  }

  private typeOf(word: string, column: number) {
    const type = levelTypeOf(word)
    if (type !== undefined) return type
    throw new SyntheticMistake(
      `"${word.slice(0, 20)}" is no kind of object`,
      column,
      'there are group, package, die, numa, l1 to l5, core and pu',
    )
  }

  /** `(memory=1GiB indexes=0,2)`, if there is such a thing. */
  private attributes(of: 'level' | 'cache'): SyntheticAttributes {
    if (this.match(/\(/y) === undefined) return {}
    let attributes: SyntheticAttributes = {}
    for (;;) {
      this.skipSpace()
      if (this.match(/\)/y) !== undefined) return attributes
      const column = this.at + 1
      const name = this.match(/[a-z]+(?==)/iy)
      if (name === undefined) return this.fail('")" or an attribute such as memory=1GiB is missing')
      this.at++
      attributes = { ...attributes, ...this.attribute(name.toLowerCase(), column, of) }
    }
  }

  private attribute(name: string, column: number, of: 'level' | 'cache'): SyntheticAttributes {
    if (name === 'indexes') {
      const start = this.at + 1
      const text = this.match(/[^\s()[\]]+/y)
      if (text === undefined) return this.fail('indexes are missing')
      return { indexes: { text, column: start } }
    }
    if (name === 'memory' && of === 'level') return { memoryBytes: this.size() }
    if (name === 'memorysidecachesize') return { memorySideCacheBytes: this.size() }
    if (name === 'size' && of === 'cache') {
      this.size()
      return {}
    }
    throw new SyntheticMistake(
      `there is no attribute ${name.slice(0, 30)} here`,
      column,
      'there are memory, memorysidecachesize and indexes, and size for caches',
    )
  }

  private size(): number {
    const column = this.at + 1
    const digits = this.match(/0x[\da-f]+|\d+/iy)
    const unit = this.match(/[a-z]*/iy)?.toLowerCase() ?? ''
    const factor = UNITS[unit]
    const number = digits === undefined ? undefined : parseNumber(digits)
    const bytes = (number ?? Number.NaN) * (factor ?? Number.NaN)
    if (bytes <= MAX_PHYSICAL_BYTES) return bytes
    throw new SyntheticMistake(
      `this is no size`,
      column,
      'write a whole number and kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB',
    )
  }

  private skipSpace(): void {
    this.match(/\s+/y)
  }

  /** What stands here and matches; the pattern is sticky. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    this.at += found?.length ?? 0
    return found
  }

  private fail(what: string): never {
    throw new SyntheticMistake(what, this.at + 1)
  }
}
