import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.mjs'
import { projectFolder } from './run-steps.mjs'

await buildIfStale()

const given = process.argv.slice(2)
const inputs = given.length > 0 ? given : ['demo:optane-two-socket']
const program = join(projectFolder, 'host/folioscope.mjs')
const child = spawn(process.execPath, [program, 'open', ...inputs], { stdio: 'inherit' })

// Ctrl+C reaches the child too; this process stays until the child is done.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
