import { KIB, parseDecimal } from '../../model/units'
import type { TreeFiles } from '../tree-files'
import { procText, type ProcFile } from './proc-text'

export type Counters = Readonly<Record<string, number>>

/** /proc/meminfo: fields in bytes, except HugePages_* which are pages; undefined when the file is missing. */
export function readMeminfo(files: TreeFiles): Counters | undefined {
  return readLines(files, 'meminfo', (line) => {
    const [, key, digits, unit] = /^([A-Z][\w()]*): +(\d{1,20})( kB)?$/.exec(line) ?? []
    const value = parseDecimal(digits ?? '')
    if (key === undefined || value === undefined) return undefined
    const scaled = unit === undefined ? value : value * KIB
    return Number.isSafeInteger(scaled) ? [key, scaled] : undefined
  })
}

/** /proc/vmstat: every field in the file's own unit; undefined when the file is missing. */
export function readVmstat(files: TreeFiles): Counters | undefined {
  return readLines(files, 'vmstat', (line) => {
    const [, key, digits] = /^(\w+) (\d{1,20})$/.exec(line) ?? []
    const value = parseDecimal(digits ?? '')
    return key === undefined || value === undefined ? undefined : [key, value]
  })
}

function readLines(
  files: TreeFiles,
  name: ProcFile,
  parse: (line: string) => readonly [string, number] | undefined,
): Counters | undefined {
  const [text] = procText(files, name)
  if (text === undefined) return undefined
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const entry = parse(line.trimEnd())
      return entry === undefined ? [] : [entry]
    }),
  )
}
