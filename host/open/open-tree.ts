import type { CancelSignal } from '../../shared/host'
import { FormatError } from '../../shared/model/errors'
import type { OpenedTree, ReportProgress } from '../../shared/readers/source-tree'
import { openBytes } from './open-bytes'
import { openPath } from './open-path'
import type { OpenLimits } from './limits'
import { LiveTree } from './live-tree'
import { readAll } from './read-all'

export interface OpenOptions {
  readonly report: ReportProgress
  readonly signal?: CancelSignal
  readonly limits?: OpenLimits
}

export const STANDARD_INPUT = 'standard input'

/**
 * Opens what a person can name on a command line: a file, a directory, '-' (standard input) or 'live' (this machine).
 * Throws FormatError when it cannot be opened, HostFailure when the load is cancelled.
 */
export async function openTree(input: string, options: OpenOptions): Promise<OpenedTree> {
  if (input === 'live') return openLive()
  if (input === '-') return openBytes(STANDARD_INPUT, await readStandardInput(options), options)
  return openPath(input, options)
}

/** All that comes in on standard input. Throws FormatError when it is too much. */
export function readStandardInput(
  options: OpenOptions = { report: () => undefined },
): Promise<Uint8Array> {
  return readAll(process.stdin, STANDARD_INPUT, options)
}

/** Opens the machine that this program runs on. Throws FormatError when it does not run Linux. */
export function openLive(): OpenedTree {
  requireLinux('live')
  return { tree: new LiveTree('/'), name: 'live', origin: 'live', diagnostics: [] }
}

/** Throws FormatError when this machine does not run Linux; `where` is what asked for it. */
export function requireLinux(where: string): void {
  if (process.platform === 'linux') return
  throw new FormatError({
    code: 'no-live-machine',
    what: 'only a Linux machine can be read live',
    where,
    hint: 'open a snapshot that was captured on Linux',
  })
}
