export type Severity = 'error' | 'warning' | 'info'

/** Something about the input that its reader should know. It never stops a load: what does is a FormatError. */
export interface Diagnostic {
  readonly severity: Severity
  /** Stable identifier, such as `contradiction`; documented in docs/errors.md. */
  readonly code: string
  /** File (and key) of the input, or the id of an object of the model. */
  readonly where: string
  readonly message: string
}
