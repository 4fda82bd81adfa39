import { runCommandLine } from './cli'
import { installationOf } from './installation'
import { processTerminal } from './terminal'

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  installationOf(import.meta.dirname),
  processTerminal(),
)
