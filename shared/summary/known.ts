type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that have a value: unknown facts are absent from every output, never 0, null or ''. */
export function known<T extends Readonly<Record<string, unknown>>>(fields: T): Known<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Known<T>
}
