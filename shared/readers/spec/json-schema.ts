import * as z from 'zod'
import { specSchema } from './schema'

/** Where the schema is kept, for editors that fetch it. */
const TITLE = 'Specification of a machine for Folioscope'

/**
 * The JSON Schema (draft 2020-12) of specifications as people write them: which keys there are and what a value of each
 * looks like. Whether the values fit together only `specFacts` knows.
 */
export function specJsonSchema(): object {
  return { title: TITLE, ...z.toJSONSchema(specSchema, { io: 'input', reused: 'inline' }) }
}
