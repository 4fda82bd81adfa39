import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { serialize } from 'node:v8'
import { caseName, parseCaseName, planCases, type CaseId } from './cases'
import { buildCorpus, FORMATS, type Format } from './corpus'
import { Findings } from './findings'
import type { CaseResult } from './run-case'
import { FuzzWorker } from './supervise'

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

interface Tally {
  cases: number
  opened: number
  refused: number
  findings: number
  /** Milliseconds of all cases, and of the slowest. */
  total: number
  slowest: number
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
  const tallies = new Map<Format, Tally>()
  const start = performance.now()
  const doubtful: CaseId[] = []
  let next = 0
  const work = async (worker: FuzzWorker) => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const result = await worker.run(id)
      if (isDoubtful(result)) {
        doubtful.push(id)
        await worker.restart()
      } else {
        count(tallies, id, result)
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
    count(tallies, id, result)
    findings.add(id, result)
    if (isDoubtful(result)) await alone.restart()
  }
  await alone.restart()
  printTable(tallies, { seconds: (performance.now() - start) / 1000, doubtful: doubtful.length })
  findings.lines().forEach((line) => console.log(line))
  return findings.kindCount
}

function isDoubtful({ outcome }: CaseResult): boolean {
  return outcome.kind === 'finding' && /^(slow|memory|hang|the process died)/.test(outcome.what)
}

function count(tallies: Map<Format, Tally>, id: CaseId, result: CaseResult): void {
  const { format } = id
  const tally = tallies.get(format) ?? {
    cases: 0,
    opened: 0,
    refused: 0,
    findings: 0,
    total: 0,
    slowest: 0,
  }
  tallies.set(format, tally)
  tally.cases++
  tally.total += result.milliseconds
  if (result.outcome.kind === 'opened') tally.opened++
  if (result.outcome.kind === 'refused') tally.refused++
  if (result.outcome.kind === 'finding') tally.findings++
  if (result.milliseconds > tally.slowest) {
    tally.slowest = result.milliseconds
    if (process.env['FUZZ_VERBOSE']) {
      console.log(`slowest ${caseName(id)} ${result.milliseconds.toFixed(0)} ms ${result.label}`)
    }
  }
}

function printTable(
  tallies: ReadonlyMap<Format, Tally>,
  { seconds, doubtful }: { readonly seconds: number; readonly doubtful: number },
): void {
  const rows = FORMATS.flatMap((format) => {
    const tally = tallies.get(format)
    return tally === undefined ? [] : [{ format, ...tally }]
  })
  const total = (key: 'cases' | 'opened' | 'refused' | 'findings') =>
    rows.reduce((sum, row) => sum + row[key], 0)
  const all = {
    format: 'all',
    cases: total('cases'),
    opened: total('opened'),
    refused: total('refused'),
    findings: total('findings'),
    total: rows.reduce((sum, row) => sum + row.total, 0),
    slowest: Math.max(0, ...rows.map(({ slowest }) => slowest)),
  }
  console.log('\nformat       cases   opened  refused  findings     mean  slowest')
  for (const row of [...rows, all]) {
    const numbers = [row.cases, row.opened, row.refused, row.findings]
    const columns = numbers.map((number, index) =>
      String(number).padStart([8, 9, 9, 10][index] ?? 0),
    )
    console.log(
      `${row.format.padEnd(10)}${columns.join('')}${(row.total / row.cases).toFixed(0).padStart(6)} ms${row.slowest.toFixed(0).padStart(6)} ms`,
    )
  }
  console.log(
    `${all.cases} cases in ${seconds.toFixed(0)} s, ${(all.cases / seconds).toFixed(0)} cases/s; ${doubtful} run again alone`,
  )
}
