import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOfCase, caseName, makeCase, type CaseId } from './cases'
import type { Corpus } from './corpus'
import type { CaseResult } from './run-case'

/** Inputs with the same fault are kept this often. */
const KEPT_OF_ONE_KIND = 3

/** Findings by what is wrong and where it was thrown, so that one fault is told once. */
export class Findings {
  private readonly kinds = new Map<string, number>()

  constructor(
    private readonly corpus: Corpus,
    private readonly folder: string,
  ) {}

  /** Keeps the input, tells about the first of a kind on stdout. */
  add(id: CaseId, { outcome, label }: CaseResult): void {
    if (outcome.kind !== 'finding') return
    const place = /^\s+at .*$/m.exec(outcome.stack)?.[0]?.trim() ?? ''
    const kind = `${outcome.what.replace(/\d+/g, 'N').slice(0, 150)} ${place}`
    const count = (this.kinds.get(kind) ?? 0) + 1
    this.kinds.set(kind, count)
    if (count > KEPT_OF_ONE_KIND) return
    const made = makeCase(this.corpus, id)
    const name = `${caseName(id).replaceAll(':', '-')}-${made.name}`
    mkdirSync(this.folder, { recursive: true })
    writeFileSync(join(this.folder, name), bytesOfCase(made))
    if (count > 1) return
    const stack = outcome.stack.split('\n').slice(0, 8).join('\n  ')
    console.log(
      `\nFINDING ${caseName(id)} (${label})\n  ${outcome.what}\n  ${stack}\n  kept as ${name}`,
    )
  }

  get kindCount(): number {
    return this.kinds.size
  }

  /** One line for each kind, the most frequent first. */
  lines(): readonly string[] {
    return [...this.kinds]
      .sort(([, a], [, b]) => b - a)
      .map(([kind, count]) => `  ${String(count).padStart(5)} x ${kind}`)
  }
}
