import type { ServerResponse } from 'node:http'
import { HostFailure } from '../../shared/host'
import type { LoadLine } from '../../shared/serve-protocol'
import { toHostError } from '../load/host-error'
import { loadInChild } from '../load/load-in-child'
import type { Api } from './api'

/**
 * Answers a load with lines of JSON: progress, then the document or the error. `grant` gives the token of what is to be
 * loaded, or undefined where there is nothing. When the page hangs up, the load is cancelled.
 */
export async function streamLoad(
  response: ServerResponse,
  api: Pick<Api, 'tokens' | 'spawn'>,
  grant: () => Promise<string | undefined>,
): Promise<void> {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  response.writeHead(200, {
    'Content-Type': 'application/x-ndjson; charset=utf-8',
    'Cache-Control': 'no-store',
  })
  const write = (line: LoadLine) => response.write(`${JSON.stringify(line)}\n`)
  try {
    const token = await grant()
    if (token === undefined) {
      write({ kind: 'nothing' })
    } else {
      const { topologyJson } = await loadInChild(api.spawn, requestOf(token, api), {
        signal: controller.signal,
        report: (progress) => write({ kind: 'progress', progress }),
      })
      // The same as a LoadLine, without reading what the child wrote.
      response.write(
        `{"kind":"loaded","token":${JSON.stringify(token)},"topology":${topologyJson}}\n`,
      )
    }
  } catch (error) {
    // Nobody reads the answer to a request that was hung up.
    if (response.destroyed) return
    write({ kind: 'failed', error: toHostError(error) })
  }
  response.end()
}

function requestOf(token: string, { tokens }: Pick<Api, 'tokens'>) {
  const request = tokens.find(token)
  if (request !== undefined) return request
  throw new HostFailure({
    kind: 'input',
    code: 'not-granted',
    message: 'the file is no longer held: open it again',
  })
}
