import { readers } from '../../shared/readers/registry'
import { demos } from '../demos/demos'
import { exportFormats } from './export-formats'
import type { Terminal } from './terminal'

type Row = readonly [name: string, title: string]

const CONTAINERS: readonly Row[] = [
  ['directory', 'that holds sys, proc or a snapshot'],
  ['tar', 'plain, or packed with gzip, zstd, bzip2 or xz'],
  ['file', 'one loose file, packed or not'],
  ['-', 'standard input: any of these but a directory'],
  ['live', 'this machine (Linux)'],
  ['demo:NAME', 'a built-in demo'],
]

/** `formats`: what can be read, and what can be written. */
export function listFormats(terminal: Terminal): void {
  terminal.print(
    [
      'Inputs',
      ...table(CONTAINERS),
      '',
      'Formats that are read',
      ...table(readers.map(({ id, title }) => [id, title])),
      '',
      'Formats that export writes',
      ...table(exportFormats.map(({ suffix, title }) => [suffix, title])),
      '',
    ].join('\n'),
  )
}

/** `demos`: the built-in demos. */
export function listDemos(terminal: Terminal): void {
  const rows = demos.map(({ name, title }): Row => [`demo:${name}`, title])
  terminal.print([...table(rows), ''].join('\n'))
}

function table(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, title]) => `  ${name.padEnd(width)}  ${title}`)
}
