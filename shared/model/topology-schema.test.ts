import { expect, expectTypeOf, it } from 'vitest'
import type * as z from 'zod'
import { emptyTopology } from './testing/empty-topology'
import type { Topology } from './topology'
import type { topologySchema } from './topology-schema'
import { checkTopology } from './topology-schema'

const empty = emptyTopology()

it('describes the same fields as the type', () => {
  expectTypeOf<z.infer<typeof topologySchema>>().toExtend<Topology>()
  expectTypeOf<keyof z.infer<typeof topologySchema>>().toEqualTypeOf<keyof Topology>()
  type Namespace = z.infer<typeof topologySchema>['namespaces'][number]
  expectTypeOf<keyof Namespace>().toEqualTypeOf<keyof Topology['namespaces'][number]>()
  type Machine = z.infer<typeof topologySchema>['machine']
  expectTypeOf<keyof Machine>().toEqualTypeOf<keyof Topology['machine']>()
})

it.each([
  ['NaN', Number.NaN],
  ['a negative size', -1],
  ['a rounded size', 2 ** 60],
])('refuses %s and names the field', (_, rawBytes) => {
  const namespaces = [{ id: 'namespace0.0', rawBytes, sources: {} }]
  expect(() => checkTopology({ ...empty, namespaces })).toThrow(/namespaces\.0\.rawBytes/)
})

it('accepts a machine of which nothing is known', () => {
  expect(checkTopology(empty)).toBe(empty)
})
