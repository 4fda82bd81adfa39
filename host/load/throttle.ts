import type { LoadProgress, ReportProgress } from '../../shared/readers/source-tree'

/** About thirty reports in a second: more than that nobody can see, and each costs a message. */
const INTERVAL_MS = 33

/** Passes the first report of each phase and then one per interval; `now` gives milliseconds. */
export function throttleProgress(
  report: ReportProgress,
  now: () => number = () => performance.now(),
): ReportProgress {
  let lastAt = Number.NEGATIVE_INFINITY
  let lastPhase: LoadProgress['phase'] | undefined
  return (progress) => {
    const at = now()
    if (progress.phase === lastPhase && at - lastAt < INTERVAL_MS) return
    lastAt = at
    lastPhase = progress.phase
    report(progress)
  }
}
