import { FormatError } from '../../shared/model/errors'
import { throwIfCancelled } from './cancel'
import { DEFAULT_LIMITS } from './limits'
import type { OpenOptions } from './open-tree'
import { printable } from './printable'
import { sniffCompression } from './sniff'
import { unreadable } from './unreadable'

/** Reads to the end, as far as the limits allow. Bytes of what is packed are not reported: unpacking them will be. */
export async function readAll(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  options: OpenOptions,
  totalBytes?: number,
): Promise<Uint8Array> {
  const limits = options.limits ?? DEFAULT_LIMITS
  const pieces: Uint8Array[] = []
  let done = 0
  let isPacked = false
  try {
    for await (const piece of stream) {
      throwIfCancelled(options.signal)
      if (done === 0) isPacked = sniffCompression(piece) !== undefined
      done += piece.length
      if (done > limits.totalBytes) {
        throw new FormatError({
          code: 'input-too-large',
          what: `the input has more than ${limits.totalBytes} bytes`,
          where: printable(name),
          hint: 'unpack it and give the directory',
        })
      }
      pieces.push(piece)
      if (!isPacked) {
        options.report({
          phase: 'opening',
          done,
          ...(totalBytes === undefined ? {} : { total: Math.max(totalBytes, done) }),
        })
      }
    }
  } catch (error) {
    throw unreadable(name, error)
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)
}
