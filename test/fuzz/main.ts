import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serialize } from 'node:v8'
import { caseName, parseCaseName, planCases, type CaseId } from './cases'
import { buildCorpus, FORMATS, type Format } from './corpus'
import { Findings } from './findings'
import type { CaseResult } from './run-case'
import { FuzzWorker } from './supervise'
import { Table } from './table'

export interface FuzzOptions {
  readonly cases: number
  readonly seed: string
  readonly formats: readonly Format[]
  /** Cases to run instead, as findings name them. */
  readonly replay: readonly string[]
  readonly workers: number
  /** The built child.ts. */
  readonly script: string
  readonly findingsFolder: string
}

/** Words of the command line that name formats, or undefined where one is none. */
export function formatsNamed(words: readonly string[]): readonly Format[] | undefined {
  if (words.length === 0) return FORMATS
  const found = words.map((word) => FORMATS.find((format) => format === word))
  return found.every((format) => format !== undefined) ? found : undefined
}

/** Runs all cases and prints a table. Returns the number of findings. */
export async function fuzz(options: FuzzOptions): Promise<number> {
  const corpus = await buildCorpus()
  const corpusFile = join(dirname(options.script), 'corpus.bin')
  writeFileSync(corpusFile, serialize(corpus))
  const findings = new Findings(corpus, options.findingsFolder)
  const ids =
    options.replay.length > 0
      ? options.replay.flatMap((name) => parseCaseName(name) ?? [])
      : planCases(options.cases, options)
  const table = new Table()
  const start = performance.now()
  const doubtful: CaseId[] = []
  let next = 0
  const work = async (worker: FuzzWorker) => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const result = await worker.run(id)
      if (isDoubtful(result)) {
        doubtful.push(id)
        console.log(`${caseName(id)}: ${doubtReason(result)}; again at the end, alone`)
        await worker.restart()
      } else {
        table.count(id, result)
        findings.add(id, result)
      }
    }
  }
  const workers = Array.from(
    { length: options.workers },
    () => new FuzzWorker(options.script, corpusFile),
  )
  await Promise.all(workers.map(work))
  await Promise.all(workers.map((worker) => worker.restart()))
  // Time and memory depend on what else runs; alone and fresh, they count.
  const alone = new FuzzWorker(options.script, corpusFile)
  for (const id of doubtful) {
    const result = await alone.run(id)
    table.count(id, result)
    findings.add(id, result)
    if (isDoubtful(result)) await alone.restart()
  }
  await alone.restart()
  table.print({ seconds: (performance.now() - start) / 1000, doubtful: doubtful.length })
  findings.lines().forEach((line) => console.log(line))
  return findings.kindCount
}

function doubtReason({ outcome, label }: CaseResult): string {
  return outcome.kind === 'finding' ? `${outcome.what} (${label})` : label
}

function isDoubtful({ outcome }: CaseResult): boolean {
  return outcome.kind === 'finding' && /^(slow|memory|hang|the process died)/.test(outcome.what)
}
