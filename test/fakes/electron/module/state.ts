import { connect } from '../peer'
import type { DriverOffers, ProgramOffers } from '../contract'

/** Set once Electron would have emitted `ready`; some calls are lawful only before, some only after. */
export const lifecycle = { isReady: false }

export function mustBeReady(what: string): void {
  if (!lifecycle.isReady) throw new Error(`${what} can only be used after app is ready`)
}

export function mustNotBeReady(what: string): void {
  if (lifecycle.isReady) throw new Error(`${what} should be called before app is ready`)
}

/** An event object that can be prevented, as Electron's are. */
export function preventable(details: Record<string, unknown> = {}) {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

const offers: Partial<ProgramOffers> = {}

/** Adds functions that the test may call. */
export function offer(functions: Partial<ProgramOffers>): void {
  Object.assign(offers, functions)
}

/** The test at the other end of this process's channel. */
export const driver = connect<DriverOffers>(
  {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  },
  offers,
)
// The program ends when it quits, not when the test has gone quiet; but it must not outlive the test.
process.on('disconnect', () => process.exit(0))
