/** What a child is asked to load. Plain data: it crosses a process border. */
export type LoadRequest =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'live' }
  | { readonly kind: 'demo'; readonly name: string }
  /** Dropped, uploaded, or read from standard input. */
  | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }

const DEMO_PREFIX = 'demo:'

/** Reads an INPUT of the command line that is not '-': `live`, `demo:NAME`, or a path. */
export function requestForInput(input: string): LoadRequest {
  if (input === 'live') return { kind: 'live' }
  if (input.startsWith(DEMO_PREFIX)) return { kind: 'demo', name: input.slice(DEMO_PREFIX.length) }
  return { kind: 'path', path: input }
}
