import type { IncomingMessage } from 'node:http'
import { HostFailure } from '../../shared/host'

/** Reads the body of a request. Throws HostFailure when it is longer than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLong = new HostFailure({
    kind: 'input',
    code: 'input-too-large',
    message: `upload: more than ${maxBytes} bytes; open the file with 'folioscope serve FILE'`,
  })
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLong
  const pieces: Buffer[] = []
  let total = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    total += piece.length
    if (total > maxBytes) throw tooLong
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
