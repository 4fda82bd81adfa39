import { HostFailure, type CancelSignal } from '../../shared/host'

/** Throws a HostFailure of kind `cancelled` once somebody has given up on the load. */
export function throwIfCancelled(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw new HostFailure({ kind: 'cancelled', message: 'cancelled' })
}
