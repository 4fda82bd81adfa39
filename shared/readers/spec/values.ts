import * as z from 'zod'
import { parseIdList } from '../../model/id-list'
import { parseSize } from '../../model/parse-size'
import { ownValue } from '../../model/own-value'
import { MAX_PHYSICAL_BYTES } from '../../model/units'
import { nearestWord } from './nearest-word'

/** What is wrong and what to do, as one message of zod: `readSpec` takes the two apart again. */
export function problem(what: string, hint: string): string {
  return `${what}\n${hint}`
}

/** A value as an error message repeats it. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
}

/** How a JSON Schema describes a value to editors, which parse YAML and JSON their own way: a size may be a number. */
export interface EditorForm {
  /** Undefined where `enum` says it all. */
  readonly type: string | readonly string[] | undefined
  readonly enum?: readonly (string | number | boolean)[]
  readonly minimum?: number
  readonly maximum?: number
}

const ANY_SCALAR: EditorForm = { type: ['string', 'number'] }

/** A scalar that `parse` understands; everything in a specification arrives as text. */
export function scalar<T>(
  parse: (text: string) => T | undefined,
  expected: (text: string) => readonly [what: string, hint: string],
  form: EditorForm = ANY_SCALAR,
) {
  return z
    .string({
      error: problem('a list or a map stands where one value is expected', expected('')[1]),
    })
    .meta({ ...form })
    .transform((text, context): T => {
      const value = parse(text.trim())
      if (value !== undefined) return value
      const [what, hint] = expected(text)
      context.issues.push({ code: 'custom', message: problem(what, hint), input: text })
      return z.NEVER
    })
}

/** One line of text. */
export const text = scalar(
  (value) => (/^[^\u0000-\u001f\u007f]{1,200}$/.test(value) ? value : undefined),
  (value) => [`${quote(value)} is not a text of one line`, 'write 1 to 200 characters'],
)

/** A size above 0 in bytes. */
export const size = scalar(
  (value) => {
    const bytes = parseSize(value)
    return bytes !== undefined && bytes > 0 && bytes <= MAX_PHYSICAL_BYTES ? bytes : undefined
  },
  (value) => [
    `${quote(value)} is not a size`,
    'write bytes or a number with KiB, MiB, GiB or TiB, such as 192GiB, up to 4096TiB',
  ],
)

/** A physical address, written like a size. */
export const address = scalar(
  (value) => {
    const bytes = parseSize(value)
    return bytes !== undefined && bytes < MAX_PHYSICAL_BYTES ? bytes : undefined
  },
  (value) => [`${quote(value)} is not an address`, 'write 0x180000000 or a size such as 6GiB'],
)

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number) {
  return scalar(
    (value) => {
      const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN
      return number >= least && number <= most ? number : undefined
    },
    (value) => [
      `${quote(value)} is not a whole number from ${least} to ${most}`,
      `write a number from ${least} to ${most}`,
    ],
    { type: 'integer', minimum: least, maximum: most },
  )
}

const FLAGS: Readonly<Record<string, boolean>> = {
  on: true,
  true: true,
  yes: true,
  off: false,
  false: false,
  no: false,
}

export const flag = scalar(
  (value) => ownValue(FLAGS, value.toLowerCase()),
  (value) => [`${quote(value)} is neither on nor off`, 'write on or off'],
  { type: undefined, enum: [true, false, ...Object.keys(FLAGS)] },
)

/** One of some words, exactly. */
export function oneOf<const W extends string>(...words: readonly W[]) {
  return scalar(
    (value) => words.find((word) => word === value),
    (value) => {
      const near = nearestWord(value, words)
      return [
        `${quote(value)} is not one of ${words.join(', ')}`,
        near === undefined ? `write one of ${words.join(', ')}` : `did you mean ${near}?`,
      ]
    },
    {
      type: undefined,
      enum: [...words, ...words.map(Number).filter((number) => !Number.isNaN(number))],
    },
  )
}

/** CPU ids in the kernel's list format; '' is no CPU. */
export const idList = scalar(parseIdList, (value) => [
  `${quote(value)} is not a list of CPUs`,
  "write a list such as 0-15,32-47, or '' for none",
])

/** As many things as a list allows. */
export function listOf<T extends z.ZodType>(item: T, most: number) {
  return z
    .array(item, {
      error: problem('one value stands where a list is expected', 'begin each entry with "- "'),
    })
    .max(most, {
      error: problem(`this list has more than ${most} entries`, `give at most ${most}`),
    })
}

/** A map with these keys and no others: a key that is not known is a mistake, and the nearest known one a likely remedy. */
export function record<T extends z.core.$ZodLooseShape>(fields: T) {
  const known = Object.keys(fields)
  return z.strictObject(fields, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') {
        return problem(
          'this is not a map of keys and values',
          `the keys here are ${known.join(', ')}`,
        )
      }
      const [key = ''] = issue.keys
      const near = nearestWord(key, known)
      return problem(
        `${quote(key)} is not a key here`,
        near === undefined ? `the keys here are ${known.join(', ')}` : `did you mean ${near}?`,
      )
    },
  })
}
