import { exportSvg } from '../../shared/export/svg'
import { writeSpec } from '../../shared/readers/spec/write-spec'
import type { OpenDocument } from './open-document'

export type ExportTheme = 'light' | 'dark' | 'print'

export interface ExportedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** The drawing as `folioscope export INPUT -o NAME.svg --theme THEME` writes it, byte for byte. */
export function exportDiagram(document: OpenDocument, theme: ExportTheme): ExportedFile {
  return {
    name: `${baseName(document.topology.input.name)}.svg`,
    bytes: new TextEncoder().encode(exportSvg(document.list, { theme })),
    mediaType: 'image/svg+xml',
  }
}

/** The machine, or the plan, as `folioscope export INPUT -o NAME.yaml` writes it, byte for byte. */
export function exportSpecification(document: OpenDocument): ExportedFile {
  return {
    name: `${baseName(document.topology.input.name)}.yaml`,
    bytes: new TextEncoder().encode(writeSpec(document.topology).yaml),
    mediaType: 'application/yaml',
  }
}

/** The input's name without suffixes and without characters that file systems refuse. */
export function baseName(inputName: string): string {
  const bare = inputName
    .replace(/^demo:/, '')
    .replace(/\.(folioscope|tar(\.\w+)?|tgz|xml|json|ya?ml)$/i, '')
  return bare.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'folioscope'
}
