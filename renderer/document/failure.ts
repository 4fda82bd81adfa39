import { HostFailure, type HostError } from '../../shared/host'

/** What went wrong, from whatever a host threw. Anything but a {@link HostFailure} is a fault of ours. */
export function describeFailure(error: unknown): HostError {
  if (error instanceof HostFailure) return error.detail
  return { kind: 'fault', message: error instanceof Error ? error.message : String(error) }
}
