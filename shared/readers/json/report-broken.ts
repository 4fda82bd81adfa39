import type { ReaderContext } from '../facts'

/** A JSON document that a tool printed and that cannot be read: it is not well-formed any more, or too much. */
export interface BrokenJson {
  readonly path: string
  /** From 1, as `column`. */
  readonly line: number
  readonly column: number
  readonly mistake: string
  readonly isTooLarge?: true
  /** False where other documents of the same text can be read. */
  readonly isAlone: boolean
}

/** Refuses such a document with its place, or diagnoses it where others beside it are shown. */
export function reportBrokenJson(output: BrokenJson, context: ReaderContext): void {
  const where = `${output.path}:${output.line}:${output.column}`
  const fault =
    output.isTooLarge === true
      ? {
          code: 'input-too-large',
          what: `there is ${output.mistake}`,
          hint: 'ask the tool for fewer objects at a time',
        }
      : {
          code: 'json-syntax',
          what: `not well-formed JSON: ${output.mistake}`,
          hint: 'mend this place, or save the output of the tool again',
        }
  if (output.isAlone) {
    context.refuse({ ...fault, where })
    return
  }
  const { code, what } = fault
  const message = `${what}; the other outputs of the tools are shown`
  context.diagnose({ severity: 'error', code, where, message })
}
