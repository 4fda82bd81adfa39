import type { LoadLine } from '../../shared/serve-protocol'

/** Reads lines of JSON as they come in. The last one holds a whole document, so pieces are joined once and not one by one. */
export async function* readLoadLines(body: ReadableStream<Uint8Array>): AsyncGenerator<LoadLine> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let pieces: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = decoder.decode(value, { stream: true }).split('\n')
      const rest = lines.pop() ?? ''
      for (const line of lines) {
        yield JSON.parse([...pieces, line].join('')) as LoadLine
        pieces = []
      }
      pieces.push(rest)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
