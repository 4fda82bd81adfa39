import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { loadTopology } from '../../shared/readers/load'
import { specJsonSchema } from '../../shared/readers/spec/json-schema'
import { specSchema } from '../../shared/readers/spec/schema'
import { openBytes } from '../open/open-bytes'

const docs = join(import.meta.dirname, '../../docs')
const PAGE = readFileSync(join(docs, 'specification.md'), 'utf8')
const EXAMPLES = [...PAGE.matchAll(/```(?:yaml|json)\n(.*?)```/gs)].map(([, text = '']) => text)

it('shows examples that can be opened', async () => {
  const report = () => undefined
  const whole = EXAMPLES.filter((text) => text.includes('nodes'))
  expect(whole.length).toBe(3)
  for (const text of whole) {
    const opened = await openBytes('m.txt', new TextEncoder().encode(text), { report })
    const topology = loadTopology(opened, report)
    expect(topology.input.kind).toBe('spec')
    expect(topology.diagnostics).toEqual([])
  }
})

it('explains every key where it belongs', () => {
  const records = recordsOf('', specSchema)
  expect(records.map(({ name }) => name)).toContain('hostBridges')
  const unexplained = records.flatMap(({ name, keys }) => {
    const place = explanationOf(name)
    return keys.filter((key) => !isExplained(key, place)).map((key) => `${name}.${key}`)
  })
  expect(unexplained).toEqual([])
})

it('keeps the JSON Schema that editors use', async () => {
  const json = `${JSON.stringify(specJsonSchema(), undefined, 1)}\n`
  await expect(json).toMatchFileSnapshot(join(docs, 'specification.schema.json'))
})

interface Keys {
  readonly name: string
  readonly keys: readonly string[]
}

/** Every map of a schema with its keys, under the key that it is the value of. */
function recordsOf(name: string, schema: unknown): readonly Keys[] {
  if (schema instanceof z.ZodExactOptional) return recordsOf(name, schema.unwrap())
  if (schema instanceof z.ZodArray) return recordsOf(name, schema.element)
  if (!(schema instanceof z.ZodObject)) return []
  const below = Object.entries(schema.shape).flatMap(([key, inner]) => recordsOf(key, inner))
  return [{ name, keys: Object.keys(schema.shape) }, ...below]
}

/** The tables "key of `name`", or else the section of that name, or else the lines that mention it. */
function explanationOf(name: string): string {
  if (name === '') return PAGE
  const tables = PAGE.split(/\n\n/).filter((part) => part.startsWith(`| key of \`${name}\``))
  if (tables.length > 0) return tables.join('\n')
  const section = PAGE.split(/\n(?=## )/).find((part) => part.startsWith(`## ${name}\n`))
  return (
    section ??
    PAGE.split('\n')
      .filter((line) => line.includes(`\`${name}\``))
      .join('\n')
  )
}

function isExplained(key: string, place: string): boolean {
  return (
    place.includes(`\`${key}\``) || place.includes(`## ${key}\n`) || place.includes(`\n${key}: `)
  )
}
