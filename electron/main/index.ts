import { join } from 'node:path'
import { app, dialog, protocol } from 'electron'
import { z } from 'zod'
import { demos } from '../../host/demos/demos'
import { SettingsFile } from '../../host/settings/settings-file'
import { settingsPath } from '../../host/settings/settings-path'
import { version } from '../../package.json'
import { createApplication, type Application } from './application'
import { DesktopState } from './desktop-state'
import { readLaunch, type Launch } from './launch'
import { utilitySpawner } from './loader'
import { APP_SCHEME_DECLARATION } from './protocol'

const OUT = join(import.meta.dirname, '..')
/** Exit status of a fault of ours, as on the command line. */
const FAULT = 3
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
    settings: new SettingsFile(settingsPath(), (line) => {
      process.stderr.write(`folioscope: ${line}\n`)
    }),
    state: await DesktopState.read(join(app.getPath('userData'), 'desktop.json')),
    spawnLoader: utilitySpawner(join(OUT, 'main/load-child.js')),
  })
  for (const launch of waiting.splice(0)) application.openLaunch(launch)
}

// Only what runs before the first await is sure to run before Electron is ready (Electron's ESM guide).
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
  start().catch((error: unknown) => {
    dialog.showErrorBox('Folioscope cannot start', String(error))
    app.exit(FAULT)
  })
} else {
  app.quit()
}
