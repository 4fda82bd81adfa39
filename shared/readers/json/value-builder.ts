import { printParseErrorCode, visit } from 'jsonc-parser'
import type { JsonValue } from './json-blocks'

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

interface Mistake {
  readonly offset: number
  readonly message: string
}

type Container = JsonValue[] | Record<string, JsonValue>

/**
 * Builds the value of one JSON document without a syntax tree in between, which takes a multiple of the memory.
 * The nesting must be limited before: the parser recurses.
 */
export class ValueBuilder {
  private readonly open: Container[] = []
  private key = ''
  private value: JsonValue | undefined
  private mistake: Mistake | undefined

  constructor(private readonly source: string) {}

  /** The value, or the first mistake and its offset in the source. */
  build(): { readonly value: JsonValue | undefined; readonly mistake: Mistake | undefined } {
    visit(
      this.source,
      {
        onObjectBegin: () => {
          this.begin({})
        },
        onArrayBegin: () => {
          this.begin([])
        },
        onObjectProperty: (key) => {
          this.key = key
        },
        onObjectEnd: () => void this.open.pop(),
        onArrayEnd: () => void this.open.pop(),
        onLiteralValue: (value: unknown, offset, length) => {
          this.add(this.literal(value, offset, length))
        },
        onError: (code, offset) => {
          const message = MISTAKES[printParseErrorCode(code)] ?? 'this is not JSON'
          this.mistake ??= { offset, message }
        },
      },
      { disallowComments: true, allowTrailingComma: false },
    )
    return { value: this.value, mistake: this.mistake }
  }

  private begin(container: Container): void {
    this.add(container)
    this.open.push(container)
  }

  private add(value: JsonValue): void {
    const container = this.open.at(-1)
    if (container === undefined) this.value ??= value
    else if (Array.isArray(container)) container.push(value)
    // A key `__proto__` of a stranger must stay a key.
    else if (this.key !== '__proto__') container[this.key] = value
    else Object.defineProperty(container, this.key, { value, enumerable: true, writable: true })
  }

  private literal(value: unknown, offset: number, length: number): JsonValue {
    if (typeof value === 'number') {
      const written = this.source.slice(offset, offset + length)
      return !Number.isSafeInteger(value) && /^-?\d+$/.test(written) ? BigInt(written) : value
    }
    return typeof value === 'string' || typeof value === 'boolean' ? value : null
  }
}
