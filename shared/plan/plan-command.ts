import type { PlanSubject } from './plan-subject'

/** Text of the options of one plan as a person gave it, by option name; true for a flag. */
export type GivenText = Readonly<Record<string, string | true | undefined>>

/** The command line that makes the same plan, ready for a shell. */
export function planCommandLine(subject: PlanSubject, given: GivenText): string {
  const parts = subject.options.flatMap(({ name, kind, isList }) => {
    const text = given[name]
    if (text === undefined || text === '') return []
    if (text === true || kind === 'flag') return [`--${name}`]
    const words = isList === true ? text.trim().split(/[\s,]+/) : [text.trim()]
    return [`--${name}`, ...words.map(shellWord)]
  })
  return ['folioscope', 'plan', subject.id, ...parts].join(' ')
}

function shellWord(word: string): string {
  return /^[\w.:/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
