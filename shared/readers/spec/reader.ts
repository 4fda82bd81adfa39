import type { Facts, Reader } from '../facts'
import type { SourceTree } from '../source-tree'
import { readSpec } from './read-spec'
import { specFacts } from './spec-facts'

/** Where `synth` puts the specification inside a snapshot. */
const SNAPSHOT_PATH = 'spec.yaml'
/** The line that makes a text a specification, whatever its version. */
const FIRST_KEY = /^\ufeff?["']?folioscope-spec["']?[ \t]*:/m

/** Written specifications of machines that need not exist (docs/specification.md). */
export const specReader: Reader = {
  id: 'spec',
  title: 'Specification of a machine (YAML with the line folioscope-spec: 1)',
  inputKind: 'spec',
  sniff: (tree) => findSpec(tree) !== undefined,
  read(tree): Facts {
    const found = findSpec(tree)
    return found === undefined ? {} : specFacts(readSpec(found.text, found.path))
  },
}

/** spec.yaml at the root of a snapshot, or the only file of a loose one. */
function findSpec(tree: SourceTree): { readonly path: string; readonly text: string } | undefined {
  const names = tree.list('')
  const path = names.includes(SNAPSHOT_PATH)
    ? SNAPSHOT_PATH
    : names.length === 1
      ? names[0]
      : undefined
  if (path === undefined || tree.kind(path) !== 'file') return undefined
  const text = tree.text(path)
  return text !== undefined && FIRST_KEY.test(text) ? { path, text } : undefined
}
