import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import type { LoadProgress, ReportProgress } from '../../shared/readers/source-tree'
import { loadRequest } from '../load/load-request'
import { requestForInput } from '../load/request'
import { throttleProgress } from '../load/throttle'
import { openTree } from '../open/open-tree'
import type { Terminal } from './terminal'

const PHASES: Readonly<Record<LoadProgress['phase'], string>> = {
  opening: 'Opening',
  reading: 'Reading',
  joining: 'Joining',
}

/** Loads an INPUT of the command line in this process, with a line of progress where somebody watches. */
export async function loadForCommand(input: string, terminal: Terminal): Promise<Topology> {
  const report = progressLine(terminal)
  try {
    if (input !== '-') return await loadRequest(requestForInput(input), { report })
    return loadTopology(await openTree(input, { report }), report)
  } finally {
    terminal.showProgress(undefined)
  }
}

function progressLine(terminal: Terminal): ReportProgress {
  if (!terminal.isWatched) return () => undefined
  return throttleProgress(({ phase, done, total }) => {
    const share = total === undefined || total === 0 ? '' : ` ${Math.floor((100 * done) / total)} %`
    terminal.showProgress(`${PHASES[phase]} …${share}`)
  })
}
