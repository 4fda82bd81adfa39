import type { Facts, Reader } from '../facts'
import type { SourceTree } from '../source-tree'
import { readSpec } from './read-spec'
import { specFacts } from './spec-facts'

/** Where `synth` puts the specification inside a snapshot. */
const SNAPSHOT_PATH = 'spec.yaml'
/** The line that makes a YAML text a specification, whatever its version. */
const YAML_KEY = /^\ufeff?["']?folioscope-spec["']?[ \t]*:/m
/** In JSON the key may stand anywhere on its line, and other keys before it. */
const JSON_START = /^\ufeff?\s*\{/
const JSON_KEY = /"folioscope-spec"\s*:/

/** Written specifications of machines that need not exist (docs/specification.md). */
export const specReader: Reader = {
  id: 'spec',
  title: 'Specification of a machine (YAML or JSON with the key folioscope-spec)',
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
  return text !== undefined && isSpec(text) ? { path, text } : undefined
}

function isSpec(text: string): boolean {
  return YAML_KEY.test(text) || (JSON_START.test(text) && JSON_KEY.test(text))
}
