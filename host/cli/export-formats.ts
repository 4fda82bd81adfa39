import { exportSvg, type SvgOptions } from '../../shared/export/svg'
import type { DisplayList } from '../../shared/layout/display-list'
import type { Topology } from '../../shared/model/topology'
import { writeSpec } from '../../shared/readers/spec/write-spec'

/** What there is to write of a machine. */
export interface Exportable {
  readonly topology: Topology
  readonly list: DisplayList
}

export interface ExportFormat {
  /** Lower case, with its dot. */
  readonly suffix: string
  readonly title: string
  write(subject: Exportable, options: SvgOptions): Uint8Array
}

/** What `export` can write, chosen by the suffix of the file. Sorted by suffix. */
export const exportFormats: readonly ExportFormat[] = [
  {
    suffix: '.svg',
    title: 'SVG drawing, with real text and one title per shape',
    write: ({ list }, options) => new TextEncoder().encode(exportSvg(list, options)),
  },
  {
    suffix: '.yaml',
    title: 'specification, to change and open again',
    write: ({ topology }) => new TextEncoder().encode(writeSpec(topology).yaml),
  },
]
