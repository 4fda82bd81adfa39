import { Cuts } from './cuts'

/** Empty elements that are so many that they are only counted. */
export interface LeafTags {
  /** How the tag begins, such as `<object type="PU" `. */
  readonly start: string
  count(tags: number): void
}

/** The rest of an empty element's tag; values without entities. Every character has one way to be read. */
const REST = /(?:[a-zA-Z_]+="[^"<&\u0000-\u001f\u007f-\uffff]*" ?)+\/>/y

/**
 * Takes counted tags out of the text before the parser sees them: four of five elements of a large machine's hwloc XML
 * are CPUs, of which only the number is wanted. From the first comment or CDATA section on everything is left to the
 * parser. A tag that a border of pieces cuts stays.
 */
export class LeafTagRemover {
  readonly cuts = new Cuts()
  private isEnabled = true
  private before = ''

  constructor(private readonly leaf: LeafTags) {}

  remove(piece: string): string {
    const border = this.before + piece.slice(0, 16)
    if (hasOtherMarkup(piece) || hasOtherMarkup(border)) this.isEnabled = false
    this.before = piece.slice(-1)
    const shortened = this.isEnabled ? this.removeTags(piece) : piece
    this.cuts.endPiece(shortened)
    return shortened
  }

  private removeTags(piece: string): string {
    const { start, count } = this.leaf
    const parts: string[] = []
    let copied = 0
    let removed = 0
    let tags = 0
    for (let at = piece.indexOf(start); at >= 0; at = piece.indexOf(start, at + 1)) {
      REST.lastIndex = at + start.length
      if (!REST.test(piece)) continue
      const end = REST.lastIndex
      parts.push(piece.slice(copied, at))
      copied = end
      removed += end - at
      tags++
      this.cuts.add(this.cuts.end + end - removed, end - at)
      at = end - 1
    }
    if (tags > 0) count(tags)
    return parts.length === 0 ? piece : parts.join('') + piece.slice(copied)
  }
}

/** True where a tag could stand without being an element: in a comment, a CDATA section or an instruction. */
function hasOtherMarkup(text: string): boolean {
  const declaration = text.indexOf('<!')
  if (declaration >= 0 && !text.startsWith('<!DOCTYPE', declaration)) return true
  return text.includes('<!', declaration + 2) || text.includes('<?', 1)
}
