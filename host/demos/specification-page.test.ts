import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { loadTopology } from '../../shared/readers/load'
import { specSchema } from '../../shared/readers/spec/schema'
import { openBytes } from '../open/open-bytes'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/specification.md'), 'utf8')
const EXAMPLES = [...PAGE.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text)

it('shows examples that can be opened', async () => {
  const report = () => undefined
  const whole = EXAMPLES.filter((text) => text.includes('nodes:'))
  expect(whole.length).toBe(2)
  for (const text of whole) {
    const opened = await openBytes('m.yaml', new TextEncoder().encode(text), { report })
    const topology = loadTopology(opened, report)
    expect(topology.input.kind).toBe('spec')
    expect(topology.diagnostics).toEqual([])
  }
})

it('explains every key', () => {
  const keys = keysOf(specSchema)
  expect(keys).toContain('memmapOnMemory')
  expect(
    keys.filter((key) => !PAGE.includes(`\`${key}\``) && !PAGE.includes(`## ${key}\n`)),
  ).toEqual(['folioscope-spec'])
})

/** Keys of all maps of a schema, at any depth. */
function keysOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodExactOptional) return keysOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return keysOf(schema.element)
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([key, inner]) => [key, ...keysOf(inner)])
}
