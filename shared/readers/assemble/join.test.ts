import { expect, it } from 'vitest'
import type { Diagnostic } from '../../model/diagnostic'
import type { ModelObject } from '../../model/model-object'
import type { Source } from '../../model/source'
import { joinObjects } from './join'

interface Thing extends ModelObject {
  readonly sizeBytes?: number
  readonly name?: string
}
const read = (path: string): Source => ({ kind: 'read', reader: 'a', path })
const derived: Source = { kind: 'derived', reader: 'b', rule: 'guess' }

function join(...lists: (readonly Thing[])[]) {
  const diagnostics: Diagnostic[] = []
  const joined = joinObjects(lists, (diagnostic) => void diagnostics.push(diagnostic))
  return { joined, diagnostics }
}

it('keeps what the more trusted reader says and reports the contradiction', () => {
  const { joined, diagnostics } = join(
    [{ id: 'x', sizeBytes: 1, sources: { sizeBytes: read('first') } }],
    [{ id: 'x', sizeBytes: 2, name: 'n', sources: { sizeBytes: read('second'), name: read('n') } }],
  )
  expect(joined).toEqual([
    { id: 'x', sizeBytes: 1, name: 'n', sources: { sizeBytes: read('first'), name: read('n') } },
  ])
  expect(diagnostics).toEqual([
    {
      severity: 'warning',
      code: 'contradiction',
      where: 'x · sizeBytes',
      message: '1 (a · first) is used, but a · second says 2',
    },
  ])
})

it('prefers what was read to what was derived, without a contradiction', () => {
  const { joined, diagnostics } = join(
    [{ id: 'x', sizeBytes: 1, sources: { sizeBytes: derived } }],
    [{ id: 'x', sizeBytes: 2, sources: { sizeBytes: read('file') } }],
  )
  expect(joined[0]?.sizeBytes).toBe(2)
  expect(joined[0]?.sources['sizeBytes']).toEqual(read('file'))
  expect(diagnostics).toEqual([])
})

it('takes a part of a list for no contradiction, and keeps the fuller one', () => {
  const partial: Source = { kind: 'read', reader: 'c', path: 'part', isPartial: true }
  const thing = (nodeIds: readonly number[], source: Source) => [
    { id: 'x', nodeIds, sources: { nodeIds: source } },
  ]
  const { joined, diagnostics } = join(thing([1], partial), thing([0, 1], read('full')))
  expect(joined).toMatchObject([{ nodeIds: [0, 1] }])
  expect(diagnostics).toEqual([])
  expect(join(thing([0, 1], read('full')), thing([2], partial)).diagnostics).toHaveLength(1)
})

it('does not compare counters of two moments', () => {
  const thing = (freeBytes: number, path: string) => [
    { id: 'x', freeBytes, sources: { freeBytes: read(path) } },
  ]
  const { joined, diagnostics } = join(thing(5, 'first'), thing(6, 'second'))
  expect(joined).toMatchObject([{ freeBytes: 5 }])
  expect(diagnostics).toEqual([])
})
