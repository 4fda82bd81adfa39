import { performance } from 'node:perf_hooks'
import { checkBytes, type Outcome } from './check-input'
import { checkDirectoryCase } from './directory-case'
import { makeCase, type CaseId } from './cases'
import type { Corpus } from './corpus'
import { peakMemoryBytes } from './peak-memory'

/** No input of a few MiB may take longer, in processor time of this process. */
export const MOST_MILLISECONDS = 2000
/** Peak of the process's memory, the fuzz run's own corpus included. */
export const MOST_MEMORY_BYTES = 1024 ** 3

export interface CaseResult {
  readonly outcome: Outcome
  readonly label: string
  readonly milliseconds: number
}

/** Makes a case, opens it, and adds the two findings that nothing throws: time and memory. */
export async function runCase(corpus: Corpus, id: CaseId): Promise<CaseResult> {
  const made = makeCase(corpus, id)
  const { input } = made
  const start = performance.now()
  const startCpu = process.cpuUsage()
  const outcome =
    input.kind === 'bytes'
      ? await checkBytes(made.name, input.bytes)
      : await checkDirectoryCase(input.random, input.members)
  const { user, system } = process.cpuUsage(startCpu)
  // Both are too large on a busy machine: one counts waiting, the other the garbage collector's threads.
  const milliseconds = Math.min(performance.now() - start, (user + system) / 1000)
  return { outcome: withCosts(outcome, milliseconds), label: made.label, milliseconds }
}

function withCosts(outcome: Outcome, milliseconds: number): Outcome {
  if (outcome.kind === 'finding') return outcome
  if (milliseconds > MOST_MILLISECONDS) {
    return { kind: 'finding', what: `slow: more than ${MOST_MILLISECONDS} ms`, stack: '' }
  }
  if (peakMemoryBytes() > MOST_MEMORY_BYTES) {
    return { kind: 'finding', what: 'memory: more than 1 GiB', stack: '' }
  }
  return outcome
}
