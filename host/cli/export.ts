import { extname } from 'node:path'
import type { SvgOptions } from '../../shared/export/svg'
import { layOut } from '../../shared/layout/lay-out'
import { accountMemmap } from '../../shared/memmap/account'
import { exportFormats, type ExportFormat } from './export-formats'
import { loadForCommand } from './load-for-command'
import type { Terminal } from './terminal'
import { usageError } from './usage-error'
import { writeFiles } from './write-files'

export const THEMES = ['light', 'dark', 'print', 'auto'] as const

export interface ExportOptions {
  readonly output: readonly string[]
  readonly theme: (typeof THEMES)[number]
  readonly width?: string
}

// Beyond this no viewer shows an SVG, and a typing mistake is likelier than a wish.
const MAX_WIDTH = 100_000

/** `export INPUT -o FILE…`: all files are drawn before the first one is written. */
export async function exportFiles(
  input: string,
  options: ExportOptions,
  terminal: Terminal,
): Promise<void> {
  const outputs = options.output.map((path) => ({ path, format: formatOf(path) }))
  const svgOptions: SvgOptions = { theme: options.theme, ...readWidth(options.width) }
  const topology = await loadForCommand(input, terminal)
  const list = layOut(topology, accountMemmap(topology))
  await writeFiles(
    outputs.map(({ path, format }) => ({
      path,
      bytes: format.write({ topology, list }, svgOptions),
    })),
  )
}

function formatOf(path: string): ExportFormat {
  const suffix = extname(path).toLowerCase()
  const format = exportFormats.find((candidate) => candidate.suffix === suffix)
  if (format !== undefined) return format
  const known = exportFormats.map((candidate) => candidate.suffix).join(', ')
  const what = suffix === '' ? 'the name has no suffix' : `'${suffix}' cannot be written`
  throw usageError(path, what, `use one of ${known}`)
}

function readWidth(width: string | undefined): Pick<SvgOptions, 'width'> {
  if (width === undefined) return {}
  const pixels = Number(width)
  if (/^\d+$/.test(width) && pixels >= 1 && pixels <= MAX_WIDTH) return { width: pixels }
  throw usageError('--width', `'${width}' is not a number of pixels`, `use 1 to ${MAX_WIDTH}`)
}
