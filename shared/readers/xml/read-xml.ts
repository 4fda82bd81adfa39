import { SaxesParser } from 'saxes'
import { MIB } from '../../model/units'
import { LeafTagRemover, type LeafTags } from './leaf-tags'
import { LongValues } from './long-values'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** From 1; where its tag ends. */
  readonly line: number
}

/** Ends the reading with an {@link XmlMistake} at the tag that is just read. */
export type RefuseXml = (mistake: string) => never

export interface XmlHandler {
  open(element: XmlElement, refuse: RefuseXml): void
  close(name: string): void
  /** Characters between tags, entities replaced. */
  text?(text: string): void
}

export interface XmlOptions {
  /** A document type declaration that is harmless, matched against what stands between `<!DOCTYPE` and `>`. */
  readonly doctype?: RegExp
  /** Elements of which only the number is wanted; the handler does not hear of those that are counted. */
  readonly leaf?: LeafTags
}

/** What is wrong with a document, and where; line and column from 1. */
export class XmlMistake extends Error {
  constructor(
    readonly mistake: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`${line}:${column}: ${mistake}`)
    this.name = 'XmlMistake'
  }
}

/** PCI bridges nest some ten levels below a machine; no honest document comes near. */
const MOST_DEPTH = 256
const MOST_ATTRIBUTES = 128
/** Characters that may pass without the end of a tag, text or comment: the parser keeps them in memory. */
const MOST_PENDING = 4 * MIB

/** Every runtime has it, but it is no part of the language. */
declare class TextDecoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string
}

/**
 * Reads an XML 1.0 document as a stream. Strict: what is not well-formed is refused. Entities cannot be declared, nothing
 * is loaded, and nesting, attributes and pieces of text have limits.
 * @param pieces the document in UTF-8; bytes that are none become U+FFFD
 * @throws XmlMistake at the first mistake, and whatever the handler throws
 */
export function readXml(
  pieces: Iterable<Uint8Array>,
  handler: XmlHandler,
  options: XmlOptions = {},
): void {
  const reading = new Reading(handler, options)
  const decoder = new TextDecoder()
  for (const piece of pieces) reading.add(decoder.decode(piece, { stream: true }))
  reading.add(decoder.decode())
  reading.end()
}

class Reading {
  private readonly parser = new SaxesParser({ xmlns: false, position: true })
  private readonly longValues = new LongValues()
  private readonly leafTags: LeafTagRemover | undefined
  private depth = 0
  /** Where the last thing ended of which the parser told. */
  private told = 0

  constructor(
    private readonly handler: XmlHandler,
    private readonly options: XmlOptions,
  ) {
    const { parser } = this
    this.leafTags = options.leaf === undefined ? undefined : new LeafTagRemover(options.leaf)
    parser.on('error', (error) => this.refuse(explain(error.message)))
    parser.on('doctype', (text) => this.doctype(text))
    parser.on('opentag', ({ name, attributes }) => this.open(name, attributes))
    parser.on('closetag', ({ name }) => this.close(name))
    parser.on('text', (text) => this.text(text))
    parser.on('cdata', (text) => this.text(text))
    parser.on('comment', () => this.tell())
    parser.on('processinginstruction', () => this.tell())
  }

  add(piece: string): void {
    this.parser.write(this.longValues.shorten(this.leafTags?.remove(piece) ?? piece))
    if (this.parser.position - this.told > MOST_PENDING) {
      this.refuse(`a tag, text or comment of more than ${MOST_PENDING} characters`)
    }
  }

  end(): void {
    this.parser.close()
  }

  private readonly refuse: RefuseXml = (mistake) => {
    const { parser } = this
    const position = this.original(parser.position)
    // The line break itself is asked for: what was cut right behind it belongs to this line.
    const lineStart = this.original(parser.position - parser.columnIndex - 1) + 1
    throw new XmlMistake(mistake, parser.line, Math.max(1, position - lineStart))
  }

  /** Where something of the text that the parser sees is in the document. */
  private original(position: number): number {
    const withValues = this.longValues.cuts.original(position)
    return this.leafTags?.cuts.original(withValues) ?? withValues
  }

  private tell(): void {
    this.told = this.parser.position
  }

  private doctype(text: string): void {
    this.tell()
    if (this.options.doctype?.test(text.trim()) !== true) {
      this.refuse('a document type declaration is not allowed here: it could declare entities')
    }
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.tell()
    if (++this.depth > MOST_DEPTH) this.refuse(`elements are nested deeper than ${MOST_DEPTH}`)
    let count = 0
    for (const key in attributes) {
      const value = attributes[key] ?? ''
      const restored = this.longValues.restore(value)
      if (restored !== value) attributes[key] = restored
      count++
    }
    if (count > MOST_ATTRIBUTES) this.refuse(`a tag with more than ${MOST_ATTRIBUTES} attributes`)
    this.handler.open({ name, attributes, line: this.parser.line }, this.refuse)
  }

  private close(name: string): void {
    this.tell()
    this.depth--
    this.handler.close(name)
  }

  private text(text: string): void {
    this.tell()
    this.handler.text?.(text)
  }
}

const EXPLAINED: Readonly<Record<string, string>> = {
  'unexpected end': 'it breaks off in the middle of a tag or text',
  'document must contain a root element': 'there is no element in it',
  'documents may contain only one root': 'there is a second element behind the end of the first',
  'unexpected close tag': 'another element has to be closed first',
  'undefined entity': 'this entity is not known; only those of XML itself are',
}

/** What the parser says, without the place that it puts before it, in words for people where its own are terse. */
function explain(message: string): string {
  const text = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
  const open = /^unclosed tag: (.*)$/.exec(text)?.[1]
  if (open !== undefined) return `it breaks off: <${open.slice(0, 40)}> is not closed`
  const closed = /^unmatched closing tag: (.*)$/.exec(text)?.[1]
  if (closed !== undefined) return `</${closed.slice(0, 40)}> closes nothing`
  return EXPLAINED[text] ?? text.slice(0, 120)
}
