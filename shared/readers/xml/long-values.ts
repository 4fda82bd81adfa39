import { Cuts } from './cuts'

/** Shorter values are not worth the trouble; the CPU sets of a machine with some thousand CPUs are longer. */
const LONG = 256
/** Sticky and without a quantifier to go back in: it runs over most characters of a large document. */
const SET = /[\dA-Fa-fx,]*/y
/** Begins the stand-in of a value. A piece that uses it itself is read as it is. */
const MARK = '\u00b6'

/**
 * Puts stand-ins in the place of long CPU sets before the parser sees them, which looks at every single character: they
 * are most of the XML of a machine with many CPUs, and nobody asks for most of them. The values are digits and commas
 * only, so what is well-formed stays well-formed and what is not stays so.
 */
export class LongValues {
  readonly cuts = new Cuts()
  /** Values of this piece and the one before: a tag may begin in one piece and end in the next. */
  private values: ReadonlyMap<string, string> = new Map()
  private formerValues: ReadonlyMap<string, string> = new Map()
  private count = 0

  /** One piece of the document with stand-ins; pieces come in their order. A value that a border of pieces cuts stays. */
  shorten(piece: string): string {
    const values = new Map<string, string>()
    const shortened = piece.includes(MARK) ? piece : this.replaceLong(piece, values)
    this.formerValues = this.values
    this.values = values
    this.cuts.endPiece(shortened)
    return shortened
  }

  /** The value that an attribute really has. */
  restore(value: string): string {
    if (!value.startsWith(MARK)) return value
    return this.values.get(value) ?? this.formerValues.get(value) ?? value
  }

  private replaceLong(piece: string, values: Map<string, string>): string {
    const parts: string[] = []
    let copied = 0
    let removed = 0
    let open = piece.indexOf('"')
    for (;;) {
      const close = open < 0 ? -1 : piece.indexOf('"', open + 1)
      if (close < 0) break
      if (close - open <= LONG || !isSet(piece, open + 1, close)) {
        open = close
        continue
      }
      const standIn = `${MARK}${this.count++}`
      values.set(standIn, piece.slice(open + 1, close))
      parts.push(piece.slice(copied, open + 1), standIn)
      copied = close
      const shorter = close - open - 1 - standIn.length
      removed += shorter
      this.cuts.add(this.cuts.end + close - removed, shorter)
      open = piece.indexOf('"', close + 1)
    }
    return parts.length === 0 ? piece : parts.join('') + piece.slice(copied)
  }
}

function isSet(text: string, start: number, end: number): boolean {
  SET.lastIndex = start
  SET.test(text)
  return SET.lastIndex === end
}
