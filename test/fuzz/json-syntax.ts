/**
 * JSON as it is written: numbers keep their digits, keys may stand twice, and a `raw` piece may hold what no JSON value is.
 */
export type JsonSyntax =
  | { kind: 'object'; entries: [key: string, value: JsonSyntax][] }
  | { kind: 'array'; items: JsonSyntax[] }
  | { kind: 'raw'; text: string }

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/gy

/** Parses the first document of a text; undefined when the text is no JSON. */
export function parseJsonSyntax(text: string): JsonSyntax | undefined {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    tokens.push(match[1] ?? '')
  }
  let at = 0
  const value = (depth: number): JsonSyntax | undefined => {
    const token = tokens[at++]
    if (token === undefined || depth > 200) return undefined
    if (token === '{') return object(depth)
    if (token === '[') return array(depth)
    return /^[}\],:]$/.test(token) ? undefined : { kind: 'raw', text: token }
  }
  const array = (depth: number): JsonSyntax | undefined => {
    const items: JsonSyntax[] = []
    while (tokens[at] !== ']') {
      const item = value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
      if (tokens[at] === ',') at++
    }
    at++
    return { kind: 'array', items }
  }
  const object = (depth: number): JsonSyntax | undefined => {
    const entries: [string, JsonSyntax][] = []
    while (tokens[at] !== '}') {
      const key = tokens[at]
      if (key === undefined || tokens[at + 1] !== ':') return undefined
      at += 2
      const inside = value(depth + 1)
      if (inside === undefined) return undefined
      entries.push([key, inside])
      if (tokens[at] === ',') at++
    }
    at++
    return { kind: 'object', entries }
  }
  return value(0)
}

export function printJsonSyntax(syntax: JsonSyntax): string {
  switch (syntax.kind) {
    case 'raw':
      return syntax.text
    case 'array':
      return `[\n${syntax.items.map(printJsonSyntax).join(',\n')}\n]`
    case 'object':
      return `{\n${syntax.entries.map(([key, value]) => `${key}:${printJsonSyntax(value)}`).join(',\n')}\n}`
  }
}

/** The value itself and all values inside it. */
export function allValues(syntax: JsonSyntax): readonly JsonSyntax[] {
  switch (syntax.kind) {
    case 'raw':
      return [syntax]
    case 'array':
      return [syntax, ...syntax.items.flatMap(allValues)]
    case 'object':
      return [syntax, ...syntax.entries.flatMap(([, value]) => allValues(value))]
  }
}
