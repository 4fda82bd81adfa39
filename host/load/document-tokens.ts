import { randomUUID } from 'node:crypto'
import { requestForInput, type LoadRequest } from './request'

/** Files without a path are kept so that F5 can load them again; this many bytes of them at most. */
const KEPT_BYTES = 1024 ** 3

/** Hands out the opaque names by which pages and windows speak of files. They never learn or send a path. */
export class DocumentTokens {
  readonly #documents = new Map<string, LoadRequest>()
  readonly #tokenOfInput = new Map<string, string>()

  /** The token of an absolute path, `live` or `demo:NAME`; the same one each time. */
  grantInput(input: string): string {
    const known = this.#tokenOfInput.get(input)
    if (known !== undefined) return known
    const token = randomUUID()
    this.#tokenOfInput.set(input, token)
    this.#documents.set(token, requestForInput(input))
    return token
  }

  /** The token of whatever can be loaded. */
  grant(request: LoadRequest): string {
    if (request.kind === 'bytes') return this.grantBytes(request.name, request.bytes)
    const token = randomUUID()
    this.#documents.set(token, request)
    return token
  }

  /** The token of bytes; the oldest ones are forgotten when they become too many. */
  grantBytes(name: string, bytes: Uint8Array): string {
    const token = randomUUID()
    this.#documents.set(token, { kind: 'bytes', name, bytes })
    this.#forgetOldBytes(token)
    return token
  }

  /** Undefined for a token that was never handed out, or whose bytes are forgotten. */
  find(token: string): LoadRequest | undefined {
    return this.#documents.get(token)
  }

  #forgetOldBytes(newest: string): void {
    let keptBytes = 0
    for (const [token, document] of [...this.#documents].reverse()) {
      if (document.kind !== 'bytes') continue
      keptBytes += document.bytes.byteLength
      if (keptBytes > KEPT_BYTES && token !== newest) this.#documents.delete(token)
    }
  }
}
