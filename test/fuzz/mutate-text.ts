import { hostileNumber, hostileText } from './hostile'
import { MOST_BYTES } from './mutate-bytes'
import type { Random } from './random'

/** Changes a text that is read by lines: lines, columns, numbers and words, 1 to 5 of them. */
export function mutateText(random: Random, text: string): string {
  let result = text
  const rounds = random.rounds(5)
  for (let round = 0; round < rounds; round++) {
    result = random.pick(OPERATIONS)(random, result).slice(0, MOST_BYTES)
  }
  return result
}

type Operation = (random: Random, text: string) => string

const OPERATIONS: readonly Operation[] = [
  // One number, one word, one value behind a colon or an equals sign.
  (random, text) => replaceOne(random, text, /\d+/g, hostileNumber),
  (random, text) => replaceOne(random, text, /\d+/g, hostileNumber),
  (random, text) => replaceOne(random, text, /[^\s:=,]+/g, hostileText),
  (random, text) => replaceOne(random, text, /(?<=[:=] ?)[^\n]*/g, hostileText),
  (random, text) => replaceOne(random, text, /[^\s:=,]+/g, () => someWord(random, text)),
  (random, text) => replaceOne(random, text, /[ \t]+/g, () => random.pick(['', '\t', '\n'])),
  (random, text) => replaceOne(random, text, /\n/g, () => random.pick(['', '\r\n', '\r', '\0'])),
  (random, text) => text.slice(0, random.below(text.length + 1)),
  (random, text) => text.slice(random.below(text.length + 1)),
  (random, text) => withLines(text, (lines) => lines.splice(random.below(lines.length), 1)),
  (random, text) =>
    withLines(text, (lines) => {
      const line = random.pick(lines)
      const copies = random.pick([1, 2, 300])
      lines.splice(random.below(lines.length), 0, ...new Array<string>(copies).fill(line))
    }),
  (random, text) =>
    withLines(text, (lines) => {
      const [line = ''] = lines.splice(random.below(lines.length), 1)
      lines.splice(random.below(lines.length + 1), 0, line)
    }),
  (random, text) =>
    withLines(text, (lines) => {
      lines.splice(random.below(lines.length + 1), 0, hostileText(random))
    }),
  (random, text) => text + random.pick(['\n', '', '\0']) + text,
  (random, text) => random.pick(['\ufeff', '\0', '# ', '{', '[', ' '.repeat(9)]) + text,
  (random, text) => text.replaceAll('\n', random.pick(['\r\n', '\r', '\n\n'])),
]

/** Replaces one random match; the text itself when there is none. */
function replaceOne(
  random: Random,
  text: string,
  pattern: RegExp,
  replacement: Operation | ((random: Random) => string),
): string {
  const matches = [...text.slice(0, 200_000).matchAll(pattern)]
  if (matches.length === 0) return text
  const { index, 0: found } = random.pick(matches)
  return text.slice(0, index) + replacement(random, found) + text.slice(index + found.length)
}

function someWord(random: Random, text: string): string {
  return random.pick(text.slice(0, 20_000).split(/[\s:=,]+/))
}

function withLines(text: string, change: (lines: string[]) => unknown): string {
  const lines = text.split('\n')
  change(lines)
  return lines.join('\n')
}
