import { resolve } from 'node:path'

/** What a start of the program asks for. Crosses to the first instance as JSON, so it is checked there again. */
export interface Launch {
  /** Absolute paths, `live` and `demo:NAME`. */
  readonly inputs: readonly string[]
}

interface LaunchOptions {
  /** Started as `electron <main file>`: the first plain argument is the program itself. */
  readonly isDefaultApp: boolean
  readonly cwd: string
}

/**
 * Reads the inputs out of a command line. Switches belong to Chromium and are dropped, wherever they stand;
 * a file whose name begins with '-' goes behind '--' or is written './-name'.
 */
export function readLaunch(argv: readonly string[], options: LaunchOptions): Launch {
  const values = argv.slice(1)
  const end = values.indexOf('--')
  const before = (end < 0 ? values : values.slice(0, end)).filter((value) => !value.startsWith('-'))
  const behind = end < 0 ? [] : values.slice(end + 1)
  const inputs = [
    ...(options.isDefaultApp ? before.slice(1) : before).map((value) =>
      value === 'live' || value.startsWith('demo:') ? value : resolve(options.cwd, value),
    ),
    ...behind.map((value) => resolve(options.cwd, value)),
  ]
  return { inputs }
}
