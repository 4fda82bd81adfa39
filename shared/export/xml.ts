/** Longer texts of an input are cut: nothing in a drawing needs more. */
const LONGEST = 120

/** Control characters, direction overrides and lone surrogates: none of them belongs in a drawing. */

const UNWANTED =
  /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu

/** Text of an input made safe to show: one line, without control characters, cut to a sane length. */
export function cleanText(text: string, longest = LONGEST): string {
  const clean = text.slice(0, longest * 4).replace(UNWANTED, ' ')
  const characters = [...clean]
  return characters.length <= longest ? clean : `${characters.slice(0, longest - 1).join('')}…`
}

/** Cleans text and escapes it for XML content and quoted attributes. */
export function xmlText(text: string, longest = LONGEST): string {
  return cleanText(text, longest)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
}

/** Makes ids for one document: without spaces or markup, and never the same twice. */
export function createIds(): (id: string) => string {
  const used = new Set<string>()
  return (id) => {
    const base = id.replace(/[^\w.:/-]/g, '_').slice(0, LONGEST)
    let unique = base
    for (let copy = 2; used.has(unique); copy++) unique = `${base}_${copy}`
    used.add(unique)
    return unique
  }
}

/** A coordinate with at most two decimals, never `-0`. */
export function decimal(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return String(rounded === 0 ? 0 : rounded)
}
