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
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs)
    .reduce((newest, time) => Math.max(newest, time), 0)
}

/** True where nothing was built yet, or a source is newer than what was built. */
function isBuildStale() {
  const built = products.map((path) => join(projectFolder, path))
  if (!built.every((path) => existsSync(path))) return true
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
  return sources.some((path) => newestChange(join(projectFolder, path)) > oldest)
}

/** Builds; shows what the bundler said only when that failed, and then ends this process. */
export async function build() {
  console.log('Building Folioscope …')
  const { isOk, output } = await runCommand(['electron-vite', 'build', '--logLevel', 'warn'])
  if (isOk) return
  console.error(output.trimEnd())
  process.exit(1)
}

/** Builds if a source changed since the last build. */
export async function buildIfStale() {
  if (isBuildStale()) await build()
}
