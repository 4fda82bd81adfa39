import { FormatError } from '../../model/errors'
import type { Facts, Reader } from '../facts'
import type { SourceTree } from '../source-tree'
import { levelTypeOf, SyntheticMistake } from './levels'
import { parseSynthetic } from './parse'
import { placeLevels } from './place-levels'
import { READER_ID, syntheticFacts } from './synthetic-facts'

const MOST_LENGTH = 4096
const CHARACTERS = /^[\w \t:;()[\]=,*.+-]+$/
/** Attributes of the machine, nodes in brackets, then the first level, of which the rest may be wrong. */
const FIRST_LEVEL = /^(?:\([^()]{0,200}\) *)?(?:(\[ *[a-z]+)|([a-z]+\d?[a-z]*):\d)/i

/** The description of a machine that `lstopo -i` takes, as the only line of a text. */
export const hwlocSyntheticReader: Reader = {
  id: READER_ID,
  title: 'hwloc synthetic string (pack:2 [numa(memory=64GiB)] core:8 pu:2)',
  inputKind: 'spec',
  sniff: (tree) => findSynthetic(tree) !== undefined,
  read(tree): Facts {
    const found = findSynthetic(tree)
    if (found === undefined) return {}
    try {
      const source = { kind: 'read', reader: READER_ID, path: found.path } as const
      return syntheticFacts(placeLevels(parseSynthetic(found.text)), source)
    } catch (error) {
      if (!(error instanceof SyntheticMistake)) throw error
      throw new FormatError({
        code: 'hwloc-synthetic-mistake',
        what: error.what,
        where: `${found.path}:1:${error.column}`,
        hint: error.hint,
      })
    }
  },
}

/** The only file of the input, if it is one line that begins as such a description does. */
function findSynthetic(
  tree: SourceTree,
): { readonly path: string; readonly text: string } | undefined {
  const [path, second] = tree.list('')
  if (path === undefined || second !== undefined || tree.kind(path) !== 'file') return undefined
  if ((tree.sizeBytes(path) ?? 0) > MOST_LENGTH) return undefined
  const text = tree.text(path)?.trimEnd()
  if (text === undefined || text.length > MOST_LENGTH || !CHARACTERS.test(text)) return undefined
  const [, bracket, word] = FIRST_LEVEL.exec(text.trimStart()) ?? []
  const first = bracket?.replace(/^\[ */, '') ?? word
  return first !== undefined && levelTypeOf(first) !== undefined ? { path, text } : undefined
}
