import { parseNdctlSize } from '../../model/ndctl-size'
import { ownValue } from '../../model/own-value'
import type { DerivedSource, ReadSource, Source } from '../../model/source'
import { MAX_PHYSICAL_BYTES } from '../../model/units'
import type { ReaderContext } from '../facts'
import { parseQuantity, type Sourced } from '../tree-files'
import { isJsonObject, type JsonObject, type JsonValue } from './json-blocks'

/** A value that was read or follows from what was read, as FactSheet.set takes it. */
export type Fact<T> = readonly [value: T | undefined, source: Source]

/** Where an object of a tool's JSON was read. */
export interface JsonPlace {
  readonly reader: string
  readonly path: string
  readonly context: ReaderContext
}

/**
 * Reads the fields of one JSON object of ndctl, daxctl or cxl, and keeps where each came from.
 * A missing key is simply not known; a value of another kind costs that fact and one diagnostic.
 */
export class JsonFields {
  constructor(
    readonly object: JsonObject,
    /** The kernel's name of the object, for the `key` of its sources. */
    readonly name: string,
    readonly place: JsonPlace,
  ) {}

  source(key: string): ReadSource {
    const { reader, path } = this.place
    return { kind: 'read', reader, path, key: `${this.name} ${key}` }
  }

  /** For what follows from what the tool prints, `rule` says how. */
  derived(rule: string): DerivedSource {
    return { kind: 'derived', reader: this.place.reader, rule }
  }

  has(key: string): boolean {
    return Object.hasOwn(this.object, key)
  }

  value(key: string): JsonValue | undefined {
    return this.has(key) ? this.object[key] : undefined
  }

  /** A text; an empty one is not known. */
  text(key: string): Sourced<string> {
    return this.parsed(key, (value) => (typeof value === 'string' ? value : undefined), 'a text')
  }

  /** One of several words; another word is malformed. */
  word<T extends string>(key: string, words: Readonly<Record<string, T>>): Sourced<T> {
    return this.parsed(
      key,
      (value) => (typeof value === 'string' ? ownValue(words, value) : undefined),
      `one of ${Object.keys(words).join(', ')}`,
    )
  }

  /** A size, address or count: an integer, or text in decimal or with 0x as `-u` prints it. */
  number(key: string): Sourced<number> {
    return this.parsed(key, quantity, 'an unsigned number up to 2^52')
  }

  /** A size, with `-u` for people: `1488.37 GiB (1598.13 GB)`; the source says by how much that is rounded. */
  size(key: string): Sourced<number> {
    const value = this.value(key)
    const rounded = typeof value === 'string' ? parseNdctlSize(value) : undefined
    if (rounded === undefined) return this.parsed(key, quantity, 'a size')
    return [rounded.bytes, { ...this.source(key), roundedTo: rounded.roundedTo }]
  }

  /** A node id; −1 means none and reads as absent. */
  id(key: string): Sourced<number> {
    if (this.value(key) === -1) return [undefined, this.source(key)]
    return this.parsed(
      key,
      (value) => {
        const id = quantity(value)
        return id !== undefined && id < 2 ** 31 ? id : undefined
      },
      'a small whole number',
    )
  }

  flag(key: string): Sourced<boolean> {
    return this.parsed(
      key,
      (value) => (typeof value === 'boolean' ? value : undefined),
      'true or false',
    )
  }

  /** All 64 bits as `0x…`: json-c prints them signed or unsigned, `-u` in hexadecimal. */
  bits64(key: string): Sourced<string> {
    return this.parsed(
      key,
      (value) => {
        const bits = bitsOf(value)
        return bits === undefined ? undefined : `0x${BigInt.asUintN(64, bits).toString(16)}`
      },
      'a number of 64 bits',
    )
  }

  /** The objects of an array; an object that stands alone counts as an array of one. */
  objects(key: string): readonly JsonObject[] {
    const value = this.value(key)
    if (isJsonObject(value)) return [value]
    return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : []
  }

  /** The fields of an object inside this one. */
  within(object: JsonObject, name: string): JsonFields {
    return new JsonFields(object, name, this.place)
  }

  malformed(key: string, expected: string): void {
    const value = this.value(key)
    const shown = typeof value === 'object' ? 'this' : `"${String(value).slice(0, 60)}"`
    this.place.context.diagnose({
      severity: 'warning',
      code: 'malformed-value',
      where: `${this.place.path} · ${this.name} ${key}`,
      message: `${shown} is not ${expected}; this fact is left out`,
    })
  }

  private parsed<T>(
    key: string,
    parse: (value: JsonValue) => T | undefined,
    expected: string,
  ): Sourced<T> {
    const value = this.value(key)
    const source = this.source(key)
    if (value === undefined || value === null || value === '') return [undefined, source]
    const parsed = parse(value)
    if (parsed === undefined) this.malformed(key, expected)
    return [parsed, source]
  }
}

function quantity(value: JsonValue): number | undefined {
  if (typeof value === 'string') return parseQuantity(value)
  return typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 0 &&
    value <= MAX_PHYSICAL_BYTES
    ? Math.abs(value)
    : undefined
}

function bitsOf(value: JsonValue): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  const bits =
    typeof value === 'bigint'
      ? value
      : typeof value === 'string' && /^(?:0x[\da-f]{1,16}|\d{1,20})$/i.test(value)
        ? BigInt(value)
        : undefined
  return bits !== undefined && bits >= -(2n ** 63n) && bits < 2n ** 64n ? bits : undefined
}
