import type { Random } from './random'

/** Numbers at the edges of what programs count with, as text. */
const NUMBERS = [
  '0',
  '-1',
  '1',
  '255',
  '256',
  '65535',
  '2147483648',
  '4294967295',
  '4294967296',
  '4503599627370496',
  '9007199254740991',
  '9007199254740993',
  '9223372036854775807',
  '18446744073709551615',
  '18446744073709551616',
  '340282366920938463463374607431768211456',
  '1'.repeat(400),
  '0x0',
  '0xffffffffffffffff',
  '0x10000000000000000',
  '1e308',
  '1e999',
  '-0',
  '1.5',
  'NaN',
  'Infinity',
  '٣٤',
]

const SIZES = [
  '4KiB',
  '2MiB',
  '128MiB',
  '256MiB',
  '1GiB',
  '2 GB',
  '1.5 TiB',
  '100 MB',
  '16 EiB',
  '1kb',
]

const WORDS = [
  '',
  ' ',
  '\t',
  '\n',
  '\n\n\n',
  '\0',
  '\u0000\u0000\u0000\u0000',
  '\ufeff',
  '\u202e',
  '\ud800',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'true',
  '(null)',
  '<not supported>',
  '..',
  '../../../../etc/passwd',
  '/etc/passwd',
  '%s%n',
  '{}',
  '[]',
  '-',
  '0-',
  '-5',
  '0-0',
  '0-4294967295',
  '0-18446744073709551615',
  '5-2',
  '0,,1',
  '0-1,0-1,0-1',
  '0-3:1/2',
  '7fffffff,ffffffff,ffffffff',
  '0-65535,131072',
  'mem0,mem1,mem0',
  'a'.repeat(5000),
  '9,'.repeat(20_000),
  '0-1,'.repeat(10_000),
  ' '.repeat(40_000),
  '\t \t'.repeat(10_000),
  '('.repeat(20_000),
  '[['.repeat(10_000),
]

/** A number that readers may not expect, as text. */
export function hostileNumber(random: Random): string {
  // Small numbers are no less hostile: they name something else that exists.
  if (random.chance(0.25)) return String(random.below(20))
  if (random.chance(0.1)) return random.pick(SIZES)
  return random.chance(0.3)
    ? String(Math.floor(2 ** (random.fraction() * 66)))
    : random.pick(NUMBERS)
}

/** A text that readers may not expect; empty, long, or of characters that mean something elsewhere. */
export function hostileText(random: Random): string {
  return random.chance(0.5) ? hostileNumber(random) : random.pick(WORDS)
}
