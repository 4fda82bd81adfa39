/** Shorter values are not worth the trouble; the CPU sets of a machine with some thousand CPUs are longer. */
const LONG_VALUE = /"[\dA-Fa-fx,]{256,}"/g
/** Begins the stand-in of a value. A document that uses it itself is read as it is. */
const MARK = '\u00b6'

/** A place of the shortened text, and by how many characters the text before it was shortened there. */
interface Cut {
  readonly position: number
  readonly removed: number
}

/**
 * Puts stand-ins in the place of long CPU sets before the parser sees them, which looks at every single character: 92 %
 * of the XML of a machine with 65 536 CPUs are the commas of sets that nobody asks for. The values are digits and commas
 * only, so what is well-formed stays well-formed and what is not stays so.
 */
export class LongValues {
  /** Values of this piece and the one before: a tag may begin in one piece and end in the next. */
  private values: ReadonlyMap<string, string> = new Map()
  private formerValues: ReadonlyMap<string, string> = new Map()
  /** Of the line that is not finished, and of the newest piece. */
  private cuts: Cut[] = []
  private lineStart = -1
  private hasNewLine = false
  private count = 0
  private length = 0

  /** One piece of the document with stand-ins; pieces come in their order. A value that a border of pieces cuts stays. */
  shorten(piece: string): string {
    const start = this.length
    if (this.hasNewLine) this.cuts = this.cuts.filter((cut) => cut.position > this.lineStart)
    const values = new Map<string, string>()
    let removed = 0
    const shortened = piece.includes(MARK)
      ? piece
      : piece.replace(LONG_VALUE, (quoted, offset: number) => {
          const standIn = `${MARK}${this.count++}`
          values.set(standIn, quoted.slice(1, -1))
          removed += quoted.length - 2 - standIn.length
          const position = start + offset + quoted.length - removed
          this.cuts.push({ position, removed: quoted.length - 2 - standIn.length })
          return `"${standIn}"`
        })
    this.formerValues = this.values
    this.values = values
    this.length += shortened.length
    const newLine = shortened.lastIndexOf('\n')
    this.hasNewLine = newLine >= 0
    if (this.hasNewLine) this.lineStart = start + newLine
    return shortened
  }

  /** The value that an attribute really has. */
  restore(value: string): string {
    if (!value.startsWith(MARK)) return value
    return this.values.get(value) ?? this.formerValues.get(value) ?? value
  }

  /** How many characters are missing in a line of the shortened text between two positions. */
  removedBetween(lineStart: number, position: number): number {
    return this.cuts
      .filter((cut) => cut.position > lineStart && cut.position <= position)
      .reduce((sum, { removed }) => sum + removed, 0)
  }
}
