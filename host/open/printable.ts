const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const MAX_LENGTH = 200

/** Makes text from an input safe for one line of a terminal: control and direction characters as \u{…}, long text cut in the middle. */
export function printable(text: string): string {
  const escaped = text.replace(
    CONTROL,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
  if (escaped.length <= MAX_LENGTH) return escaped
  const half = MAX_LENGTH / 2 - 1
  return `${escaped.slice(0, half)} … ${escaped.slice(-half)}`
}
