import { caseName, type CaseId } from './cases'
import { FORMATS, type Format } from './corpus'
import type { CaseResult } from './run-case'

interface Tally {
  cases: number
  opened: number
  refused: number
  findings: number
  totalMilliseconds: number
  slowest: { readonly milliseconds: number; readonly name: string }
  readonly codes: Map<string, number>
}

function emptyTally(): Tally {
  return {
    cases: 0,
    opened: 0,
    refused: 0,
    findings: 0,
    totalMilliseconds: 0,
    slowest: { milliseconds: 0, name: '' },
    codes: new Map(),
  }
}

/** What became of the cases of each format. */
export class Table {
  private readonly tallies = new Map<Format, Tally>()
  private readonly all = emptyTally()

  count(id: CaseId, result: CaseResult): void {
    const tally = this.tallies.get(id.format) ?? emptyTally()
    this.tallies.set(id.format, tally)
    for (const one of [tally, this.all]) add(one, id, result)
  }

  /** Prints a line for each format, one for all, and why inputs were refused. */
  print({ seconds, doubtful }: { readonly seconds: number; readonly doubtful: number }): void {
    const rows = FORMATS.flatMap((format) => {
      const tally = this.tallies.get(format)
      return tally === undefined ? [] : [{ format, tally }]
    })
    console.log('\nformat       cases   opened  refused  findings     mean   slowest')
    for (const { format, tally } of [...rows, { format: 'all', tally: this.all }]) {
      const { cases, opened, refused, findings, slowest } = tally
      const columns = [
        format.padEnd(10),
        String(cases).padStart(8),
        String(opened).padStart(9),
        String(refused).padStart(9),
        String(findings).padStart(10),
        `${(tally.totalMilliseconds / cases).toFixed(0)} ms`.padStart(9),
        `${slowest.milliseconds.toFixed(0)} ms`.padStart(10),
        `  ${slowest.name}`,
      ]
      console.log(columns.join(''))
    }
    console.log('\nrefused as')
    for (const { format, tally } of rows) {
      const codes = [...tally.codes].sort(([, a], [, b]) => b - a).slice(0, 6)
      const text = codes.map(([code, count]) => `${code} ${count}`).join(', ')
      if (text !== '') console.log(`${format.padEnd(10)}  ${text}`)
    }
    const { cases } = this.all
    console.log(
      `\n${cases} cases in ${seconds.toFixed(0)} s, ${(cases / seconds).toFixed(0)} cases/s; ${doubtful} run again alone`,
    )
  }
}

function add(tally: Tally, id: CaseId, { outcome, milliseconds }: CaseResult): void {
  tally.cases++
  tally.totalMilliseconds += milliseconds
  if (milliseconds > tally.slowest.milliseconds) {
    tally.slowest = { milliseconds, name: caseName(id) }
  }
  switch (outcome.kind) {
    case 'opened':
      tally.opened++
      break
    case 'refused':
      tally.refused++
      tally.codes.set(outcome.code, (tally.codes.get(outcome.code) ?? 0) + 1)
      break
    case 'finding':
      tally.findings++
      break
  }
}
