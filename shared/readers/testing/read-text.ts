import type { ModelObject } from '../../model/model-object'
import type { Facts, Reader } from '../facts'
import { recordingContext, treeOf } from './tree-of'

/** What a reader makes of one loose file, and what it diagnosed. */
export function readText(
  reader: Reader,
  text: string,
): {
  readonly facts: Facts
  readonly diagnostics: ReturnType<typeof recordingContext>['diagnostics']
} {
  const context = recordingContext()
  return {
    facts: reader.read(treeOf({ 'paste.txt': text }), context),
    diagnostics: context.diagnostics,
  }
}

/** Objects without their sources, for comparison. */
export function withoutSources(
  objects: readonly ModelObject[] | undefined,
): readonly object[] | undefined {
  return objects?.map(({ sources: _, ...fields }) => fields)
}
