import type { Machine } from '../../model/topology'
import { FactSheet, type Facts, type Reader, type ReaderContext } from '../facts'
import type { SourceTree } from '../source-tree'
import { TreeFiles } from '../tree-files'

const PATH = 'manifest.json'
const FORMAT = 'folioscope-snapshot'
/** Newest version of the snapshot file that we know (CONTRACT, "Snapshot file"). */
const VERSION = 1

/** manifest.json of a snapshot: host and kernel. Every part of a snapshot is optional, this one too. */
export const manifestReader: Reader = {
  id: 'manifest',
  title: 'Folioscope snapshot (NAME.folioscope)',
  inputKind: 'folioscope',
  sniff: (tree) => parseManifest(tree)?.['format'] === FORMAT,
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'manifest', context)
    const manifest = parseManifest(tree) ?? {}
    diagnoseVersion(manifest['version'], context)
    const text = (key: string) => {
      const value = manifest[key]
      return typeof value === 'string' && value !== '' ? value.slice(0, 256) : undefined
    }
    const machine = new FactSheet<Machine>('machine')
      .set('hostname', text('host'), files.source(PATH, 'host'))
      .set('kernelRelease', text('kernel'), files.source(PATH, 'kernel'))
      .set('arch', text('arch'), files.source(PATH, 'arch'))
      .finish()
    return { machine }
  },
}

function parseManifest(tree: SourceTree): Record<string, unknown> | undefined {
  const text = tree.text(PATH)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : undefined
  } catch {
    return undefined
  }
}

function diagnoseVersion(version: unknown, context: ReaderContext): void {
  if (version === VERSION) return
  context.diagnose({
    severity: 'warning',
    code: 'unknown-snapshot-version',
    where: `${PATH} · version`,
    message: `version ${describe(version)} is not ${VERSION}; what can be read is shown`,
  })
}

/** Not JSON.stringify of anything: a list in a list in a list, thousands deep, takes more stack than there is. */
function describe(version: unknown): string {
  switch (typeof version) {
    case 'string':
    case 'number':
    case 'boolean':
      return JSON.stringify(version).slice(0, 40)
    case 'undefined':
      return 'undefined'
    default:
      return 'of another kind'
  }
}
