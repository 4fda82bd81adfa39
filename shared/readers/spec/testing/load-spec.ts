import { FormatError } from '../../../model/errors'
import type { Topology } from '../../../model/topology'
import { loadTopology } from '../../load'
import { treeOf } from '../../testing/tree-of'

/** Loads the text of a specification as the loose file m.yaml. */
export function loadSpec(text: string): Topology {
  return loadTopology(
    { tree: treeOf({ 'm.yaml': text }), name: 'm.yaml', origin: 'file', diagnostics: [] },
    () => undefined,
  )
}

/** Code and message of the FormatError that the text ends in. */
export function mistakeIn(text: string): string {
  try {
    loadSpec(text)
  } catch (error) {
    if (error instanceof FormatError) return `${error.code} ${error.message}`
    throw error
  }
  throw new Error('the specification was accepted')
}
