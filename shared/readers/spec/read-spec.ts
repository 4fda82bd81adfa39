import type { z } from 'zod'
import { FormatError } from '../../model/errors'
import type { ReadSource } from '../../model/source'
import { specSchema, type Spec } from './schema'
import { parseYaml, type Path, type Plain, type YamlDocument } from './yaml-document'

interface Mistake {
  readonly code: string
  readonly what: string
  readonly hint: string
}

/** A specification that is well-formed, with the places of its values. */
export interface WrittenSpec {
  readonly spec: Spec
  /** Where a fact stands in the file. */
  source(path: Path): ReadSource
  /** An error that points at a value. */
  mistake(path: Path, mistake: Mistake): FormatError
}

const SEE = 'see docs/specification.md'

/**
 * Reads the text of a specification and checks each value by itself; whether they fit together is looked at later.
 * @throws FormatError `spec-syntax`, `spec-too-large`, `spec-unknown-key`, `spec-missing-key` or `spec-bad-value`
 */
export function readSpec(text: string, file: string): WrittenSpec {
  const document = parseYaml(text, file)
  const result = specSchema.safeParse(document.plain)
  if (!result.success) throw firstMistake(result.error, document)
  return {
    spec: result.data,
    source: (path) => ({
      kind: 'read',
      reader: 'spec',
      path: file,
      key: `line ${document.lineOf(path)}`,
    }),
    mistake: (path, mistake) => new FormatError({ ...mistake, where: document.placeOf(path) }),
  }
}

/**
 * The topmost mistake of the file. A version that is not known comes before all others, and a missing key after them:
 * it may only be misspelt.
 */
function firstMistake(error: z.ZodError, document: YamlDocument): FormatError {
  const rank = (issue: z.core.$ZodIssue) => {
    if (issue.path[0] === 'folioscope-spec') return 0
    return isMissing(issue, document) ? 2 : 1
  }
  const [first] = error.issues
    .map((issue) => ({ issue, rank: rank(issue), line: document.lineOf(placeOf(issue)) }))
    .sort((a, b) => a.rank - b.rank || a.line - b.line)
  if (first === undefined) throw new Error('zod failed without an issue')
  return mistakeOf(first.issue, document)
}

function isMissing(issue: z.core.$ZodIssue, document: YamlDocument): boolean {
  return issue.code !== 'unrecognized_keys' && valueAt(document.plain, placeOf(issue)) === undefined
}

function placeOf(issue: z.core.$ZodIssue): Path {
  const path = issue.path.filter((part) => typeof part !== 'symbol')
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path
}

function mistakeOf(issue: z.core.$ZodIssue, document: YamlDocument): FormatError {
  const path = placeOf(issue)
  if (issue.code === 'unrecognized_keys') {
    const [what = '', hint = SEE] = issue.message.split('\n')
    return new FormatError({
      code: 'spec-unknown-key',
      what,
      hint,
      where: document.placeOf(path, 'key'),
    })
  }
  if (isMissing(issue, document)) {
    const parent = path.slice(0, -1)
    return new FormatError({
      code: 'spec-missing-key',
      what: `the key "${path.at(-1) ?? ''}" is missing`,
      hint: SEE,
      where: document.placeOf(parent, 'key'),
    })
  }
  const [what = '', hint = SEE] = issue.message.split('\n')
  return new FormatError({ code: 'spec-bad-value', what, hint, where: document.placeOf(path) })
}

function valueAt(plain: Plain, path: Path): Plain | undefined {
  let value: Plain | undefined = plain
  for (const part of path) {
    if (value === undefined || typeof value === 'string' || !Object.hasOwn(value, part))
      return undefined
    value = (value as Readonly<Record<string, Plain>>)[part]
  }
  return value
}
