import * as z from 'zod'

/** Building blocks of the model's schema (topology-schema.ts). */
export const count = z.int().nonnegative()
export const signed = z.int()
export const text = z.string().min(1)
export const optional = <T extends z.ZodType>(schema: T) => z.exactOptional(schema)

const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('read'),
    reader: text,
    path: text,
    key: optional(z.string()),
    roundedTo: optional(z.number().positive()),
    isPartial: optional(z.literal(true)),
  }),
  z.strictObject({ kind: z.literal('derived'), reader: text, rule: text }),
  z.strictObject({ kind: z.literal('default'), reader: text, rule: text }),
])

/** An object of the model: its id, its sources, and the given fields; nothing else. */
export function objectSchema<T extends z.core.$ZodLooseShape>(fields: T) {
  return z.strictObject({ id: text, sources: z.record(z.string(), source), ...fields })
}

export const range = z
  .strictObject({ start: count, end: count })
  .refine(({ start, end }) => start < end, 'a range ends behind its start')
