import { exportSvg, type SvgOptions } from '../../shared/export/svg'
import type { DisplayList } from '../../shared/layout/display-list'

export interface ExportFormat {
  /** Lower case, with its dot. */
  readonly suffix: string
  readonly title: string
  write(list: DisplayList, options: SvgOptions): Uint8Array
}

/** What `export` can write, chosen by the suffix of the file. Sorted by suffix. */
export const exportFormats: readonly ExportFormat[] = [
  {
    suffix: '.svg',
    title: 'SVG drawing, with real text and one title per shape',
    write: (list, options) => new TextEncoder().encode(exportSvg(list, options)),
  },
]
