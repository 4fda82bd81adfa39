/** What went wrong with an input, in the three parts that every error message of ours has. */
export interface FormatErrorParts {
  /** Stable identifier, such as `not-an-archive`; documented in docs/errors.md. */
  readonly code: string
  /** What is wrong, as a sentence without the place. */
  readonly what: string
  /** The file, member or line that is wrong. */
  readonly where: string
  /** What the reader can do about it. */
  readonly hint: string
}

/** The input or the arguments are bad: shown as one line, exit status 2. Anything else that is thrown is a fault of ours. */
export class FormatError extends Error {
  readonly code: string
  readonly what: string
  readonly where: string
  readonly hint: string

  constructor(parts: FormatErrorParts) {
    super(`${parts.where}: ${parts.what}; ${parts.hint}`)
    this.name = 'FormatError'
    this.code = parts.code
    this.what = parts.what
    this.where = parts.where
    this.hint = parts.hint
  }
}

/** Makes an unhandled member of a union a type error, and a thrown fault if types were bypassed. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
