import { HostFailure, type HostError } from '../../shared/host'
import { FormatError } from '../../shared/model/errors'

/** An error as data, to cross a process border: a bad input keeps its code, anything unexpected is a fault of ours. */
export function toHostError(error: unknown): HostError {
  if (error instanceof HostFailure) return error.detail
  if (error instanceof FormatError) {
    return { kind: 'input', message: error.message, code: error.code }
  }
  return { kind: 'fault', message: error instanceof Error ? error.message : String(error) }
}
