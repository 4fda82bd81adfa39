import { MIB } from '../../model/units'
import { ValueBuilder } from './value-builder'

/** Whole numbers beyond 2^53 are bigints: `iset_id` and CXL serials use all 64 bits (DOMAIN §13.11). */
export type JsonValue =
  string | number | bigint | boolean | null | readonly JsonValue[] | JsonObject

// Not a Record: that type would refer to itself.

export interface JsonObject {
  readonly [key: string]: JsonValue
}

export type JsonBlock =
  | { readonly line: number; readonly value: JsonValue }
  /** `line` and `column` (from 1) are where the mistake is. */
  | {
      readonly line: number
      readonly column: number
      readonly mistake: string
      /** There is nothing to mend: it is only more than is read. */
      readonly isTooLarge?: true
    }

/** Tools nest a handful of levels; the parser recurses. */
const MOST_DEPTH = 64
const MOST_BLOCKS = 256
/** Fifty times what the largest known machine prints; more would take seconds. */
const MOST_CHARACTERS = 8 * MIB

/**
 * The JSON documents of a text: one file, several outputs pasted behind each other, warning lines before them.
 * A document begins at a line that starts with `{` or `[` and ends with the matching bracket.
 * @returns for each its value, or what is wrong with it and where, by line of the text
 */
export function jsonBlocks(text: string): readonly JsonBlock[] {
  const blocks: JsonBlock[] = []
  const places = new Places(text)
  let characters = 0
  const start = /^[ \t]*[{[](?=\s*["{[\]}]|\s*$)/gm
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    if (blocks.length >= MOST_BLOCKS) break
    const from = match.index + match[0].length - 1
    const found = extent(text, from)
    const { end } = found
    characters += end - from
    const block =
      characters > MOST_CHARACTERS
        ? {
            at: from,
            mistake: `more than ${MOST_CHARACTERS / MIB} MiB of JSON`,
            isTooLarge: true as const,
          }
        : found.mistake === undefined
          ? parseBlock(text, from, end)
          : { at: found.at, mistake: found.mistake }
    const { line, column } = places.of(block.at)
    if ('value' in block) blocks.push({ line, value: block.value })
    else {
      const { at: _, ...mistaken } = block
      blocks.push({ line, column, ...mistaken })
    }
    start.lastIndex = end
  }
  return blocks
}

type ParsedBlock =
  | { readonly at: number; readonly value: JsonValue }
  | { readonly at: number; readonly mistake: string }

interface Extent {
  /** Index behind the last character of the document. */
  readonly end: number
  readonly mistake?: string
  readonly at: number
}

/** Finds the bracket that closes the document; strings are skipped. */
function extent(text: string, from: number): Extent {
  const open: string[] = []
  for (let index = from; index < text.length; index++) {
    switch (text.charAt(index)) {
      case '"': {
        const close = endOfString(text, index)
        if (close === undefined) {
          return {
            end: text.length,
            mistake: 'the text in quotation marks does not end',
            at: index,
          }
        }
        index = close
        break
      }
      case '{':
      case '[':
        open.push(text[index] === '{' ? '}' : ']')
        if (open.length > MOST_DEPTH) {
          return { end: text.length, mistake: `deeper than ${MOST_DEPTH} levels`, at: index }
        }
        break
      case '}':
      case ']': {
        const expected = open.pop()
        if (expected !== text[index]) {
          return {
            end: text.length,
            mistake: `${expected} expected, ${text[index]} found`,
            at: index,
          }
        }
        if (open.length === 0) return { end: index + 1, at: from }
        break
      }
    }
  }
  const last = Math.max(from, text.trimEnd().length - 1)
  return {
    end: text.length,
    mistake: `it breaks off: ${open.reverse().join(' ')} missing`,
    at: last,
  }
}

function endOfString(text: string, from: number): number | undefined {
  for (let index = from + 1; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '"') return index
    else if (text[index] === '\n') return undefined
  }
  return undefined
}

function parseBlock(text: string, from: number, end: number): ParsedBlock {
  const builder = new ValueBuilder(text.slice(from, end))
  const { value, mistake } = builder.build()
  return mistake === undefined && value !== undefined
    ? { at: from, value }
    : { at: from + (mistake?.offset ?? 0), mistake: mistake?.message ?? 'this is not JSON' }
}

/** Places of ascending offsets in one text, which is read once for all of them. */
class Places {
  private line = 1
  private lineStart = 0

  constructor(private readonly text: string) {}

  of(offset: number): { readonly line: number; readonly column: number } {
    for (;;) {
      const end = this.text.indexOf('\n', this.lineStart)
      if (end === -1 || end >= offset) break
      this.line++
      this.lineStart = end + 1
    }
    return { line: this.line, column: offset - this.lineStart + 1 }
  }
}

/** True for a JSON object (not an array, not null). */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
