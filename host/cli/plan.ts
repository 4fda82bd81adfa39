import type { Command } from 'commander'
import { PlanInput, readPlanInput } from '../../shared/plan/plan-input'
import type { PlanOption, PlanSubject } from '../../shared/plan/plan-subject'
import { planSubjects } from '../../shared/plan/plan-subjects'
import { planJson, planText } from '../../shared/plan/plan-text'
import type { Terminal } from './terminal'
import { usageError } from './usage-error'

type GivenOptions = Readonly<Record<string, string | readonly string[] | true | undefined>>

/** `plan SUBJECT …`: the cost of a layout that does not exist yet (CONTRACT, "Plan"). One subcommand for each subject. */
export function addPlanCommand(folioscope: Command, terminal: Terminal): void {
  const plan = folioscope
    .command('plan')
    .description('print the cost of a layout that does not exist yet')
    .helpCommand(false)
  for (const subject of planSubjects) addSubject(plan, subject, terminal)
}

function addSubject(plan: Command, subject: PlanSubject, terminal: Terminal): void {
  const command = plan.command(subject.id).description(subject.title)
  for (const option of subject.options) command.option(flagsOf(option), helpOf(option))
  command
    .option('--json', 'print the plan as one JSON document')
    .action((options: GivenOptions) => runPlan(subject, options, terminal))
}

function flagsOf({ name, kind, isList }: PlanOption): string {
  if (kind === 'flag') return `--${name}`
  return `--${name} <${valueNameOf(kind)}${isList === true ? '...' : ''}>`
}

function valueNameOf(kind: Exclude<PlanOption['kind'], 'flag'>): string {
  if (typeof kind !== 'string') return 'choices' in kind ? kind.choices.join('|') : 'size'
  switch (kind) {
    case 'range':
      return 'start-end'
    case 'architecture':
      return 'arch'
    case 'kernel':
      return 'release'
    case 'virtual-address':
      return 'address'
    default:
      return kind
  }
}

function helpOf({ title, isRequired }: PlanOption): string {
  return isRequired === true ? `${title} (required)` : title
}

function runPlan(subject: PlanSubject, options: GivenOptions, terminal: Terminal): void {
  const given = Object.fromEntries(
    subject.options.map(({ name }) => [name, options[camelCase(name)]]),
  )
  const input = readPlanInput(subject.options, given)
  if (!(input instanceof PlanInput)) throw usageError(`--${input.option}`, input.what, input.hint)
  const plan = subject.plan(input)
  if (plan.kind === 'refused') {
    throw usageError(
      `plan ${subject.id}`,
      `refused by the rule ${plan.rule}: ${plan.reason}`,
      `see 'folioscope plan ${subject.id} --help'`,
    )
  }
  terminal.print(options['json'] === true ? planJson(subject.id, plan) : planText(plan))
}

/** As commander names the value of `--page-size`. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
