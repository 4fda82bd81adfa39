import { parseDocument, stringify } from 'yaml'
import { mutateJson } from './mutate-json'
import { mutateText } from './mutate-text'
import type { Random } from './random'

/** Changes the values of a YAML text, which then is YAML or JSON, or its lines. */
export function mutateYaml(random: Random, text: string): string {
  if (random.chance(0.3)) return mutateText(random, text)
  const plain: unknown = parseDocument(text, { schema: 'failsafe' }).toJS()
  const json = mutateJson(random, JSON.stringify(plain))
  if (random.chance(0.5)) return json
  try {
    return stringify(JSON.parse(json))
  } catch {
    // Not JSON any more, too deep, or with aliases to itself.
    return json
  }
}
