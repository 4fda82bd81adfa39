import { addressSubject } from './plan-address'
import { hugepagesSubject } from './plan-hugepages'
import { namespaceSubject } from './plan-namespace'
import { ramSubject } from './plan-ram'
import type { PlanSubject } from './plan-subject'
import { systemRamSubject } from './plan-system-ram'

/** Everything that can be planned, in the order of the help text. */
export const planSubjects: readonly PlanSubject[] = [
  namespaceSubject,
  hugepagesSubject,
  ramSubject,
  systemRamSubject,
  addressSubject,
]
