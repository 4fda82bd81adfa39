/** What a machine may lack, and so what tests may have to be skipped for. */
export type Lack = 'browser' | 'data' | 'electron' | 'tools'

/**
 * True where a skipped test is a failure: FOLIOSCOPE_FORBID_SKIP=1 forbids every skip, a list such as
 * `browser,electron` only these.
 */
export function isSkipForbidden(lack: Lack): boolean {
  const forbidden = (process.env['FOLIOSCOPE_FORBID_SKIP'] ?? '').split(',')
  return forbidden.includes('1') || forbidden.includes(lack)
}

/** Says why tests are skipped, or throws where skipping is forbidden. */
export function skipAloud(lack: Lack, reason: string): void {
  if (isSkipForbidden(lack)) throw new Error(`skipping is forbidden here: ${reason}`)
  process.stderr.write(`SKIPPED: ${reason}\n`)
}
