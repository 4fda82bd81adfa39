interface Cut {
  /** In the shortened text, behind the cut. */
  readonly position: number
  readonly removed: number
}

/** Remembers where a stream of text was shortened, so that a mistake in it can be named by its place in the original. */
export class Cuts {
  private cuts: Cut[] = []
  private removedBefore = 0
  private length = 0
  private lineStart: number | undefined

  /** Length of the shortened text so far. */
  get end(): number {
    return this.length
  }

  /** `position` is in the shortened text, behind what was left of the place. Positions come in ascending order. */
  add(position: number, removed: number): void {
    this.cuts.push({ position, removed })
  }

  /** To be called with each shortened piece, before the next one is looked at. */
  endPiece(shortened: string): void {
    const newLine = shortened.lastIndexOf('\n')
    const lineStart = newLine < 0 ? undefined : this.length + newLine
    this.length += shortened.length
    if (this.lineStart !== undefined) this.forgetBefore(this.lineStart)
    this.lineStart = lineStart
  }

  /** The position in the original; exact in the newest piece and in the line that it continues. */
  original(position: number): number {
    let removed = this.removedBefore
    for (const cut of this.cuts) if (cut.position <= position) removed += cut.removed
    return position + removed
  }

  /** Mistakes are found in the newest piece; a line of it may have begun in the piece before. */
  private forgetBefore(position: number): void {
    const first = this.cuts.findIndex((cut) => cut.position > position)
    const forgotten = this.cuts.splice(0, first < 0 ? this.cuts.length : first)
    for (const { removed } of forgotten) this.removedBefore += removed
  }
}
