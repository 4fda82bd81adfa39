import { parseIdList } from '../model/id-list'
import { MAX_PHYSICAL_BYTES, parseBareHex, parseNumber } from '../model/units'
import type { ReadSource } from '../model/source'
import type { ReaderContext } from './facts'
import type { SourceTree } from './source-tree'

/** A value and where it was read, in the order in which FactSheet.set takes them. */
export type Sourced<T> = readonly [value: T | undefined, source: ReadSource]

function limited(value: number | undefined): number | undefined {
  return value !== undefined && value <= MAX_PHYSICAL_BYTES ? value : undefined
}

/** An unsigned number, decimal or 0x-prefixed, that can be a size or an address; undefined for anything else. */
export function parseQuantity(text: string): number | undefined {
  return limited(parseNumber(text))
}

/** More CPUs and nodes than any kernel is built for. */
const MOST_IDS = 1 << 16
const SIGNED = /^-?\d{1,9}$/

/**
 * Reads small attribute files for one reader and keeps where each value came from.
 * A missing or empty file is simply not known; a malformed one costs that fact and one diagnostic.
 */
export class TreeFiles {
  constructor(
    readonly tree: SourceTree,
    private readonly reader: string,
    private readonly context: ReaderContext,
  ) {}

  source(path: string, key?: string): ReadSource {
    const place = { kind: 'read', reader: this.reader, path } as const
    return key === undefined ? place : { ...place, key }
  }

  /** Text of the file, undefined when missing or empty. */
  text(path: string): Sourced<string> {
    const text = this.tree.text(path)
    return [text === '' ? undefined : text, this.source(path)]
  }

  /** A size, address or count, decimal or 0x-prefixed; the limit keeps every later sum exact. */
  number(path: string): Sourced<number> {
    return this.parsed(path, parseQuantity, 'an unsigned number up to 2^52')
  }

  /** As {@link number}; all 64 bits set is how CXL attributes print "none" (drivers/cxl/core) and reads as absent. */
  address(path: string): Sourced<number> {
    const isNone = /^0xf{16}$/i.test(this.text(path)[0] ?? '')
    return isNone ? [undefined, this.source(path)] : this.number(path)
  }

  /** Hexadecimal digits without prefix, as `block_size_bytes` prints them. */
  bareHex(path: string): Sourced<number> {
    return this.parsed(path, (text) => limited(parseBareHex(text)), 'hexadecimal digits')
  }

  /** A node or package id; −1 means none and reads as absent. */
  id(path: string): Sourced<number> {
    const [value, source] = this.parsed(
      path,
      (text) => (SIGNED.test(text) ? Number(text) : undefined),
      'a small whole number',
    )
    return [value === undefined || value < 0 ? undefined : value, source]
  }

  idList(path: string): Sourced<readonly number[]> {
    return this.parsed(path, (text) => parseIdList(text, MOST_IDS), 'a list such as 0-1,3')
  }

  /** Y/N, 1/0 as module parameters and sysfs flags print them. */
  flag(path: string): Sourced<boolean> {
    return this.parsed(
      path,
      (text) => (/^[Y1]$/.test(text) ? true : /^[N0]$/.test(text) ? false : undefined),
      'Y, N, 1 or 0',
    )
  }

  /** Base name of where a link points, whether or not the target is in the tree (`driver` → `device_dax`). */
  linkName(path: string): Sourced<string> {
    const name = this.tree.linkTarget(path)?.split('/').at(-1)
    return [name === '' ? undefined : name, this.source(path)]
  }

  malformed(path: string, text: string, expected: string): void {
    this.context.diagnose({
      severity: 'warning',
      code: 'malformed-value',
      where: path,
      message: `"${text.slice(0, 60)}" is not ${expected}; this fact is left out`,
    })
  }

  /** Two files of the input cannot both be right; `message` says which one is used. */
  contradiction(path: string, message: string): void {
    this.context.diagnose({ severity: 'warning', code: 'contradiction', where: path, message })
  }

  private parsed<T>(
    path: string,
    parse: (text: string) => T | undefined,
    expected: string,
  ): Sourced<T> {
    const [text, source] = this.text(path)
    if (text === undefined) return [undefined, source]
    const value = parse(text.trim())
    if (value === undefined) this.malformed(path, text, expected)
    return [value, source]
  }
}
