import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { resolveConfig } from 'electron-vite'
import { build, createServer, mergeConfig } from 'vite'
import { buildIfStale } from './build-if-stale.mjs'
import { projectFolder } from './run-steps.mjs'

// The page comes from Vite, which replaces its modules as they change. Its requests to /api go on to
// `folioscope serve`, which is built and started again when a source of it changes.

const given = process.argv.slice(2)
const input = given[0] ?? 'demo:optane-two-socket'
const settleMilliseconds = 150

/** @returns {Promise<number>} */
async function freePort() {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port')
  return address.port
}

/** Starts the API and returns how to stop it and the cookie that opens it. */
async function startApi(/** @type {number} */ port) {
  const program = join(projectFolder, 'host/folioscope.mjs')
  const child = spawn(process.execPath, [program, 'serve', input, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const [url] = await Promise.race([once(lines, 'line'), exited])
  if (child.exitCode !== null) return undefined
  const answer = await fetch(String(url), { redirect: 'manual' })
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';', 1)
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
  }
  return { cookie, stop }
}

await buildIfStale()
const { config } = await resolveConfig({ logLevel: 'warn' }, 'build', 'development')
const mainConfig = config?.main
const rendererConfig = config?.renderer
if (mainConfig === undefined || rendererConfig === undefined) {
  throw new Error('electron.vite.config.ts: main or renderer is missing')
}

const port = await freePort()
let api = await startApi(port)
const server = await createServer(
  mergeConfig(rendererConfig, {
    configFile: false,
    mode: 'development',
    server: {
      host: '127.0.0.1',
      proxy: {
        '/api': {
          target: `http://127.0.0.1:${port}`,
          configure: (/** @type {import('vite').HttpProxy.ProxyServer} */ proxy) => {
            proxy.on('proxyReq', (request) => {
              request.setHeader('cookie', api?.cookie ?? '')
            })
          },
        },
      },
    },
  }),
)
await server.listen()
server.printUrls()

let isRestarting = false
/** @type {NodeJS.Timeout | undefined} */
let timer

async function restartApi() {
  if (isRestarting) {
    timer = setTimeout(restartApi, settleMilliseconds)
    return
  }
  isRestarting = true
  try {
    await build({ ...mainConfig, configFile: false })
    await api?.stop()
    api = await startApi(port)
    server.ws.send({ type: 'full-reload' })
    console.log('host rebuilt')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  } finally {
    isRestarting = false
  }
}

const watchers = ['shared', 'host'].map((folder) =>
  watch(join(projectFolder, folder), { recursive: true }, (_event, name) => {
    if (name === null || name.endsWith('.test.ts')) return
    clearTimeout(timer)
    timer = setTimeout(restartApi, settleMilliseconds)
  }),
)

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    for (const watcher of watchers) watcher.close()
    clearTimeout(timer)
    void Promise.all([server.close(), api?.stop()]).then(() => process.exit(0))
  })
}
