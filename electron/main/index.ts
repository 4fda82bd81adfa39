import { join } from 'node:path'
import { app, protocol } from 'electron'
import { z } from 'zod'
import { demos } from '../../host/demos/demos'
import { version } from '../../package.json'
import { createApplication, type Application } from './application'
import { readLaunch, type Launch } from './launch'
import { utilitySpawner } from './loader'
import { readPreferences } from './preferences'
import { APP_SCHEME_DECLARATION } from './protocol'

// Only what runs before the first await is sure to run before Electron is ready (Electron's ESM guide).
const OUT = join(import.meta.dirname, '..')
const LAUNCH = z.strictObject({ inputs: z.array(z.string().max(32_768)).max(16) })

let application: Application | undefined
const waiting: Launch[] = []

function openLaunch(launch: Launch): void {
  if (application === undefined) waiting.push(launch)
  else application.openLaunch(launch)
}

async function start(): Promise<void> {
  await app.whenReady()
  application = createApplication({
    version,
    preload: join(OUT, 'preload/index.cjs'),
    rendererFolder: join(OUT, 'renderer'),
    demos,
    preferences: await readPreferences(app.getPath('userData')),
    spawnLoader: utilitySpawner(join(OUT, 'main/load-child.js')),
  })
  for (const launch of waiting.splice(0)) application.openLaunch(launch)
}

app.enableSandbox()
protocol.registerSchemesAsPrivileged([APP_SCHEME_DECLARATION])
const launch = readLaunch(process.argv, {
  isDefaultApp: process.defaultApp === true,
  cwd: process.cwd(),
})
// The arguments travel as data: Chromium re-orders the command line that `second-instance` is given.
if (app.requestSingleInstanceLock({ ...launch })) {
  openLaunch(launch)
  app.on('second-instance', (_event, _argv, _cwd, theirLaunch) => {
    const parsed = LAUNCH.safeParse(theirLaunch)
    openLaunch(parsed.success ? parsed.data : { inputs: [] })
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openLaunch({ inputs: [path] })
  })
  void start()
} else {
  app.quit()
}
