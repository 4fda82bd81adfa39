import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { demos } from '../demos/demos'
import { loadRequest, requireDemo } from '../load/load-request'
import { requestForInput, type LoadRequest } from '../load/request'
import { workerSpawner } from '../load/worker-spawn'
import { requireReadable } from '../open/open-path'
import { readStandardInput, STANDARD_INPUT } from '../open/open-tree'
import { systemErrorCode } from '../open/unreadable'
import { startServer, type RunningServer, type ServerOptions } from '../serve/start-server'
import { SettingsFile } from '../settings/settings-file'
import { requirePage, type Installation } from './installation'
import { launchBrowser } from './launch-browser'
import type { Terminal } from './terminal'
import { usageError } from './usage-error'

export interface ServeOptions {
  readonly port: string
  readonly host: string
  readonly open?: true
}

const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])
const MAX_PORT = 65_535

/** `serve [INPUT]`: prints the address and serves until the process is told to end. */
export async function serve(
  input: string | undefined,
  options: ServeOptions,
  installation: Installation,
  terminal: Terminal,
): Promise<void> {
  const port = readPort(options.port)
  requirePage(installation)
  const initial = input === undefined ? undefined : await readInput(input)
  const server = await start({
    host: options.host,
    port,
    otherNames: WILDCARDS.has(options.host) ? [hostname()] : [],
    rendererFolder: installation.rendererFolder,
    version: installation.version,
    demos,
    initial,
    spawn: workerSpawner(installation.loadChild),
    settings: new SettingsFile(installation.settingsPath, (line) => terminal.note(line)),
    onFault: (error) =>
      terminal.note(`folioscope: ${error instanceof Error ? error.message : String(error)}`),
  })
  terminal.print(`${server.url}\n`)
  if (options.open) launchBrowser(server.makeLaunchUrl())
  await untilToldToEnd()
  await server.close()
}

/** Throws FormatError when there is no such input: better now than in the window or the browser. */
export function checkInput(input: string): void {
  if (input === '-') return
  const request = requestForInput(input)
  if (request.kind === 'demo') requireDemo(request.name)
  if (request.kind === 'path') requireReadable(request.path)
}

/** Reads the input once, so that a bad one ends the command instead of meeting the person in the browser. */
async function readInput(input: string): Promise<LoadRequest> {
  checkInput(input)
  const request = await requestOf(input)
  await loadRequest(request, { report: () => undefined })
  return request
}

async function requestOf(input: string): Promise<LoadRequest> {
  if (input === '-') {
    return { kind: 'bytes', name: STANDARD_INPUT, bytes: await readStandardInput() }
  }
  const request = requestForInput(input)
  return request.kind === 'path' ? { kind: 'path', path: resolve(request.path) } : request
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port
  throw usageError('--port', `'${text}' is not a port`, `use 0 to ${MAX_PORT}; 0 takes a free one`)
}

async function start(options: ServerOptions): Promise<RunningServer> {
  try {
    return await startServer(options)
  } catch (error) {
    const code = systemErrorCode(error)
    const where = `${options.host}:${options.port}`
    switch (code) {
      case 'EADDRINUSE':
        throw usageError(where, 'the port is in use', 'choose another with --port')
      case 'EACCES':
        throw usageError(where, 'this port needs more rights', 'choose one above 1023')
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        throw usageError(where, 'this is not an address of this machine', 'check --host')
      default:
        throw error
    }
  }
}

function untilToldToEnd(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done())
    process.once('SIGTERM', () => done())
  })
}
