import { accountMemmap } from '../../shared/memmap/account'
import { summarise } from '../../shared/summary/summary'
import { summaryText } from '../../shared/summary/text'
import { loadForCommand } from './load-for-command'
import type { Terminal } from './terminal'

export interface InfoOptions {
  readonly json?: true
}

/** `info INPUT`: the Summary of CONTRACT.md, as text for people or as one JSON document. */
export async function info(input: string, options: InfoOptions, terminal: Terminal): Promise<void> {
  const topology = await loadForCommand(input, terminal)
  const summary = summarise(topology, accountMemmap(topology))
  const text = options.json ? JSON.stringify(summary, undefined, 2) : summaryText(summary)
  terminal.print(`${text.trimEnd()}\n`)
}
