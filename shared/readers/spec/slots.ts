const MAX_SLOTS = 1024
const BRACES = /\{([^{}]*)\}/
const SEQUENCE = /^(?:([A-Za-z])\.\.([A-Za-z])|(\d{1,4})\.\.(\d{1,4}))$/

/**
 * The slot names that a pattern stands for, as a shell expands braces: `P0_{A..C}1` is P0_A1, P0_B1, P0_C1, and
 * `{A,B}{1..2}` is A1, A2, B1, B2. `{socket}` is the number of the socket.
 * @returns undefined when it is no such pattern, or stands for more than 1024 names
 */
export function expandSlots(pattern: string, socket: number): readonly string[] | undefined {
  let names = [pattern.replaceAll('{socket}', String(socket))]
  while (names.some((name) => BRACES.test(name))) {
    const expanded: string[] = []
    for (const name of names) {
      const [braces, inside = ''] = BRACES.exec(name) ?? []
      const words = wordsOf(inside)
      if (braces === undefined || words === undefined) return undefined
      for (const word of words) expanded.push(name.replace(braces, () => word))
      if (expanded.length > MAX_SLOTS) return undefined
    }
    names = expanded
  }
  return names.some((name) => /[{}]/.test(name) || name === '') ? undefined : names
}

function wordsOf(inside: string): readonly string[] | undefined {
  const [, firstLetter, lastLetter, firstNumber, lastNumber] = SEQUENCE.exec(inside) ?? []
  if (firstLetter !== undefined && lastLetter !== undefined) {
    const first = firstLetter.charCodeAt(0)
    return count(first, lastLetter.charCodeAt(0))?.map((code) => String.fromCharCode(code))
  }
  if (firstNumber !== undefined) return count(Number(firstNumber), Number(lastNumber))?.map(String)
  return inside.includes(',') ? inside.split(',') : undefined
}

function count(first: number, last: number): readonly number[] | undefined {
  if (last < first || last - first > MAX_SLOTS) return undefined
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
