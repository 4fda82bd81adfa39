import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { projectFolder } from '../../build/run-steps.mjs'

/**
 * Starts `folioscope serve` from the build in out/ on a free port and waits for the URL that it prints.
 * @param {readonly string[]} serveArguments
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startServe(serveArguments) {
  const program = join(projectFolder, 'host/folioscope.mjs')
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', ...serveArguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let printed = ''
  child.stderr.on('data', (piece) => {
    printed += String(piece)
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await exited
    }
  }
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /https?:\/\/\S+/.exec(line) ?? []
    if (url !== undefined) {
      // Nobody reads on, and a full pipe would stop the server.
      child.stdout.resume()
      return { url, stop }
    }
    printed += `${line}\n`
  }
  await stop()
  throw new Error(`folioscope serve printed no URL: ${printed.trim()}`)
}
