import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, runCommand } from './run-steps.mjs'

const sources = [
  'shared',
  'host',
  'electron',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
]
const products = ['out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** @param {string} path */
function newestChange(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, { parentPath, name }) => {
      return Math.max(newest, statSync(join(parentPath, name)).mtimeMs)
    }, 0)
}

/** True where nothing was built yet, or a source is newer than what was built. */
export function isBuildStale() {
  const built = products.map((path) => join(projectFolder, path))
  if (!built.every((path) => existsSync(path))) return true
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
  return sources.some((path) => newestChange(join(projectFolder, path)) > oldest)
}

if (isBuildStale()) {
  console.log('Building Folioscope …')
  const { isOk, output } = await runCommand(['electron-vite', 'build', '--logLevel', 'warn'])
  if (!isOk) {
    console.error(output.trimEnd())
    process.exit(1)
  }
}

const given = process.argv.slice(2)
const program = [join(projectFolder, 'host/folioscope.mjs'), 'open']
const child = spawn(
  process.execPath,
  [...program, ...(given.length > 0 ? given : ['demo:optane-two-socket'])],
  { stdio: 'inherit' },
)
// Ctrl+C reaches the child too; this process stays until the child is done.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
