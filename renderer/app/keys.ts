/** The part of a KeyboardEvent that decides which key was pressed. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const
type Modifier = (typeof MODIFIERS)[number]

interface KeyChord {
  readonly modifiers: ReadonlySet<Modifier>
  readonly key: string
}

/** Splits `Ctrl+Shift+P`; a last `+` is the key itself. */
function parseChord(text: string): KeyChord {
  const modifiers = new Set<Modifier>()
  let rest = text
  for (const modifier of MODIFIERS) {
    if (rest.startsWith(`${modifier}+`)) {
      modifiers.add(modifier)
      rest = rest.slice(modifier.length + 1)
    }
  }
  return { modifiers, key: rest }
}

/**
 * True when a press is the chord. Shift counts for letters and named keys only: `?` and `+` need it on some
 * keyboards and not on others.
 */
export function matchesChord(press: KeyPress, text: string): boolean {
  const { modifiers, key } = parseChord(text)
  const isSymbol = key.length === 1 && key.toLowerCase() === key.toUpperCase()
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    (press.ctrlKey || press.metaKey) === modifiers.has('Ctrl') &&
    press.altKey === modifiers.has('Alt') &&
    (isSymbol || press.shiftKey === modifiers.has('Shift'))
  )
}

/** True for a chord that types a character, and so must not act while text is being entered. */
export function isTypedChord(text: string): boolean {
  const { modifiers, key } = parseChord(text)
  return key.length === 1 && !modifiers.has('Ctrl') && !modifiers.has('Alt')
}

/** The chord as a row of key caps, such as `['Ctrl', 'Shift', 'P']`. */
export function chordCaps(text: string): readonly string[] {
  const { modifiers, key } = parseChord(text)
  const caps: readonly string[] = MODIFIERS.filter((modifier) => modifiers.has(modifier))
  return [...caps, key === 'Escape' ? 'Esc' : key]
}
