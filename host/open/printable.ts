const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const MAX_LENGTH = 200

/** Makes text safe for one line of a terminal: control and direction characters become \u{…}. */
export function oneLine(text: string): string {
  return text.replace(
    CONTROL,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

/** A name from an input, safe for one line, cut in the middle where it is long. */
export function printable(name: string): string {
  const escaped = oneLine(name)
  if (escaped.length <= MAX_LENGTH) return escaped
  const half = MAX_LENGTH / 2 - 1
  return `${escaped.slice(0, half)} … ${escaped.slice(-half)}`
}
