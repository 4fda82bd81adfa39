import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import type { CaseId } from './cases'
import type { Corpus } from './corpus'
import { runCase, type CaseResult } from './run-case'

/** What the supervisor sends, and what it gets back: first `ready`, then one result for each id. */
export type ToChild = CaseId
export type FromChild =
  { readonly kind: 'ready' } | { readonly kind: 'result'; readonly result: CaseResult }

// Its first argument is a file with the corpus: to build it takes more memory than any case may.
const corpus = deserialize(readFileSync(process.argv[2] ?? '')) as Corpus
const post = (message: FromChild) => void process.send?.(message)

process.on('message', (id: ToChild) => {
  void runCase(corpus, id).then((result) => post({ kind: 'result', result }))
})
process.on('disconnect', () => process.exit())
post({ kind: 'ready' })
