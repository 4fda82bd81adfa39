import type { Writable } from 'node:stream'
import { oneLine } from '../open/printable'

/** Where the command line speaks to: results to `print`, everything else to `note`. Tests listen in memory. */
export interface Terminal {
  /** Writes a result to standard output as it is. */
  print(text: string | Uint8Array): void
  /** Writes one line to standard error, always: an error, or an address that the user needs. */
  note(line: string): void
  /** True when a person watches standard error: only then are there progress and warnings. */
  readonly isWatched: boolean
  /** Replaces the line of progress; undefined removes it. Only when watched. */
  showProgress(line: string | undefined): void
}

const CLEAR_LINE = '\r\u001b[2K'

/** The terminal of this process. A reader that closes our output early (`| head`) ends the program in peace. */
export function processTerminal(): Terminal {
  let hasProgress = false
  const isWatched = process.stderr.isTTY
  const showProgress = (line: string | undefined) => {
    if (!isWatched || (line === undefined && !hasProgress)) return
    hasProgress = line !== undefined
    process.stderr.write(line === undefined ? CLEAR_LINE : `${CLEAR_LINE}${line}`)
  }
  exitOnBrokenPipe(process.stdout)
  exitOnBrokenPipe(process.stderr)
  return {
    isWatched,
    showProgress,
    print: (text) => {
      showProgress(undefined)
      process.stdout.write(text)
    },
    note: (line) => {
      showProgress(undefined)
      process.stderr.write(`${oneLine(line)}\n`)
    },
  }
}

function exitOnBrokenPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
}
