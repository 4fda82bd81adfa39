import type { Machine } from './topology'

/**
 * True where the size of a base page is the usual one because nothing in the input tells it. A specification that leaves it
 * out is no guess: it describes a machine with the usual one.
 */
export function isBasePageGuessed({ sources }: Machine): boolean {
  const source = sources['basePageBytes']
  return source?.kind === 'default' && source.reader !== 'spec'
}
