import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'

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
  | { readonly line: number; readonly column: number; readonly mistake: string }

/** Tools nest a handful of levels; the parser recurses. */
const MOST_DEPTH = 64
const MOST_BLOCKS = 256

/**
 * The JSON documents of a text: one file, several outputs pasted behind each other, warning lines before them.
 * A document begins at a line that starts with `{` or `[` and ends with the matching bracket.
 * @returns for each its value, or what is wrong with it and where, by line of the text
 */
export function jsonBlocks(text: string): readonly JsonBlock[] {
  const blocks: JsonBlock[] = []
  const start = /^[ \t]*[{[](?=\s*["{[\]}]|\s*$)/gm
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    if (blocks.length >= MOST_BLOCKS) break
    const from = match.index + match[0].length - 1
    const { end, mistake, at } = extent(text, from)
    blocks.push(
      mistake === undefined ? parseBlock(text, from, end) : { ...placeOf(text, at), mistake },
    )
    start.lastIndex = end
  }
  return blocks
}

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

const MISTAKES: Readonly<Record<string, string>> = {
  PropertyNameExpected:
    'a key in quotation marks is expected (is there a comma too many before it?)',
  ValueExpected: 'a value is expected (is there a comma too many before it?)',
  CommaExpected: 'a comma is missing',
  ColonExpected: 'a colon is missing',
  InvalidCommentToken: 'comments are not allowed in JSON',
  InvalidSymbol: 'this word is not JSON',
  InvalidNumberFormat: 'this is not a number',
  InvalidEscapeCharacter: 'this escape is not allowed',
  InvalidCharacter: 'this character is not allowed in a text',
  InvalidUnicode: 'this \\u escape is not complete',
}

function parseBlock(text: string, from: number, end: number): JsonBlock {
  const source = text.slice(from, end)
  const errors: ParseError[] = []
  const node = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (error !== undefined || node === undefined) {
    const name = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error)
    return {
      ...placeOf(text, from + (error?.offset ?? 0)),
      mistake: MISTAKES[name] ?? 'this is not JSON',
    }
  }
  return { line: placeOf(text, from).line, value: valueOf(node, source) }
}

function valueOf(node: Node, source: string): JsonValue {
  switch (node.type) {
    case 'array':
      return (node.children ?? []).map((child) => valueOf(child, source))
    case 'object':
      // Not Object.fromEntries over a literal: a key `__proto__` of a stranger must stay a key.
      return Object.fromEntries(
        (node.children ?? []).flatMap((property): [string, JsonValue][] => {
          const [key, value] = property.children ?? []
          return key === undefined || value === undefined
            ? []
            : [[String(key.value), valueOf(value, source)]]
        }),
      )
    case 'number': {
      const written = source.slice(node.offset, node.offset + node.length)
      const value = Number(written)
      return /^-?\d+$/.test(written) && !Number.isSafeInteger(value) ? BigInt(written) : value
    }
    default: {
      const value: unknown = node.value
      return typeof value === 'string' || typeof value === 'boolean' ? value : null
    }
  }
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

/** True for a JSON object (not an array, not null). */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
