import { FormatError } from '../../shared/model/errors'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import type { OpenedTree } from '../../shared/readers/source-tree'
import { demos, demoText } from '../demos/demos'
import { openBytes } from '../open/open-bytes'
import { openPath } from '../open/open-path'
import { openLive, type OpenOptions } from '../open/open-tree'
import { printable } from '../open/printable'
import type { LoadRequest } from './request'

/**
 * Opens and reads in this very process: what the child does, and the command line, which has nothing else to do meanwhile.
 * Throws FormatError for a bad input, HostFailure when cancelled.
 */
export async function loadRequest(request: LoadRequest, options: OpenOptions): Promise<Topology> {
  return loadTopology(await openRequest(request, options), options.report)
}

async function openRequest(request: LoadRequest, options: OpenOptions): Promise<OpenedTree> {
  switch (request.kind) {
    case 'live':
      return openLive()
    case 'path':
      return openPath(request.path, options)
    case 'bytes':
      return openBytes(request.name, request.bytes, options)
    case 'demo':
      return openDemo(request.name, options)
  }
}

async function openDemo(name: string, options: OpenOptions): Promise<OpenedTree> {
  const text = requireDemo(name)
  const opened = await openBytes(`${name}.yaml`, new TextEncoder().encode(text), options)
  return { ...opened, name: `demo:${name}` }
}

/** The specification of a built-in demo. Throws FormatError that names the demos there are. */
export function requireDemo(name: string): string {
  const text = demoText(name)
  if (text !== undefined) return text
  throw new FormatError({
    code: 'no-such-demo',
    what: 'there is no such demo',
    where: printable(`demo:${name}`),
    hint: `try ${demos.map((demo) => `demo:${demo.name}`).join(', ')}`,
  })
}
