import { Command, CommanderError, Option } from 'commander'
import { HostFailure } from '../../shared/host'
import { FormatError } from '../../shared/model/errors'
import { capture, type CaptureOptions } from './capture'
import { exportFiles, THEMES, type ExportOptions } from './export'
import { info, type InfoOptions } from './info'
import type { Installation } from './installation'
import { listDemos, listFormats } from './lists'
import { open } from './open'
import { addPlanCommand } from './plan'
import { serve, type ServeOptions } from './serve'
import { synth } from './synth'
import type { Terminal } from './terminal'

/** Exit statuses of CONTRACT.md, "Running it". */
const DONE = 0
const BAD_INPUT = 2
const FAULT = 3

const INPUT = 'a file, a directory, - (standard input), live (this machine) or demo:NAME'

/** Runs one command line, without the program's own name, and resolves to the exit status. Never rejects. */
export async function runCommandLine(
  args: readonly string[],
  installation: Installation,
  terminal: Terminal,
): Promise<number> {
  try {
    await program(installation, terminal).parseAsync(args, { from: 'user' })
    return DONE
  } catch (error) {
    return explain(error, installation, terminal)
  }
}

function program(installation: Installation, terminal: Terminal): Command {
  const folioscope = new Command('folioscope')
  folioscope
    .description('Shows the memory of a Linux machine and what its struct pages cost.')
    .version(installation.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text), writeErr: () => undefined })
    .helpCommand(false)

  folioscope
    .command('open')
    .description('open the desktop window, or the browser where there can be none')
    .argument('[input...]', INPUT)
    .action((inputs: string[]) => open(inputs, installation, terminal))

  folioscope
    .command('serve')
    .description('show the same in a browser; prints one address with an access token')
    .argument('[input]', INPUT)
    .option('--port <n>', 'port to listen on; 0 takes a free one', '0')
    .option('--host <address>', 'address to listen on; others can then reach it', '127.0.0.1')
    .option('--open', 'start the browser')
    .action((input: string | undefined, options: ServeOptions) =>
      serve(input, options, installation, terminal),
    )

  folioscope
    .command('info')
    .description('print a summary')
    .argument('<input>', INPUT)
    .option('--json', 'print the summary as one JSON document')
    .action((input: string, options: InfoOptions) => info(input, options, terminal))

  folioscope
    .command('export')
    .description('write drawings; the format follows the suffix')
    .argument('<input>', INPUT)
    .requiredOption('-o, --output <file...>', 'files to write')
    .addOption(new Option('--theme <theme>', 'colours').choices(THEMES).default('light'))
    .option('--width <pixels>', 'width of the drawing')
    .action((input: string, options: ExportOptions) => exportFiles(input, options, terminal))

  folioscope
    .command('capture')
    .description('write a snapshot of this machine, of a tree or of another machine')
    .option(
      '-o, --output <file>',
      'file to write, - for standard output; default NAME-DATE.folioscope',
    )
    .option('--pages', 'with the state of every page: /proc/kpageflags and kpagecount (root)')
    .option('--root <dir>', 'capture the tree with sys and proc below this directory')
    .option('--ssh <host>', 'capture another machine: runs the script there through ssh')
    .option('--script', 'print the capture script, which needs only sh, tar, cat and gzip')
    .action((options: CaptureOptions) => capture(options, installation.version, terminal))

  folioscope
    .command('synth')
    .description('write a snapshot of a machine that is described in YAML')
    .argument('<spec>', 'a YAML specification, or demo:NAME')
    .requiredOption('-o, --output <file>', 'file to write')
    .action((spec: string, options: { readonly output: string }) =>
      synth(spec, options.output, installation.version),
    )

  addPlanCommand(folioscope, terminal)

  folioscope
    .command('formats')
    .description('list what can be read and written')
    .action(() => listFormats(terminal))

  folioscope
    .command('demos')
    .description('list the built-in demos')
    .action(() => listDemos(terminal))

  return folioscope
}

function explain(error: unknown, { version }: Installation, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return DONE
    terminal.note(`folioscope: arguments: ${usageProblem(error)}; see 'folioscope --help'`)
    return BAD_INPUT
  }
  if (error instanceof FormatError || isInputFailure(error)) {
    terminal.note(`folioscope: ${error.message}`)
    return BAD_INPUT
  }
  const message = error instanceof Error ? error.message : String(error)
  terminal.note(
    `folioscope: ${message}; this is a fault of Folioscope ${version}: please report it, with the input if you may share it`,
  )
  if (process.env['FOLIOSCOPE_DEBUG'] !== undefined && error instanceof Error) {
    for (const line of (error.stack ?? '').split('\n')) terminal.note(line)
  }
  return FAULT
}

function isInputFailure(error: unknown): error is HostFailure {
  return error instanceof HostFailure && error.detail.kind !== 'fault'
}

/** Commander's sentence without its own `error: `, as one part of ours. */
function usageProblem({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'no command is given'
  return message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .replace(/\.\s*$/, '')
}
